"""Objections: who objects is for the publishing office alone; the sender follows it by the receipt."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xingyun.audit.errors import NotAllowed
from xingyun.registry.actors import Actor
from xingyun.results.models import Notice, NoticeLine, Objection
from xingyun.results.permissions import may_read_objections
from xingyun.results.states import ObjectionState


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection as this person may see it; name and contact are empty for all but the office."""

    uid: UUID
    line: NoticeLine
    channel: str
    state: ObjectionState
    received_at: datetime
    text: str
    outcome: str
    name: str
    contact: str
    file_id: int | None


@dataclass(frozen=True, slots=True)
class Followed:
    """What the holder of a receipt is told."""

    enterprise: str
    state: ObjectionState
    received_at: datetime
    decided_at: datetime | None
    outcome: str


def objections(actor: Actor, notice: Notice) -> list[ObjectionView]:
    """The objections to a notice, open ones first (one query)."""
    may_read_objections(actor, notice)
    found = _known().filter(line__notice=notice).order_by("decided_at", "received_at", "id")
    views = [_view(actor, notice, one) for one in found]
    return sorted(views, key=lambda view: view.state != ObjectionState.RECEIVED)


def objection(actor: Actor, uid: UUID) -> Objection:
    """The objection of this id for the office that decides it; NotAllowed for everybody else."""
    found = _known().filter(uid=uid).first()
    if found is None or not actor.serves(found.line.notice.authority_id):
        raise NotAllowed(_("没有找到这件异议。"))
    return found


def follow(receipt: str) -> Followed | None:
    """How far the objection of this receipt is; None for a receipt that was never given."""
    given = receipt.strip().upper()
    found = _known().filter(receipt=given).first()
    if found is None:
        return None
    return Followed(
        found.line.application.enterprise.name,
        ObjectionState(found.state),
        found.received_at,
        found.decided_at,
        found.outcome,
    )


def _known() -> QuerySet[Objection]:
    related = ("line__application__enterprise", "line__notice__round", "line__notice__authority", "file")
    return Objection.objects.select_related(*related).defer("line__application__answers")


def _view(actor: Actor, notice: Notice, found: Objection) -> ObjectionView:
    office = actor.serves(notice.authority_id)
    return ObjectionView(
        uid=found.uid,
        line=found.line,
        channel=found.channel,
        state=ObjectionState(found.state),
        received_at=found.received_at,
        text=found.text,
        outcome=found.outcome,
        name=found.name if office else "",
        contact=found.contact if office else "",
        file_id=found.file_id if office else None,
    )
