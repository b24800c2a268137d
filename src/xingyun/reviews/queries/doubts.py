"""Findings on the desk: each with its page, and what this person may see of another application."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from xingyun.applications import queries as applications
from xingyun.applications.models import Application, Attachment, StateChange
from xingyun.applications.queries import Workspace
from xingyun.applications.states import State
from xingyun.evidence.models import Finding
from xingyun.evidence.queries import all_findings
from xingyun.registry.actors import Actor
from xingyun.reviews.permissions import may_rule
from xingyun.reviews.queries.steps import Step, why_not


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding; the file of this application that it is about, and the application that it is shared with.

    Of that one name, number and office are told to everybody on the desk; `theirs`, the file to lay beside,
    only to who may see that application anyway (`seen`).
    """

    finding: Finding
    mine: Attachment | None = None
    other: Application | None = None
    seen: bool = False
    theirs: Attachment | None = None


def findings(application: Application, history: Sequence[StateChange]) -> tuple[Finding, ...]:
    """What offices see of an application: while it is being corrected, what was found before (one query)."""
    return tuple(all_findings(application.dossier, _until(application, history)))


def doubts(actor: Actor, work: Workspace, found: Sequence[Finding]) -> list[Doubt]:
    """The findings laid out (three queries where any is shared with others, else none)."""
    own = {a.file_id: a for view in work.materials for a in view.attachments}
    dossiers = {one.other_id for one in found if one.other_id is not None}
    others, seen, theirs = _others(actor, dossiers) if dossiers else ({}, set(), {})
    return [
        Doubt(
            one,
            own.get(one.file_id) if one.file_id else None,
            others.get(one.other_id) if one.other_id else None,
            one.other_id in seen,
            theirs.get((one.other_id, one.beside.get("file"))) if one.other_id in seen else None,
        )
        for one in found
    ]


def ruling_step(actor: Actor, application: Application) -> Step:
    """Whether this person can rule on findings now, and if not, why."""
    return Step("doubt", *why_not(lambda: may_rule(actor, application)))


Key = tuple[int | None, int | None]


def _others(
    actor: Actor, dossiers: set[int]
) -> tuple[dict[int, Application], set[int], dict[Key, Attachment]]:
    known = Application.objects.filter(dossier__in=dossiers, submitted_at__isnull=False)
    others = {one.dossier_id: one for one in known.select_related("enterprise", "authority").order_by("id")}
    visible = applications.visible_to(actor).filter(dossier__in=dossiers, submitted_at__isnull=False)
    seen = set(visible.order_by().values_list("dossier", flat=True))
    held = Attachment.objects.filter(application__in=[others[pk].pk for pk in seen], removed_at=None)
    theirs: dict[Key, Attachment] = {
        (one.application.dossier_id, one.file_id): one for one in held.select_related("application")
    }
    return others, seen, theirs


def _until(application: Application, history: Sequence[StateChange]) -> datetime | None:
    """What an applicant is mending since its return is not an office's to see yet."""
    if application.state != State.RETURNED:
        return None
    return next((step.at for step in reversed(history) if step.target == State.RETURNED), None)
