"""Taking back: at once before acceptance, by a sealed request after it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.reviews import actions as reviews
from xingyun.reviews.queries import last_request
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers
from xingyun.web.enterprise.intake import ACCEPT, bounded, take
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.sending import saved
from xingyun.web.enterprise.space import around
from xingyun.web.guards import ActorRequest, require_enterprise

WITHDRAW = "enterprise/withdraw.html"
SEALED = "enterprise/withdraw_sealed.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
def withdraw(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Take the application back, with a reason; once accepted the way leads to the sealed request."""
    application = mine(request, uid)
    if request.method != "POST" and application.state == State.ACCEPTED:
        return HttpResponseRedirect(at("application_withdrawal", application))
    context = {**around(application, "progress", None), "refused": None, "reason": ""}
    if request.method != "POST":
        return answers.page(request, WITHDRAW, context)
    reason = request.POST.get("reason", "")
    try:
        if not reason.strip():
            raise Refused(_("请写明为什么撤回。"), field="reason")
        actions.withdraw(application=application, reason=reason, actor=request.actor, now=clock.now())
    except Refused as refused:
        return answers.again(request, refused, WITHDRAW, context, reason=reason)
    return answers.done(request, _("已撤回。填过的内容保留，再新建时会带过去。"), "enterprise_home")


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
@bounded(lambda: settings.FILE_LIMIT)
def sealed(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Print, seal, upload; what became of a request made before."""
    application = mine(request, uid)
    context = _context(application)
    if request.method != "POST":
        return answers.page(request, SEALED, context)
    reason = request.POST.get("reason", "")
    try:
        _ask(request, application, reason)
    except Refused as refused:
        return answers.again(request, refused, SEALED, context, reason=reason)
    said = _("撤回申请已交给%s，答复会发消息告诉您。") % application.holder.name
    return answers.done(request, said, at("application_withdrawal", application))


def _ask(request: ActorRequest, application: Application, reason: str) -> None:
    now = clock.now()
    if not reason.strip():
        raise Refused(_("请写明为什么撤回。"), field="reason")
    letter = take(request.FILES.get("file"), limit=settings.FILE_LIMIT, field="file", now=now)
    reviews.ask_to_withdraw(
        application=application, letter=letter, reason=reason, actor=request.actor, now=now
    )


def _context(application: Application) -> dict[str, Any]:
    asked = last_request(application)
    waits = asked is not None and asked.decided_at is None
    return {
        **around(application, "progress", None),
        "refused": None,
        "reason": "",
        "asked": asked,
        "waits": waits,
        "possible": application.state == State.ACCEPTED and not waits,
        "accept": ACCEPT,
        "limit": settings.FILE_LIMIT,
    }


@require_safe
@require_enterprise
def letter(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The request to print and seal, with everything that is known filled in."""
    application = mine(request, uid)
    if application.state != State.ACCEPTED:
        raise NotAllowed("")
    context = {
        **around(application, "progress", None),
        "book": rulebook_of(application.edition),
        "today": clock.today(),
    }
    return answers.page(request, "enterprise/withdraw_letter.html", context)


@require_safe
@require_enterprise
def letter_file(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The sealed request as it was uploaded."""
    application = mine(request, uid)
    asked = last_request(application)
    if asked is None:
        raise NotAllowed("")
    return saved(asked.letter, f"{application.number}-{_('撤回申请书')}", inline=True)
