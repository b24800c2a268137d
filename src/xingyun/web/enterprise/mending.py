"""A registration that was refused is handed in again, put right."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xingyun import clock
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry import actions
from xingyun.registry.permissions import may_manage_people
from xingyun.registry.states import EnterpriseState
from xingyun.web import answers
from xingyun.web.enterprise.intake import bounded, take
from xingyun.web.enterprise.people import own
from xingyun.web.enterprise.registration_form import LIMIT, PAPERS
from xingyun.web.guards import ActorRequest, require_enterprise

PAGE = "enterprise/mend.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
@bounded(lambda: 2 * LIMIT)
def mend(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Name and address as they were typed, and papers anew where they were wrong."""
    enterprise = own(request, uid)
    may_manage_people(request.actor, enterprise)
    if enterprise.state != EnterpriseState.REFUSED:
        raise NotAllowed("")
    typed = {which: request.POST.get(which, getattr(enterprise, which)) for which in ("name", "address")}
    context: dict[str, Any] = {"e": enterprise, "typed": typed, "papers": PAPERS, "limit": LIMIT}
    if request.method != "POST":
        return answers.page(request, PAGE, context)
    try:
        files = {which: _paper(request, which) for which in PAPERS}
        actions.mend_registration(
            enterprise=enterprise, **typed, **files, actor=request.actor, now=clock.now()
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, context)
    return answers.done(request, _("已重新交给%s核对。") % enterprise.authority.name, "enterprise_home")


def _paper(request: ActorRequest, which: str) -> Any:
    sent = request.FILES.get(which)
    return take(sent, limit=LIMIT, field=which, now=clock.now()) if sent else None
