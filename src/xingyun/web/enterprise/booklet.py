"""The booklet: made and looked at; how far its stamped pages are."""

import tempfile
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.actions.booklets import KIND, STAMPED
from xingyun.applications.actions.scans import KIND as SCAN
from xingyun.applications.models import Booklet, ScanReading
from xingyun.applications.queries import Workspace, awaited, current_booklet, sealed_pages
from xingyun.applications.queries.booklets import printed, printed_numbers
from xingyun.applications.queries.stamped import open_scan
from xingyun.applications.states import BookletState, ScanState
from xingyun.audit.errors import NotAllowed
from xingyun.documents.booklet import for_binding
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.jobs.models import Job
from xingyun.jobs.queries import latest
from xingyun.web import answers
from xingyun.web.enterprise.awaiting import followed
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.sending import picture, saved
from xingyun.web.enterprise.space import around, work_of
from xingyun.web.enterprise.stamped import Check, check
from xingyun.web.guards import ActorRequest, require_enterprise

PAGE = "enterprise/booklet.html"
SHOWN = 12


@require_safe
@require_enterprise
def booklet(request: ActorRequest, uid: UUID) -> HttpResponse:
    """How far the booklet and its scan are."""
    return answers.page(request, PAGE, context(work_of(request, uid)))


def context(work: Workspace) -> dict[str, Any]:
    """What the page shows."""
    book = work.booklet
    making = book is not None and book.state == BookletState.MAKING
    ready = book is not None and book.state == BookletState.READY
    reading = open_scan(work.application) if ready and work.editable else None
    reading = reading if reading and book and reading.booklet_id == book.pk else None
    checked = check(book, reading) if book and ready and (work.scan is None or reading) else None
    return {
        **around(work.application, "booklet", work.window),
        "book": book,
        "job": _job(book) if making else None,
        "states": BookletState,
        "stale": work.last_booklet if book is None else None,
        "scan": work.scan,
        "last_scan": work.last_scan,
        "awaited": followed(awaited(work.application, scans=True)),
        "reading": reading,
        "check": checked,
        "scan_job": _latest(SCAN, reading.pk) if reading and reading.state == ScanState.READING else None,
        "placing": _latest(STAMPED, book.pk) if book and checked and _complete(checked, reading) else None,
        "heading": heading(work, checked),
        "steps": steps(work, checked),
        "may": work.may_change("booklet"),
        "open": [f for f in work.verdict.blocking if f.where[0] != "booklet"],
        "limit": settings.FILE_LIMIT,
        "rulebook": work.rulebook,
        "sealed": sealed_pages(book) if book else [],
        "numbers": printed_numbers(book)[:SHOWN] if book else [],
    }


def _job(book: Booklet | None) -> Job | None:
    return _latest(KIND, book.pk) if book else None


def _latest(kind: str, key: int) -> Job | None:
    return latest(kind=kind, key=str(key))


def _complete(checked: Check, reading: ScanReading | None) -> bool:
    """Whether all pages are there and taken, so that only the book is to be made of them."""
    return reading is None and bool(checked.thumbs) and not checked.missing


def heading(work: Workspace, checked: Check | None) -> str:
    """The answer: what is asked for now."""
    book = work.booklet
    if not work.editable:
        return _("申报书已提交")
    if book is None:
        return _("内容改过了，要重新成册") if work.last_booklet else _("填好后成册")
    if book.state == BookletState.MAKING:
        return _("正在成册")
    if book.state == BookletState.FAILED:
        return _("没有做成，请看原因")
    if work.scan:
        return _("扫描件收好了，可以检查并提交")
    if checked and any(thumb.src for thumb in checked.thumbs):
        if checked.missing:
            return _("盖章的页还差第 %s 页") % checked.numbers
        return _("盖章的页齐了，请确认") if checked.fits else _("盖章的页齐了，正在放进申报书")
    return _("已成册，请打印、盖章、扫描上传")


def steps(work: Workspace, checked: Check | None) -> list[tuple[str, str, str]]:
    """The steps from booklet to submission."""
    book = work.booklet
    ready = book is not None and book.state == BookletState.READY
    n = len(checked.missing) if checked else len([s for s in printed(book) if s.needed]) if book else 0
    done = [ready, bool(work.scan), bool(work.scan), bool(work.scan), not work.editable]
    labels = [
        (
            _("成册"),
            _("第 %(v)s 版，%(n)s 页") % {"v": book.version, "n": book.pages} if ready and book else "",
        ),
        (_("打印要盖章的页"), _("%(n)s 页，每页有二维码") % {"n": n} if ready and n else ""),
        (_("签字盖章"), _("封面、承诺页等") if ready else ""),
        (_("上传扫描件"), _("PDF 或照片，顺序不限")),
        (_("检查并提交"), ""),
    ]
    now = done.index(False) if False in done else len(done)
    return [
        (label, note, "done" if is_done else "now" if n_ == now else "")
        for n_, ((label, note), is_done) in enumerate(zip(labels, done, strict=True))
    ]


@require_POST
@require_enterprise
def make(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Ask for the booklet of what is filled in now."""
    application = mine(request, uid)
    made = actions.make_booklet(application=application, actor=request.actor, now=clock.now())
    ready = made.state == BookletState.READY
    said = _("第 %(n)s 版已经做好了。") if ready else _("开始做第 %(n)s 版。可以离开本页，做好会发消息。")
    return answers.done(request, said % {"n": made.version}, at("application_booklet", application))


@require_safe
@require_enterprise
def book(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The booklet as PDF: to look at (`?view`), or to save.

    With `?as=binding` for printing on both sides, with `?as=word` what is filled in, as Word.
    """
    application = mine(request, uid)
    found = current_booklet(application)
    if found is None or found.file is None:
        raise NotAllowed("")
    if request.GET.get("as") == "word":
        if found.word is None:
            raise NotAllowed("")
        return saved(found.word, f"{application.number}-{found.version}-{_('申请表')}")
    if request.GET.get("as") == "binding":
        return _both_sides(found.file, f"{application.number}-{found.version}-{_('双面装订版')}.pdf")
    name = f"{application.number}-{found.version}.pdf"
    return saved(found.file, name, inline="view" in request.GET)


@require_safe
@require_enterprise
def page(request: ActorRequest, uid: UUID, page: int) -> HttpResponse:
    """The picture of one page of the present booklet."""
    found = current_booklet(mine(request, uid))
    if found is None or found.file is None:
        raise NotAllowed("")
    return picture(found.file, page, request.GET)


def _both_sides(book: File, name: str) -> HttpResponse:
    """The edition for binding, made now; it is sent from a file that is gone once it was sent."""
    with tempfile.TemporaryDirectory() as folder:
        made = for_binding(path(book), Path(folder) / "binding.pdf").open("rb")
    answer = FileResponse(made, as_attachment=True, filename=name, content_type="application/pdf")
    answer["X-Content-Type-Options"] = "nosniff"
    return cast("HttpResponse", answer)
