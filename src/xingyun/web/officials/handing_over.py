"""The bundle of a report: how far it is, what is in it, and the file."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Conflict, Refused
from xingyun.jobs.queries import latest
from xingyun.jobs.states import OPEN, State
from xingyun.registry.actors import OFFICIAL
from xingyun.registry.states import Role
from xingyun.reviews import actions, queries
from xingyun.reviews.actions.handing_over import KIND
from xingyun.reviews.models import HandOver
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat

PAGE = "officials/hand_over.html"
door = require_seat(*OFFICIAL, Role.AUDITOR)


@require_safe
@door
def index(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The newest bundle of the report, and what one made now would hold."""
    return answers.page(request, PAGE, context_of(request, uid))


def context_of(request: ActorRequest, uid: UUID) -> dict[str, object]:
    """What the page shows."""
    found = queries.hand_over_page(request.actor, uid)
    made = found.last
    job = latest(kind=KIND, key=str(made.uid)) if made and made.ended_at is None else None
    return {
        "r": found.report,
        "bundle": found.bundle,
        "made": made,
        "job": job,
        "running": bool(job and job.state in OPEN),
        "failed": bool(job and job.state == State.FAILED),
        "follows": bool(job and job.owner_id == request.actor.user_id),
        "here": bool(made and made.ended_at and made.file_id and not expired(made)),
    }


def expired(made: HandOver) -> bool:
    """Whether its days are over."""
    return made.expires_at is not None and made.expires_at <= clock.now()


@require_POST
@door
def ask(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Have it made."""
    report = queries.get_report(request.actor, uid)
    try:
        actions.ask_hand_over(report=report, actor=request.actor, now=clock.now())
    except Refused as refused:
        return answers.again(request, refused, PAGE, context_of(request, uid))
    return answers.done(request, _("已开始打包，做好后在这一页下载。"), "hand_over", uid)


@require_POST
@door
def take(request: ActorRequest, uid: UUID, bundle: UUID) -> HttpResponseBase:
    """The file; that it was taken is recorded, so this is no mere reading."""
    made = queries.hand_over(request.actor, uid, bundle)
    try:
        file = actions.take_hand_over(made=made, actor=request.actor, now=clock.now())
    except Conflict as refused:
        return answers.again(request, refused, PAGE, context_of(request, uid))
    report = made.report
    name = f"{report.authority.name}-{report.round.year}-{report.seq}-{_('移交包')}.zip"
    answer: FileResponse = serving.sent(file, name)
    answer["Cache-Control"] = "private, no-store"
    return answer
