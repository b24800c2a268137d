"""Registrations: licence and sealed authorisation compared, then activated or refused with a reason."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.files.models import File
from xingyun.registry import actions, queries
from xingyun.registry.models import Enterprise, Member
from xingyun.registry.permissions import may_decide_registration, may_see_registration
from xingyun.registry.states import EnterpriseState
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials import paging

PAPERS = ("licence", "authorisation")


@require_safe
@require_seat()
def index(request: ActorRequest) -> HttpResponse:
    """Those in one state, the newest first; those that wait, when no state is named."""
    state = request.GET.get("state", "")
    state = state if state in EnterpriseState.values else EnterpriseState.PENDING
    known = queries.registrations(request.actor, state)
    page = paging.by_time(known, "created_at", request.GET.get("after", ""))
    count = known.count()
    context = {
        "state": state,
        "states": EnterpriseState.choices,
        "page": page,
        "heading": heading(state, count),
        "takeovers": queries.takeovers(request.actor)[: paging.SIZE],
    }
    return answers.page(request, "officials/registrations.html", context)


@require_safe
@require_seat()
def detail(request: ActorRequest, uid: UUID) -> HttpResponse:
    """One registration with its two papers side by side."""
    return answers.page(request, "officials/registration.html", context_of(request, uid))


def context_of(request: ActorRequest, uid: UUID) -> dict[str, object]:
    """What the page of one registration shows."""
    enterprise = found(request, uid)
    people = Member.objects.filter(enterprise=enterprise).select_related("user").order_by("id")
    papers = [
        (_("营业执照"), "licence", enterprise.licence, pages_of(enterprise.licence)),
        (_("盖章授权书"), "authorisation", enterprise.authorisation, pages_of(enterprise.authorisation)),
    ]
    return {"e": enterprise, "people": people, "papers": papers, "why_not": why_not(request, enterprise)}


def pages_of(file: File | None) -> range:
    """The pages to look at; none where nothing was handed in."""
    return serving.pages(file) if file else range(0)


def why_not(request: ActorRequest, enterprise: Enterprise) -> str:
    """Why this person can't decide, empty where it can."""
    if enterprise.state != EnterpriseState.PENDING:
        return _("这家企业的注册已经办理，状态为“%s”。") % EnterpriseState(enterprise.state).label
    try:
        may_decide_registration(request.actor, enterprise)
    except Refused as refused:
        return refused.message
    return ""


@require_POST
@require_seat()
def activate(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The papers agree: the enterprise may act."""
    enterprise = found(request, uid)
    actions.activate(enterprise=enterprise, actor=request.actor, now=clock.now())
    return answers.done(request, _("已激活“%s”，已通知企业。") % enterprise.name, "registrations")


@require_POST
@require_seat()
def refuse(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The papers do not agree: not activated, with the reason that the enterprise reads."""
    enterprise = found(request, uid)
    reason = request.POST.get("reason", "")
    try:
        actions.refuse_activation(enterprise=enterprise, reason=reason, actor=request.actor, now=clock.now())
    except Refused as refused:
        context = {**context_of(request, uid), "reason": reason}
        return answers.again(request, refused, "officials/registration.html", context)
    return answers.done(request, _("未予激活“%s”，理由已告知企业。") % enterprise.name, "registrations")


@require_safe
@require_seat()
def paper(request: ActorRequest, uid: UUID, which: str) -> FileResponse:
    """The original of a paper that was handed in to register."""
    file, name = paper_of(request, uid, which)
    return serving.sent(file, name, inline=True)


@require_safe
@require_seat()
def paper_page(request: ActorRequest, uid: UUID, which: str, page: int) -> HttpResponse:
    """One page of it as a picture."""
    return serving.picture(paper_of(request, uid, which)[0], page)


def paper_of(request: ActorRequest, uid: UUID, which: str) -> tuple[File, str]:
    """The file of a paper and how it is called when saved."""
    enterprise = found(request, uid)
    file: File | None = getattr(enterprise, which) if which in PAPERS else None
    if file is None:
        raise Http404
    return file, f"{enterprise.name}-{_('营业执照') if which == 'licence' else _('授权书')}"


def found(request: ActorRequest, uid: UUID) -> Enterprise:
    """The enterprise, if this person may see what it handed in."""
    known = Enterprise.objects.select_related("authority", "licence", "authorisation")
    enterprise = get_object_or_404(known, uid=uid)
    may_see_registration(request.actor, enterprise)
    return enterprise


def heading(state: str, count: int) -> str:
    """The answer on top of the list."""
    if state == EnterpriseState.PENDING:
        said = ngettext("%(n)s 家企业等您激活", "%(n)s 家企业等您激活", count) % {"n": count}
        return said if count else _("没有企业等待激活")
    return _("%(label)s：%(n)s 家") % {"label": EnterpriseState(state).label, "n": count}
