"""Odd rows of the ledger: what was said, what proves it, and how much of each the office lets count."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.applications.queries import PageRef, Workspace
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.evidence.models import Ruling
from xingyun.evidence.queries import Explained, history
from xingyun.reviews import actions, queries
from xingyun.reviews.queries import Desk
from xingyun.web import answers, oddities
from xingyun.web.fen import fen_typed
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.desk import around
from xingyun.web.officials.desk_files import found

PAGE = "officials/rulings.html"


@dataclass(frozen=True, slots=True)
class OddRow:
    """An odd row: what it comes to and what of it its applicant calls its own (fen), its proof, its rulings.

    `sheets` tells of each range of pages where it stands among the pages of its material.
    """

    row: Explained
    told: list[tuple[str, str]]
    whole: int
    said: int
    pages: tuple[PageRef, ...]
    sheets: list[int]
    ruling: Ruling | None
    history: tuple[Ruling, ...]


@require_safe
@require_seat()
def page(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Every odd row with its rulings, and the form for whoever may rule."""
    return answers.page(request, PAGE, context_of(queries.desk(request.actor, uid)))


def context_of(desk: Desk, typed: QueryDict | None = None, asked: str = "") -> dict[str, object]:
    """What the page shows; `typed` is what was sent for the row `asked`."""
    return {
        **around(desk),
        "rows": list(_rows(desk)),
        "waiting": len(desk.workspace.ledger.unruled),
        "step": next((step for step in desk.steps if step.name == "rule"), None),
        "typed_form": typed,
        "asked": asked,
        "refused": None,
    }


def _rows(desk: Desk) -> Iterator[OddRow]:
    work = desk.workspace
    ruled = history(work.application.dossier, work.ledger.odd)
    for row in work.ledger.odd:
        pages = work.row_pages.get(row.uid, ())
        yield OddRow(
            row,
            oddities.told(work.ledger, row),
            row.whole_fen,
            row.told_fen,
            pages,
            [_sheet(work, one) for one in pages],
            work.ledger.ruled.get(row.uid),
            ruled.get(row.uid, ()),
        )


def _sheet(work: Workspace, page: PageRef) -> int:
    """Which of the pages of its material, counted through all files, the first page of a range is."""
    slots = [slot for view in work.materials for slot in view.slots]
    slot = next(slot for slot in slots if slot.slot.key == page.attachment.material)
    before = 0
    for attachment in slot.attachments:
        if attachment.pk == page.attachment.pk:
            break
        before += attachment.file.pages or 1
    return before + page.first


@require_POST
@require_seat()
def rule(request: ActorRequest, uid: UUID, row: UUID) -> HttpResponse:
    """Rule on one row."""
    application = found(request, uid)
    seen = request.POST.get("seen", "")
    try:
        desk = queries.desk(request.actor, uid)
        actions.rule_row(
            application=application,
            row=row,
            fen=_fen(desk, row, request.POST),
            reason=request.POST.get("reason", ""),
            seen=int(seen) if seen.isdecimal() else None,
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        context = context_of(queries.desk(request.actor, uid), request.POST, str(row))
        return answers.again(request, refused, PAGE, context)
    return answers.done(request, _("已认定，合计已随之更新。"), "case_rulings", uid)


def _fen(desk: Desk, row: UUID, typed: QueryDict) -> int:
    """How much was chosen (fen). Raises Refused with `field`."""
    how = typed.get("how", "")
    if how == "none":
        return 0
    if how == "part":
        return fen_typed(typed.get("fen", ""), "fen")
    if how != "whole":
        raise Refused(_("请选计入多少。"), field="how")
    odd = next((one for one in desk.workspace.ledger.odd if one.uid == row), None)
    if odd is None:
        raise NotAllowed("")
    return odd.told_fen
