"""The opinion page: printed from the book that was handed in, sealed, scanned, put back in its place."""

import tempfile
from pathlib import Path
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xingyun import clock
from xingyun.applications.queries import latest_submission
from xingyun.applications.queries.booklets import opinion_sheet
from xingyun.audit.errors import Refused
from xingyun.documents.booklet import extract
from xingyun.files.queries import path
from xingyun.jobs.queries import latest
from xingyun.reviews import actions, permissions, queries
from xingyun.reviews.actions.opinions import KIND
from xingyun.reviews.models import OpinionPage
from xingyun.reviews.queries.steps import why_not
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.desk import around
from xingyun.web.officials.desk_files import found
from xingyun.web.officials.scans import scan

PAGE = "officials/opinion.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat()
def page(request: ActorRequest, uid: UUID) -> HttpResponse:
    """How far the opinion page is; a POST brings its scan."""
    if request.method != "POST":
        return answers.page(request, PAGE, context_of(request, uid))
    application, now = found(request, uid), clock.now()
    try:
        # Asked before the scan is kept: whoever may not bring it leaves nothing behind.
        permissions.may_add_opinion(request.actor, application)
        file = scan(request, "file", now)
        actions.add_opinion_page(application=application, file=file, actor=request.actor, now=now)
    except Refused as refused:
        return answers.again(request, refused, PAGE, context_of(request, uid))
    return answers.done(request, _("推荐意见页收好了，正在放进申报书。"), "case_opinion", uid)


def context_of(request: ActorRequest, uid: UUID) -> dict[str, object]:
    """What the page shows."""
    desk = queries.desk(request.actor, uid)
    application = desk.workspace.application
    submission = desk.workspace.submission
    sheet = opinion_sheet(submission.booklet) if submission else None
    opinion = queries.opinion_page(submission)
    why, _clause = why_not(lambda: permissions.may_add_opinion(request.actor, application))
    return {
        **around(desk),
        "sheet": sheet,
        "submission": submission,
        "opinion": opinion,
        "job": latest(kind=KIND, key=str(opinion.pk)) if opinion and opinion.bound_id is None else None,
        "why": why,
    }


@require_safe
@require_seat()
def to_print(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The one page with its code, of the book that was handed in, for whoever reads it."""
    application = found(request, uid)
    submission = latest_submission(application)
    sheet = opinion_sheet(submission.booklet) if submission else None
    if submission is None or sheet is None or submission.booklet.file is None:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        out = extract(path(submission.booklet.file), [sheet.place], Path(folder) / "opinion.pdf")
        answer = HttpResponse(out.read_bytes(), content_type="application/pdf")
    name = _("%(number)s-推荐意见页.pdf") % {"number": application.number}
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
@require_seat()
def file(request: ActorRequest, uid: UUID) -> FileResponse:
    """The sealed page, upright."""
    opinion = _opinion(request, uid)
    name = _("%(number)s-推荐意见页") % {"number": opinion.application.number}
    return serving.sent(opinion.file, name, inline=True)


@require_safe
@require_seat()
def picture(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The sealed page as a picture."""
    return serving.picture(_opinion(request, uid).file, 1)


def _opinion(request: ActorRequest, uid: UUID) -> OpinionPage:
    opinion = queries.opinion_page(latest_submission(found(request, uid)))
    if opinion is None:
        raise Http404
    return opinion
