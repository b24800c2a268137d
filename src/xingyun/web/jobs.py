"""How far a job is, for the page that waits for it."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xingyun.jobs.models import Job
from xingyun.jobs.queries import visible_to
from xingyun.jobs.states import OPEN, State
from xingyun.web.guards import ActorRequest, require_actor


@never_cache
@require_safe
@require_actor
def progress(request: ActorRequest, job_id: int) -> HttpResponse:
    """`{"state", "ended", "progress", "total", "message"}` of a job that this person asked for."""
    job = get_object_or_404(visible_to(request.actor.user_id or 0), pk=job_id)
    body = {"state": job.state, "ended": job.state not in OPEN, "message": in_words(job)}
    return JsonResponse({**body, "progress": job.progress, "total": job.total})


def in_words(job: Job) -> str:
    """How far a job is, in one sentence."""
    if job.state == State.RUNNING and job.total:
        return _("正在做，%(done)s / %(total)s") % {"done": job.progress, "total": job.total}
    return {
        State.QUEUED: _("已经排上，马上开始"),
        State.RUNNING: _("正在做"),
        State.DONE: _("做好了"),
        State.FAILED: _("没有做成，可以再试一次"),
    }[State(job.state)]
