"""A sealed request to withdraw: the letter to read, agreeing or declining with a reason."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.reviews import actions, queries
from xingyun.reviews.models import WithdrawalRequest
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials import previewing
from xingyun.web.officials.desk_files import found
from xingyun.web.officials.examining import page_of
from xingyun.web.officials.listing import desk_of

PAGE = "officials/withdrawal.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat()
def answer(request: ActorRequest, uid: UUID) -> HttpResponse:
    """What is asked and why; a POST agrees or declines."""
    asked = _of(request, uid)
    if request.method != "POST":
        return answers.page(request, PAGE, page_of(request, uid) | {"asked": asked})
    reason = request.POST.get("reason", "")
    said = request.POST.get("agreed", "") or request.POST.get("preview", "")

    def act() -> None:
        if said not in ("yes", "no"):
            raise Refused(_("请选择同意或不同意。"), field="agreed")
        actions.answer_withdrawal(
            request=asked, agreed=said == "yes", answer=reason, actor=request.actor, now=clock.now()
        )

    if previewing.asked(request):
        context = page_of(request, uid) | {"asked": asked}
        return previewing.previewed(request, act, PAGE, context, reason=reason)
    try:
        act()
    except Refused as refused:
        context = page_of(request, uid) | {"asked": asked}
        return answers.again(request, refused, PAGE, context, reason=reason, agreed=said)
    name = asked.application.enterprise.name
    told = _("已同意“%s”撤回，占用的名额已经放回。") if asked.agreed else _("没有同意“%s”撤回，已通知企业。")
    return answers.done(request, told % name, desk_of(request, uid))


@require_safe
@require_seat()
def letter(request: ActorRequest, uid: UUID) -> FileResponse:
    """The sealed letter as it was handed in."""
    asked = _of(request, uid)
    return serving.sent(asked.letter, f"{asked.application.number}-{_('撤回申请书')}", inline=True)


@require_safe
@require_seat()
def letter_page(request: ActorRequest, uid: UUID, page: int) -> HttpResponse:
    """One page of it as a picture."""
    return serving.picture(_of(request, uid).letter, page)


def _of(request: ActorRequest, uid: UUID) -> WithdrawalRequest:
    """The newest request of an application that this official may read."""
    asked = queries.last_request(found(request, uid))
    if asked is None:
        raise Http404
    return asked
