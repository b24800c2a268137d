"""The files of an application, for officials who may read it: originals and single pages."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun.applications import queries
from xingyun.applications.models import Application, Attachment
from xingyun.audit.errors import NotAllowed
from xingyun.files.models import File
from xingyun.papers.queries import papers
from xingyun.reviews.queries import whole_book
from xingyun.web import serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.offices import IN_OFFICE

NOTICES = ("return_notice", "refusal")


@require_safe
@require_seat()
def attachment(request: ActorRequest, uid: UUID, file: UUID) -> FileResponse:
    """An attachment as it was handed in."""
    found = of(request, uid, file)
    return serving.sent(found.file, found.name, inline=True)


@require_safe
@require_seat()
def attachment_page(request: ActorRequest, uid: UUID, file: UUID, page: int) -> HttpResponse:
    """One page of it as a picture."""
    return serving.picture(of(request, uid, file).file, page, request.GET)


@require_safe
@require_seat()
def paper(request: ActorRequest, uid: UUID, which: str) -> FileResponse:
    """The book, its stamped scan, the last correction notice, a refusal; `?as=word` where it has Word."""
    application = found(request, uid)
    names = {
        "book": _("申报书"),
        "scan": _("盖章扫描件"),
        "return_notice": _("补正通知书"),
        "refusal": _("不予受理通知书"),
    }
    name = f"{application.number}-{names.get(which, '')}"
    if which in NOTICES:
        return serving.issued(papers(application.stream, which).first(), request, name)
    if which == "book" and request.GET.get("as"):
        return serving.sent(form_of(application, request), f"{application.number}-{_('申请表')}")
    return serving.sent(paper_of(application, which), name, inline=True)


@require_safe
@require_seat()
def paper_page(request: ActorRequest, uid: UUID, which: str, page: int) -> HttpResponse:
    """One page of it as a picture."""
    return serving.picture(paper_of(found(request, uid), which), page, request.GET)


def found(request: ActorRequest, uid: UUID) -> Application:
    """The application, if this official may read it; finance reads reports, not applications."""
    if not (request.actor.is_auditor or request.actor.authorities(*IN_OFFICE)):
        raise NotAllowed("")
    return queries.get(request.actor, uid)


def of(request: ActorRequest, uid: UUID, file: UUID) -> Attachment:
    """A file of what was handed in last."""
    known = queries.handed_in_attachment(found(request, uid), file)
    if known is None:
        raise Http404
    return known


def form_of(application: Application, request: ActorRequest) -> File:
    """What was filled in, as Word; Http404 where there is none."""
    handed_in = queries.latest_submission(application)
    file = handed_in.booklet.word if handed_in and request.GET["as"] == "word" else None
    if file is None:
        raise Http404
    return file


def paper_of(application: Application, which: str) -> File:
    """The file of a paper; Http404 where there is none."""
    if which in NOTICES:
        issued = papers(application.stream, which).first()
        file = issued.file if issued else None
    else:
        handed_in = queries.latest_submission(application)
        papers_in = {"book": whole_book(handed_in), "scan": handed_in.scan} if handed_in else {}
        file = papers_in.get(which)
    if file is None:
        raise Http404
    return file
