"""Two parties claim one enterprise: both sides on one page, and the ruling."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.files.models import File
from xingyun.registry import actions, queries
from xingyun.registry.models import Takeover
from xingyun.registry.permissions import may_rule_takeover, may_see_takeover
from xingyun.registry.states import TakeoverState
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat

PAGE = "officials/takeover.html"
PAPERS = ("licence", "authorisation", "answer_file")


@require_safe
@require_seat()
def detail(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The claim with its papers, what the present people say, and what may be ruled."""
    return answers.page(request, PAGE, context(request, found(request, uid)))


def context(request: ActorRequest, takeover: Takeover) -> dict[str, object]:
    """What the page shows."""
    labels = {"licence": _("申请方的营业执照"), "authorisation": _("申请方的授权书")}
    labels["answer_file"] = _("现管理人交的材料")
    papers = [
        (labels[which], which, file, serving.pages(file))
        for which in PAPERS
        if (file := getattr(takeover, which)) is not None
    ]
    return {
        "t": takeover,
        "papers": papers,
        "people": queries.people_of_all([takeover.enterprise_id]),
        "why_not": why_not(request, takeover),
        "rulings": [
            (TakeoverState.HANDED_OVER, _("移交"), _("申请方成为单位管理员，现有成员全部移出")),
            (TakeoverState.BOTH, _("两方都保留"), _("申请方也成为单位管理员")),
            (TakeoverState.KEPT, _("维持原状"), _("申请方打不开企业的内容")),
        ],
        "early": takeover.answered_at is None and clock.now() < takeover.answer_due,
    }


def why_not(request: ActorRequest, takeover: Takeover) -> str:
    """Why this person can't rule, empty where it can."""
    if takeover.state != TakeoverState.OPEN:
        return _("已裁定：%s。") % TakeoverState(takeover.state).label
    try:
        may_rule_takeover(request.actor, takeover)
    except Refused as refused:
        return refused.message
    return ""


@require_POST
@require_seat()
def rule(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Hand over, keep both, or leave it."""
    takeover = found(request, uid)
    to, ruling = request.POST.get("to", ""), request.POST.get("ruling", "")
    try:
        actions.rule_takeover(takeover=takeover, to=to, ruling=ruling, actor=request.actor, now=clock.now())
    except Refused as refused:
        typed = {"to": to, "ruling": ruling}
        return answers.again(request, refused, PAGE, {**context(request, takeover), "typed": typed})
    return answers.done(request, _("已裁定并告知双方。"), "registrations")


@require_safe
@require_seat()
def paper(request: ActorRequest, uid: UUID, which: str) -> FileResponse:
    """The original of a paper of either side."""
    takeover = found(request, uid)
    return serving.sent(_file(takeover, which), f"{takeover.enterprise.name}-{which}", inline=True)


@require_safe
@require_seat()
def paper_page(request: ActorRequest, uid: UUID, which: str, page: int) -> HttpResponse:
    """One page of it as a picture."""
    return serving.picture(_file(found(request, uid), which), page)


def _file(takeover: Takeover, which: str) -> File:
    file: File | None = getattr(takeover, which) if which in PAPERS else None
    if file is None:
        raise Http404
    return file


def found(request: ActorRequest, uid: UUID) -> Takeover:
    """The claim, if this person may see both sides."""
    known = Takeover.objects.select_related(
        "enterprise__authority", "claimant", "ruled_by", "licence", "authorisation", "answer_file"
    )
    takeover = get_object_or_404(known, uid=uid)
    may_see_takeover(request.actor, takeover)
    return takeover
