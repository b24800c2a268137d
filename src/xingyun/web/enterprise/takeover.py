"""An enterprise that others have registered: the claim, how it stands, what the present people say."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xingyun import clock
from xingyun.audit.errors import NotAllowed, Refused, Revealing
from xingyun.registry import actions, queries
from xingyun.registry.models import Enterprise, Takeover
from xingyun.rulebook import uscc as codes
from xingyun.web import answers
from xingyun.web.enterprise.intake import bounded, take
from xingyun.web.enterprise.registration_form import LIMIT, PAPERS, Claiming, Kept, tried, with_papers
from xingyun.web.guards import ActorRequest, require_actor, require_enterprise

PAGE = "enterprise/takeover.html"
ANSWER = "enterprise/takeover_answer.html"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@bounded(lambda: 2 * LIMIT)
def claim(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it. Who acts for the enterprise now is told to nobody."""
    if request.method != "POST":
        form = Claiming(initial={"uscc": request.GET.get("uscc", "")[:24]})
        return answers.page(request, PAGE, context(form, {}))
    form = Claiming(request.POST)
    at_hand = with_papers(request, form, clock.now())
    if form.is_valid() and (answer := attempt(request, form, at_hand)):
        return answer
    return answers.page(request, PAGE, context(form, at_hand), status=422)


def attempt(request: HttpRequest, form: Claiming, at_hand: dict[str, Kept]) -> HttpResponse | None:
    """File the claim; None when it was refused, the reason then stands in the form."""
    typed: dict[str, Any] = dict(form.cleaned_data)
    files: dict[str, Any] = {field: kept.file for field, kept in at_hand.items()}
    if not tried(request, form, partial(_file, **typed, **files)):
        return None
    return answers.done(request, _("接管申请已交。用刚才的登录名登录可以看进展。"), "start")


def _file(*, uscc: str, **said: Any) -> None:
    code = codes.normalise(uscc)
    enterprise = Enterprise.objects.select_related("authority").filter(uscc=code).first()
    if enterprise is None:
        raise Revealing(_("这个代码还没有人注册，请直接注册。"), field="uscc")
    actions.file_takeover(enterprise=enterprise, **said, now=clock.now())


def context(form: Claiming, at_hand: dict[str, Kept]) -> dict[str, Any]:
    """What the page shows."""
    return {"form": form, "at_hand": at_hand, "papers": PAPERS, "limit": LIMIT, "days": actions.ANSWER_DAYS}


@require_safe
@require_actor
def mine(request: ActorRequest) -> HttpResponse:
    """How the claims of this person stand."""
    return answers.page(
        request, "enterprise/takeovers.html", {"claims": queries.own_takeovers(request.actor)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
@bounded(lambda: LIMIT)
def answer(request: ActorRequest, uid: UUID) -> HttpResponse:
    """What the present people say to a claim on their enterprise. They are not told who makes it."""
    found = queries.takeovers_on(request.actor).filter(uid=uid).first()
    if found is None:
        raise NotAllowed("")
    if request.method != "POST":
        return answers.page(request, ANSWER, {"t": found, "answer": found.answer, "limit": LIMIT})
    typed = request.POST.get("answer", "")
    try:
        _answer(request, found, typed)
    except Refused as refused:
        return answers.again(request, refused, ANSWER, {"t": found, "answer": typed, "limit": LIMIT})
    return answers.done(request, _("说明已交给%s。") % found.enterprise.authority.name, "enterprise_home")


def _answer(request: ActorRequest, takeover: Takeover, typed: str) -> None:
    sent = request.FILES.get("file")
    file = take(sent, limit=LIMIT, field="file", now=clock.now()) if sent else None
    actions.answer_takeover(takeover=takeover, answer=typed, file=file, actor=request.actor, now=clock.now())
