"""The steps that a person could take on an application, each with the reason why it is not possible."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.audit.errors import Refused
from xingyun.evidence.queries import Ledger
from xingyun.registry.actors import Actor
from xingyun.reviews import permissions
from xingyun.reviews.models import Decision, ReturnedRow
from xingyun.reviews.queries.look_ups import Check
from xingyun.reviews.queries.meters import Meter, meter_for
from xingyun.reviews.queries.standing import Standing
from xingyun.reviews.states import Outcome
from xingyun.rulebook import Act

EXAMINING = ("accept", "refuse")


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its name, whether this person can take it now, and if not, why and by which clause.

    Names: accept, return, refuse; for an `act` one of the outcomes (granted, no_place, declined); for a
    `decision` review, sign, revoke; look_up for the condition whose key is `condition`; rule for odd rows of
    the ledger; take_up where a place has become free.
    """

    name: str
    why: str = ""
    clause: str = ""
    act: Act | None = None
    decision: Decision | None = None
    condition: str = ""

    @property
    def possible(self) -> bool:
        """Whether it can be taken now."""
        return not self.why


def steps(
    actor: Actor,
    standing: Standing,
    meters: tuple[Meter, ...],
    checks: tuple[Check, ...],
    money: Ledger,
    reopened: ReturnedRow | None,
) -> tuple[Step, ...]:
    """All steps at the office that has the application. Asks the database for nothing."""
    return (
        *_examining(actor, standing, reopened),
        *_looking_up(actor, standing.application, checks),
        *_ruling(actor, standing, money),
        *_deciding(actor, standing, meters, checks, len(money.unruled)),
        *_handling(actor, standing),
        Step("take_up", *why_not(lambda: permissions.may_take_up_again(actor, standing, meters))),
    )


def why_not(check: Callable[[], object]) -> tuple[str, str]:
    """The reason and the clause with which a predicate refuses; two empty texts where it does not."""
    try:
        check()
    except Refused as refused:
        return refused.message, refused.clause
    return "", ""


def _examining(actor: Actor, standing: Standing, reopened: ReturnedRow | None) -> Iterator[Step]:
    application = standing.application
    why, clause = why_not(lambda: permissions.may_examine(actor, application))
    yield from (Step(name, why, clause) for name in EXAMINING)
    decided = any(d.authority_id == application.holder_id for d in standing.decisions)
    yield Step(
        "return",
        *why_not(lambda: permissions.may_return(actor, application, reopened, decided=decided)),
    )


def _looking_up(actor: Actor, application: Application, checks: tuple[Check, ...]) -> Iterator[Step]:
    for check in checks:
        why, clause = why_not(partial(permissions.may_look_up, actor, application, check))
        yield Step("look_up", why, clause, condition=check.key)


def _ruling(actor: Actor, standing: Standing, money: Ledger) -> Iterator[Step]:
    def check() -> None:
        permissions.may_rule(actor, standing.application)
        permissions.undecided(standing)

    if money.odd:
        why, clause = why_not(check)
        yield Step("rule", why, clause)


def _deciding(
    actor: Actor,
    standing: Standing,
    meters: tuple[Meter, ...],
    checks: tuple[Check, ...],
    unruled: int,
) -> Iterator[Step]:
    for act in standing.own:
        if standing.of(act) is not None:
            continue
        for outcome in Outcome:
            why, clause = why_not(partial(_may, actor, standing, act, outcome, meters, checks, unruled))
            yield Step(outcome.value, why, clause, act=act)


def _may(
    actor: Actor,
    standing: Standing,
    act: Act,
    outcome: Outcome,
    meters: tuple[Meter, ...],
    checks: tuple[Check, ...],
    unruled: int,
) -> None:
    permissions.may_decide(actor, standing.application)
    permissions.may_take_up(standing, act)
    if outcome != Outcome.GRANTED:
        return
    permissions.may_grant(standing, act)
    permissions.may_grant_checked(standing, act, checks)
    permissions.may_grant_ruled(standing, act, unruled)
    has_place(standing, act, meters)


def has_place(standing: Standing, act: Act, meters: tuple[Meter, ...]) -> None:
    """Whether a grant finds a place, as the meters stand; the database says so again when it is taken."""
    meter = meter_for(meters, act.quota, standing.application.batch)
    if meter is not None and meter.free is not None and meter.free <= 0:
        said = _("名额已满：%(sum)s。可以选“符合条件，名额所限”。")
        raise Refused(said % {"sum": permissions.say(meter.words)}, clause=meter.clause)


def _handling(actor: Actor, standing: Standing) -> Iterator[Step]:
    checks = {
        "review": permissions.may_review,
        "sign": permissions.may_sign,
        "revoke": permissions.may_revoke,
    }
    for decision in standing.decisions:
        if decision.authority_id != standing.application.holder_id:
            continue
        decision.application = standing.application
        for name, check in checks.items():
            why, clause = why_not(partial(check, actor, decision))
            yield Step(name, why, clause, decision=decision)
