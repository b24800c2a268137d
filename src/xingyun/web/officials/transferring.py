"""Files on their way to the office to which they belong: handed over, taken, declined, ruled."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.registry.actors import OFFICIAL
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.models import Transfer
from xingyun.reviews.queries import transfers as queries
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.acted import Acted
from xingyun.web.officials.desk_files import found
from xingyun.web.officials.examining import page_of
from xingyun.web.officials.paging import by_time

CASE, INDEX, PAGE = "officials/case_transfer.html", "officials/transfers.html", "officials/transfer.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat()
def ask(request: ActorRequest, uid: UUID) -> HttpResponse:
    """To which office a file belongs and why; a POST hands it over."""
    application = found(request, uid)
    context = page_of(request, uid) | {
        "targets": queries.targets(application),
        "last": queries.last_transfer(application),
    }
    if request.method != "POST":
        return answers.page(request, CASE, context)
    reason, to = request.POST.get("reason", ""), request.POST.get("to", "")
    try:
        made = actions.ask_transfer(
            application=application, to=_office(to), reason=reason, actor=request.actor, now=clock.now()
        )
    except Refused as refused:
        return answers.again(request, refused, CASE, context, reason=reason, to=to)
    said = _("已移送给%s，对方接收以前仍在本单位。") % made.target.name
    return answers.done(request, said, "transfer", made.uid)


def _office(key: str) -> Authority:
    known = Authority.objects.filter(key=key).first()
    if known is None:
        raise Refused(_("请选要移送到的单位。"), field="to")
    return known


@require_safe
@require_seat(*OFFICIAL, Role.AUDITOR)
def index(request: ActorRequest) -> HttpResponse:
    """Those that concern this person's offices, the newest first."""
    page = by_time(queries.transfers(request.actor), "asked_at", request.GET.get("after", ""))
    return answers.page(request, INDEX, {"page": page})


@require_safe
@require_seat(*OFFICIAL, Role.AUDITOR)
def detail(request: ActorRequest, uid: UUID) -> HttpResponse:
    """One of them: who says what, and what this person may do."""
    return answers.page(request, PAGE, context_of(request, uid))


def context_of(request: ActorRequest, uid: UUID) -> dict[str, object]:
    """What the page shows."""
    made, actor = queries.get_transfer(request.actor, uid), request.actor
    open_ = made.closed_at is None
    application = made.application
    return {
        "made": made,
        "acted": Acted([application.stream]),
        "takes": open_ and made.agreed is None and actor.serves(made.target_id),
        "gives": open_ and actor.serves(made.source_id),
        "rules": open_ and made.agreed is False and any(actor.serves(one) for one in queries.rules(made)),
        "reads": actor.is_auditor
        or actor.serves(application.authority_id)
        or actor.serves(application.holder_id),
    }


@require_POST
@require_seat(*OFFICIAL)
def answer(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Take the file, or decline it."""
    made = queries.get_transfer(request.actor, uid)
    said, words = request.POST.get("agreed", ""), request.POST.get("answer", "")
    try:
        if said not in ("yes", "no"):
            raise Refused(_("请选择接收或不接收。"), field="agreed")
        actions.answer_transfer(
            transfer=made, agreed=said == "yes", answer=words, actor=request.actor, now=clock.now()
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, context_of(request, uid), answer=words)
    told = _("已接收，企业已通知。") if said == "yes" else _("没有接收，已请上级裁定。")
    return answers.done(request, told, "transfer", uid)


@require_POST
@require_seat(*OFFICIAL)
def rule(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Say whose file it is."""
    made = queries.get_transfer(request.actor, uid)
    ruling = request.POST.get("ruling", "")
    try:
        actions.rule_transfer(
            transfer=made, to=_ruled(made, request), ruling=ruling, actor=request.actor, now=clock.now()
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, context_of(request, uid), ruling=ruling)
    return answers.done(request, _("已裁定，两个单位已通知。"), "transfer", uid)


def _ruled(made: Transfer, request: ActorRequest) -> Authority:
    return {"source": made.source, "target": made.target}.get(request.POST.get("to", "")) or _office("")


@require_POST
@require_seat(*OFFICIAL)
def take_back(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The office that hands it over keeps it after all."""
    made = queries.get_transfer(request.actor, uid)
    actions.take_back_transfer(transfer=made, actor=request.actor, now=clock.now())
    return answers.done(request, _("已收回，申请仍由本单位办理。"), "transfer", uid)
