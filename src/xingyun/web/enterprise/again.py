"""Last time's answers, offered before the form is filled in."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.applications.queries import earlier, workspace
from xingyun.applications.states import State
from xingyun.audit.errors import Refused
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.space import around
from xingyun.web.guards import ActorRequest, require_enterprise

PAGE = "enterprise/again.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
def again(request: ActorRequest, uid: UUID) -> HttpResponse:
    """What was answered the time before; a POST takes over what is ticked and goes on to the form."""
    application = mine(request, uid)
    if request.method != "POST":
        return answers.page(request, PAGE, _context(application))
    wanted = request.POST.getlist("field")
    try:
        done = actions.take_over(application=application, fields=wanted, actor=request.actor, now=clock.now())
    except Refused as refused:
        return answers.again(request, refused, PAGE, _context(application))
    said = _("沿用了 %d 项，请逐项看一遍。") % len(done.saved)
    if done.conflicts:
        said += _("%d 项刚有人填过，没有动。") % len(done.conflicts)
    return answers.done(request, said, at("application_form_begin", application))


def _context(application: Application) -> dict[str, Any]:
    found = earlier(application) if application.state == State.DRAFT else None
    form = rulebook_of(application.edition).form
    offers = found.offers if found else ()
    groups = [(s, some) for s in form.sections if (some := [o for o in offers if o.field.section == s.key])]
    window = workspace(application, clock.now()).window
    return {**around(application, "form", window), "earlier": found, "groups": groups, "refused": None}
