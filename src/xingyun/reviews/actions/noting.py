"""At the desk: remembering which pages were looked at; notes that the next correction notice takes up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.applications.queries import get
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.files.models import File
from xingyun.registry.actors import Actor
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.actions.reasons import needed
from xingyun.reviews.models import Note, PageRead, Return
from xingyun.reviews.permissions import reads_desk
from xingyun.reviews.queries.places import place_name
from xingyun.reviews.queries.returned import check_return
from xingyun.rounds.queries import rulebook_of

LONGEST = 500
MOST = 60
WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page (from 1) of a file of this name: from its left and its top, in a thousandth."""

    file: File
    name: str
    page: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class NoteData:
    """What to mend; the place ("material:licence", may be empty yet) and the clause (may be, too)."""

    text: str
    place: str = ""
    clause: str = ""
    spot: Spot | None = None


def read_page(*, application: Application, file: File, page: int, actor: Actor) -> None:
    """Remember that this person has looked at a page of a file of this application; twice is once."""
    reads_desk(actor)
    get(actor, application.uid)
    _has_page(file, page)
    PageRead.objects.bulk_create(
        [PageRead(application=application, person_id=actor.person, file=file, page=page)],
        ignore_conflicts=True,
    )


def pin_note(*, application: Application, note: NoteData, actor: Actor, now: datetime) -> Note:
    """Keep a note for the correction notice. Raises Refused with `field`, NotAllowed.

    Its office sees it, nobody else does: what an applicant is told it is told in one notice.
    """
    text = needed(note.text, missing=_("请写明这一处要怎么改。"), most=LONGEST, field="text")
    with transaction.atomic():
        held = _held(application, actor)
        _known(held, note)
        if Note.objects.filter(application=held, authority=held.holder, of=None).count() >= MOST:
            raise Refused(_("一份申请最多记 %s 条意见。请合并几条，或者先退回补正。") % MOST, field="text")
        return Note.objects.create(
            application=held,
            authority=held.holder,
            **_columns(note.spot),
            place=note.place,
            clause=note.clause,
            text=text,
            pinned_by_id=actor.person,
            pinned_at=now,
        )


def take_off_note(*, application: Application, note: int, actor: Actor) -> None:
    """Take a note off again, as long as no notice has taken it up. Raises NotAllowed."""
    with transaction.atomic():
        held = _held(application, actor)
        known = Note.objects.filter(application=held, authority=held.holder, pk=note, of=None).first()
        if known is None:
            raise NotAllowed(_("没有找到这一条。"))
        known.delete()


def take_up_notes(*, made: Return, notes: Collection[int]) -> None:
    """These notes were before the officer who wrote the notice; others wait for the next one."""
    application = made.application
    Note.objects.filter(
        application=application, authority=application.holder_id, of=None, pk__in=list(notes)
    ).update(of=made)


def _held(application: Application, actor: Actor) -> Application:
    get(actor, application.uid)
    held = hold(application)
    check_return(actor, held)
    return held


def _known(application: Application, note: NoteData) -> None:
    rulebook = rulebook_of(application.edition)
    if note.place and place_name(rulebook, note.place) is None:
        raise Refused(_("没有“%s”这个位置。请从列表中选择。") % note.place, field="place")
    if note.clause and note.clause not in {c.ref for c in rulebook.clauses}:
        raise Refused(_("请选择所依据的条款。"), field="clause")
    if note.spot:
        _has_page(note.spot.file, note.spot.page)
        if not (0 <= note.spot.x <= WHOLE and 0 <= note.spot.y <= WHOLE):
            raise Refused(_("意见要钉在页面上：左边和上边各是 0 到 100。"), field="x")


def _has_page(file: File, page: int) -> None:
    if not 1 <= page <= (file.pages or 1):
        raise NotAllowed(_("没有找到这一页。"))


def _columns(spot: Spot | None) -> dict[str, object]:
    if spot is None:
        return {}
    return {"file": spot.file, "name": spot.name, "page": spot.page, "x": spot.x, "y": spot.y}
