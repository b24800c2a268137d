"""Appealing against not being accepted or awarded, and what became of it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xingyun import clock
from xingyun.applications.models import Application
from xingyun.applications.queries import history
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.reviews import actions
from xingyun.reviews.queries import last_appeal, moot
from xingyun.reviews.states import APPEALABLE
from xingyun.web import answers
from xingyun.web.enterprise.intake import ACCEPT, bounded, take
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.sending import saved
from xingyun.web.enterprise.space import around
from xingyun.web.guards import ActorRequest, require_enterprise

PAGE = "enterprise/appeal.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
@bounded(lambda: settings.FILE_LIMIT)
def appeal(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Say why the conclusion is wrong; afterwards what was answered."""
    application = mine(request, uid)
    if request.method != "POST":
        return answers.page(request, PAGE, _context(application))
    text, now = request.POST.get("text", ""), clock.now()
    try:
        given = request.FILES.get("file")
        file = take(given, limit=settings.FILE_LIMIT, field="file", now=now) if given else None
        actions.appeal(application=application, text=text, file=file, actor=request.actor, now=now)
    except Refused as refused:
        return answers.again(request, refused, PAGE, _context(application), text=text)
    said = _("申诉已交给%s，答复会发消息告诉您。") % application.holder.name
    return answers.done(request, said, at("application_appeal", application))


def _context(application: Application) -> dict[str, Any]:
    made = last_appeal(application)
    last = history(application).last()
    gone = made is not None and moot(made, application, last.seq if last else 0)
    waits = made is not None and made.decided_at is None and not gone
    return {
        **around(application, "progress", None),
        "refused": None,
        "text": "",
        "made": made,
        "waits": waits,
        "gone": gone,
        "possible": application.state in APPEALABLE and not waits,
        "accept": ACCEPT,
        "limit": settings.FILE_LIMIT,
    }


@require_safe
@require_enterprise
def appeal_file(request: ActorRequest, uid: UUID) -> HttpResponse:
    """What was attached to the appeal."""
    application = mine(request, uid)
    made = last_appeal(application)
    if made is None or made.file is None:
        raise NotAllowed("")
    return saved(made.file, f"{application.number}-{_('申诉材料')}", inline=True)
