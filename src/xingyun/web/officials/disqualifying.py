"""Disqualifying an application for proven fraud and the like: its own page, never beside other acts."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xingyun import clock
from xingyun.applications.models import Application
from xingyun.applications.states import TRANSITIONS, State
from xingyun.audit.errors import Refused
from xingyun.registry.actors import Actor
from xingyun.results import actions
from xingyun.results.permissions import may_disqualify
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.desk_files import found
from xingyun.web.officials.examining import page_of
from xingyun.web.officials.previewing import asked, previewed


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat()
def disqualify(request: ActorRequest, uid: UUID) -> HttpResponse:
    """With reason and clause; its places are free again, its name is struck, its title revoked."""
    application = found(request, uid)
    context = {**page_of(request, uid), "why": why_not(request.actor, application)}
    if request.method != "POST":
        return answers.page(request, "officials/disqualify.html", context)
    given = {"reason": request.POST.get("reason", ""), "clause": request.POST.get("clause", "")}
    act = partial(actions.disqualify, application=application, actor=request.actor, now=clock.now(), **given)
    if asked(request):
        return previewed(request, act, "officials/disqualify.html", context, **given)
    try:
        act()
    except Refused as refused:
        return answers.again(request, refused, "officials/disqualify.html", context, **given)
    said = _("已取消“%s”的资格，已通知企业。") % application.enterprise.name
    return answers.done(request, said, "decide", uid)


def why_not(actor: Actor, application: Application) -> str:
    """Why this person can't, empty where it can."""
    try:
        may_disqualify(actor, application)
    except Refused as refused:
        return refused.message
    if State.DISQUALIFIED not in TRANSITIONS.get(State(application.state), {}):
        return _("这份申请现在是“%s”，不能再取消资格。") % State(application.state).label
    return ""
