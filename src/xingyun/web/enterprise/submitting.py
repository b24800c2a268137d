"""The last check, handing in, the receipt."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.applications.queries import Workspace, grace, latest_submission, workspace
from xingyun.applications.states import State
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.papers.models import Paper
from xingyun.papers.queries import papers
from xingyun.web import answers
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.missing import line, obstacles
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.replies import open_replies
from xingyun.web.enterprise.sending import papered
from xingyun.web.enterprise.space import around
from xingyun.web.enterprise.standing import to_second
from xingyun.web.guards import ActorRequest, require_enterprise

CHECK = "enterprise/submit.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
def submit(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Every obstacle; a POST hands in. The moment of the act is that at which the request came."""
    now = clock.now()
    application = mine(request, uid)
    refused = None
    if request.method == "POST":
        try:
            return _hand_in(request, application, now)
        except NotAllowed:
            raise
        except Refused as error:
            refused = error
    work = workspace(application, now)
    status = answers.status_of(refused) if refused else 200
    return answers.page(request, CHECK, context(work, refused), status=status)


def _hand_in(request: ActorRequest, application: Application, now: Any) -> HttpResponse:
    if request.POST.get("sure") != "yes":
        raise Refused(_("请先勾选“我已核对”，再提交。"), field="sure")
    actions.submit(application=application, actor=request.actor, now=now)
    return answers.done(request, _("已提交。"), at("application_receipt", application))


def context(work: Workspace, refused: Refused | None) -> dict[str, Any]:
    """What the page of the last check shows."""
    application = work.application
    unanswered = open_replies(application) if application.state == State.RETURNED else 0
    return {
        **around(application, "booklet", work.window),
        "refused": refused,
        "obstacles": obstacles(work),
        "remarks": [line(work, f) for f in work.verdict.of("hint", "judge", "obstacle") if not f.blocks],
        "met": len(work.verdict.of("ok")),
        "book": work.rulebook,
        "scan": work.scan,
        "booklet": work.booklet,
        "editable": work.editable,
        "timely": timely(work),
        "late": late(work),
        "window": work.window,
        "level": work.rulebook.level(work.verdict.level) if work.verdict.level else None,
        "unanswered": unanswered,
        "ledger": work.ledger,
        "score": work.score,
    }


def timely(work: Workspace) -> bool:
    """Whether it could be handed in just now as far as the time goes; the action judges anew."""
    now, window = clock.now(), work.window
    if window and (window.opens <= now < window.closes or late(work)):
        return True
    due = work.application.due
    return work.application.state == State.RETURNED and due is not None and now < due


def late(work: Workspace) -> datetime | None:
    """Until when it is still taken after the close, as a file was on its way then; None otherwise."""
    if work.window is None or work.application.state != State.DRAFT:
        return None
    return grace(work.application, work.window.closes, clock.now())


@require_safe
@require_enterprise
def receipt(request: ActorRequest, uid: UUID) -> HttpResponse:
    """What was handed in, to the second, with the hash of its entry."""
    application = mine(request, uid)
    submission = latest_submission(application)
    if submission is None:
        raise NotAllowed("")
    context = {
        **around(application, "progress", None),
        "submission": submission,
        "moment": to_second(submission.submitted_at),
        "paper": _paper(application, f"{application.number}-R{submission.version}"),
    }
    return answers.page(request, "enterprise/receipt.html", context)


@require_safe
@require_enterprise
def receipt_paper(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The newest receipt as PDF; `?as=word` for the same as Word."""
    application = mine(request, uid)
    found = papers(application.stream, "receipt").first()
    if found is None:
        raise NotAllowed("")
    return papered(found, request, _("回执-%(number)s") % {"number": found.number}, inline=False)


def _paper(application: Application, number: str) -> Paper | None:
    return papers(application.stream, "receipt").filter(number=number).first()
