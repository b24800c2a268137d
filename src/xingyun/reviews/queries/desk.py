"""The reading desk: one application with all that its office needs, in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from xingyun.applications import queries as applications
from xingyun.applications.models import Application, StateChange
from xingyun.evidence.models import Finding
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.reviews.models import (
    Appeal,
    Decision,
    Defect,
    Minutes,
    Return,
    ReturnedRow,
    WithdrawalRequest,
)
from xingyun.reviews.permissions import reads_desk
from xingyun.reviews.queries.appeals import last_appeal, moot
from xingyun.reviews.queries.doubts import findings
from xingyun.reviews.queries.look_ups import Check, checks, look_ups, with_look_ups
from xingyun.reviews.queries.meters import Meter, meters
from xingyun.reviews.queries.returned import reopened
from xingyun.reviews.queries.standing import Standing, decisions, standing
from xingyun.reviews.queries.steps import Step, steps
from xingyun.reviews.queries.withdrawals import last_request
from xingyun.rounds.models import Round


@dataclass(frozen=True, slots=True)
class Returned:
    """A return for correction with its defects and the answers to them."""

    of: Return
    defects: tuple[Defect, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """An application on the desk: what was handed in, what was decided, what can be done and why not."""

    workspace: applications.Workspace
    standing: Standing
    decisions: tuple[Decision, ...]
    returns: tuple[Returned, ...]
    history: tuple[StateChange, ...]
    minutes: tuple[Minutes, ...]
    meters: tuple[Meter, ...]
    checks: tuple[Check, ...]
    steps: tuple[Step, ...]
    withdrawal: WithdrawalRequest | None
    appeal: Appeal | None
    findings: tuple[Finding, ...]
    reopened: ReturnedRow | None

    @property
    def appeal_is_moot(self) -> bool:
        """Whether the application was taken up again before anybody answered its appeal."""
        last = self.history[-1].seq if self.history else 0
        return self.appeal is not None and moot(self.appeal, self.workspace.application, last)

    @property
    def possible(self) -> tuple[Step, ...]:
        """What this person can do now."""
        return tuple(step for step in self.steps if step.possible)


def desk(actor: Actor, uid: UUID | str) -> Desk:
    """The desk of an application that this official may read; NotAllowed otherwise.

    Finance sees reports and their lines, never the applications themselves.
    """
    reads_desk(actor)
    application = applications.get(actor, uid)
    stands = standing(application)
    places = meters(application.holder, application.round)
    records = look_ups(application)
    workspace = with_look_ups(application, records, stands.rulebook)
    steps_so_far = tuple(applications.history(application))
    looked_up = checks(stands, records, workspace.verdict)
    given_back = reopened(application)
    return Desk(
        workspace=workspace,
        standing=stands,
        decisions=tuple(decisions(application)),
        returns=tuple(returns(application)),
        history=steps_so_far,
        minutes=tuple(minutes_of(application.holder, application.round)),
        meters=places,
        checks=looked_up,
        steps=steps(actor, stands, places, looked_up, workspace.ledger, given_back),
        withdrawal=last_request(application),
        appeal=last_appeal(application),
        findings=findings(application, steps_so_far),
        reopened=given_back,
    )


def returns(application: Application) -> list[Returned]:
    """The returns of an application with their defects, oldest first (two queries)."""
    made = list(Return.objects.filter(application=application).select_related("paper__file").order_by("id"))
    found: dict[int, list[Defect]] = defaultdict(list)
    for defect in Defect.objects.filter(of__in=made).order_by("id"):
        found[defect.of_id].append(defect)
    return [Returned(one, tuple(found[one.pk])) for one in made]


def minutes_of(authority: Authority, round: Round) -> list[Minutes]:
    """The minutes that an office has entered in a round, newest first."""
    known = Minutes.objects.filter(authority=authority, round=round).select_related("file")
    return list(known.order_by("-held_on", "-id"))
