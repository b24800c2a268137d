"""An appeal of the applicant: what is said, answered by somebody else than who refused."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.reviews import actions, queries
from xingyun.reviews.models import Appeal
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials import previewing
from xingyun.web.officials.desk_files import found
from xingyun.web.officials.examining import page_of
from xingyun.web.officials.listing import desk_of

PAGE = "officials/appeal.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat()
def answer(request: ActorRequest, uid: UUID) -> HttpResponse:
    """What is said against the conclusion; a POST upholds or dismisses it."""
    made = _of(request, uid)
    context = page_of(request, uid)
    desk: queries.Desk = context["desk"]  # type: ignore[assignment]
    own = any(step.seq == made.against and step.actor == request.actor.id for step in desk.history)
    context |= {"made": made, "own": own}
    if request.method != "POST":
        return answers.page(request, PAGE, context)
    text = request.POST.get("answer", "")
    said = request.POST.get("upheld", "") or request.POST.get("preview", "")

    def act() -> None:
        if said not in ("yes", "no"):
            raise Refused(_("请选择申诉成立或不成立。"), field="upheld")
        actions.answer_appeal(
            made=made, upheld=said == "yes", answer=text, actor=request.actor, now=clock.now()
        )

    if previewing.asked(request):
        return previewing.previewed(request, act, PAGE, context, answer=text)
    try:
        act()
    except Refused as refused:
        return answers.again(request, refused, PAGE, context, answer=text)
    name = made.application.enterprise.name
    told = _("“%s”的申诉成立，申请已重新办理。") if made.upheld else _("“%s”的申诉不成立，已通知企业。")
    return answers.done(request, told % name, desk_of(request, uid))


@require_safe
@require_seat()
def file(request: ActorRequest, uid: UUID) -> FileResponse:
    """What was attached to the appeal."""
    made = _of(request, uid)
    if made.file is None:
        raise Http404
    return serving.sent(made.file, f"{made.application.number}-{_('申诉材料')}", inline=True)


def _of(request: ActorRequest, uid: UUID) -> Appeal:
    """The newest appeal of an application that this official may read."""
    made = queries.last_appeal(found(request, uid))
    if made is None:
        raise Http404
    return made
