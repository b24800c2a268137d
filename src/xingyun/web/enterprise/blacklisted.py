"""A notice of the blacklist, for the enterprise that it concerns: what is held against it, and its answer."""

from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.results import actions
from xingyun.results.queries.blacklist import own_case
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers, serving
from xingyun.web.enterprise.intake import ACCEPT, bounded, take
from xingyun.web.guards import ActorRequest, require_enterprise

PAGE = "enterprise/blacklisted.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
@bounded(lambda: settings.FILE_LIMIT)
def answer(request: ActorRequest, uid: UUID) -> HttpResponse:
    """What is held against it and what was decided; a POST states its defence, once."""
    case = own_case(request.actor, uid)
    rules = {rule.key: rule for rule in rulebook_of(case.round.edition).sanctions}
    now = clock.now()
    context = {
        "case": case,
        "rule": rules.get(case.rule),
        "possible": not case.stated_at and not case.decided_at and now < case.due,
        "accept": ACCEPT,
        "limit": settings.FILE_LIMIT,
        "text": "",
    }
    if request.method != "POST":
        return answers.page(request, PAGE, context)
    text, given = request.POST.get("text", ""), request.FILES.get("file")
    try:
        file = take(given, limit=settings.FILE_LIMIT, field="file", now=now) if given else None
        actions.state_defence(case=case, text=text, file=file, actor=request.actor, now=now)
    except Refused as refused:
        return answers.again(request, refused, PAGE, context, text=text)
    return answers.done(request, _("陈述已交，决定以后会发消息。"), "blacklisted", uid)


@require_safe
@require_enterprise
def proof(request: ActorRequest, uid: UUID) -> FileResponse:
    """The proof that is held against it."""
    return serving.sent(own_case(request.actor, uid).proof, _("证据"), inline=True)
