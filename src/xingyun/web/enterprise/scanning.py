"""The stamped scan: brought in any number of files, looked at page by page, taken or left; what to print."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.models import Application, ScanReading, StampedScan
from xingyun.applications.queries import current_booklet
from xingyun.applications.queries.booklets import printed
from xingyun.applications.queries.stamped import stamped_pages, unstamped
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.documents.booklet import extract
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.web import answers
from xingyun.web.enterprise.arrivals import arrived
from xingyun.web.enterprise.awaiting import unscanned, wait
from xingyun.web.enterprise.intake import bounded
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.sending import picture, saved
from xingyun.web.guards import ActorRequest, require_enterprise

ROW = "row-"


@require_POST
@require_enterprise
@bounded(lambda: settings.FILE_LIMIT)
def bring(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Take a file of stamped pages: they are told apart by a job, in whatever order they lie."""
    application = mine(request, uid)
    waiting = 0
    for one in arrived(request):
        file = one.file()
        given: dict[str, Any] = {"application": application, "file": file, "name": one.name}
        given |= {"actor": request.actor, "now": clock.now()}
        if unscanned(file):
            actions.await_scan(material="", **given)
            waiting += 1
        else:
            actions.bring_scan(**given)
    if waiting:
        return answers.done(request, wait(waiting), at("application_booklet", application))
    return answers.done(request, _("收到了，正在逐页识别。"), at("application_booklet", application))


@require_POST
@require_enterprise
def take(request: ActorRequest, uid: UUID, reading: UUID) -> HttpResponse:
    """Put the pages that fit into their places."""
    application = mine(request, uid)
    taken = actions.take_scan(
        application=application, scan=reading, placed=_placed(request), actor=request.actor, now=clock.now()
    )
    said = ngettext("采用了 %(n)s 页。", "采用了 %(n)s 页。", len(taken)) % {"n": len(taken)}
    return answers.done(request, said, at("application_booklet", application))


def _placed(request: ActorRequest) -> dict[int, int]:
    """Which page of the book each page without a readable code is said to be."""
    placed = {}
    for name, said in request.POST.items():
        row = name.removeprefix(ROW)
        if not name.startswith(ROW) or not str(said).strip():
            continue
        if not (row.isdecimal() and str(said).isdecimal() and len(row) < 5 and len(str(said)) < 6):
            raise Refused(_("请从列表里选页码。"), field="scan")
        placed[int(row)] = int(str(said))
    return placed


@require_POST
@require_enterprise
def drop(request: ActorRequest, uid: UUID, reading: UUID) -> HttpResponse:
    """Leave everything as it was."""
    application = mine(request, uid)
    actions.drop_scan(application=application, scan=reading, actor=request.actor, now=clock.now())
    return answers.done(request, _("这份扫描件没有采用。"), at("application_booklet", application))


@require_safe
@require_enterprise
def page(request: ActorRequest, uid: UUID, reading: UUID, page: int) -> HttpResponse:
    """A page of a scan, upright."""
    known = ScanReading.objects.filter(application=mine(request, uid), uid=reading)
    found = known.select_related("file").first()
    if found is None or found.file is None:
        raise Http404
    return picture(found.file, page)


@require_safe
@require_enterprise
def to_print(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The pages to be stamped as one PDF: exactly those that are missing, or all of them (`?all`)."""
    application = mine(request, uid)
    booklet = current_booklet(application)
    if booklet is None or booklet.file is None:
        raise NotAllowed("")
    needed = [sheet for sheet in printed(booklet) if sheet.needed]
    lacking = unstamped(booklet, stamped_pages(booklet))
    sheets = needed if "all" in request.GET or not lacking else lacking
    if not sheets:
        raise NotAllowed("")
    with tempfile.TemporaryDirectory() as folder:
        out = extract(path(booklet.file), [sheet.place for sheet in sheets], Path(folder) / "print.pdf")
        answer = HttpResponse(out.read_bytes(), content_type="application/pdf")
    name = _("%(number)s-要盖章的页.pdf") % {"number": application.number}
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
@require_enterprise
def scan(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The newest stamped pages, all of them in order, to save."""
    application = mine(request, uid)
    return saved(_scan(application).file, _("%(number)s-盖章扫描件") % {"number": application.number})


@require_safe
@require_enterprise
def bound(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The booklet with the stamped pages in their places."""
    application = mine(request, uid)
    found: File | None = _scan(application).bound
    if found is None:
        raise NotAllowed("")
    return saved(
        found, _("%(number)s-盖章申报书") % {"number": application.number}, inline="view" in request.GET
    )


def _scan(application: Application) -> StampedScan:
    live = StampedScan.objects.filter(booklet__application=application, removed_at=None)
    found = live.select_related("file", "bound").order_by("-id").first()
    if found is None:
        raise NotAllowed("")
    return found
