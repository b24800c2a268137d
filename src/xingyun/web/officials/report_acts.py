"""What is done with a report. Each refusal shows the page again with the reason."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xingyun import clock
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.actors import OFFICIAL
from xingyun.registry.states import Role
from xingyun.reviews import actions, queries
from xingyun.reviews.models import Report
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.report_forms import OfflineForm
from xingyun.web.officials.reports import context_of
from xingyun.web.officials.scans import scan

PAGE = "officials/report.html"
ROW = "row-"
HANDS = (*OFFICIAL, Role.COUNTERSIGNER)


@require_POST
@require_seat(*HANDS)
def countersign(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Finance countersigns online."""

    def act(report: Report) -> None:
        actions.countersign_online(report=report, actor=request.actor, now=clock.now())

    return tried(request, uid, act, _("已会签，可以报送了。"))


@require_POST
@require_seat(*HANDS)
def offline(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Enter what was countersigned on paper."""
    form = OfflineForm(request.POST, request.FILES)
    # Asked before the scan is kept: whoever may not enter it leaves nothing behind.
    if not request.actor.serves(queries.get_report(request.actor, uid).authority_id):
        raise NotAllowed(_("线下会签由编制单位登记。"))
    if not form.is_valid():
        return answers.page(request, PAGE, {**context_of(request, uid), "form": form}, status=422)

    def act(report: Report) -> None:
        given = {name: form.cleaned_data[name] for name in ("number", "dated_on", "signatories")}
        now = clock.now()
        kept = scan(request, "scan", now)
        actions.countersign_offline(report=report, scan=kept, actor=request.actor, now=now, **given)

    return tried(request, uid, act, _("线下会签已登记，可以报送了。"), form=form)


@require_POST
@require_seat(*HANDS)
def send_back(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Back to the draft, with the reason."""
    reason = request.POST.get("reason", "")

    def act(report: Report) -> None:
        actions.send_back(report=report, reason=reason, actor=request.actor, now=clock.now())

    return tried(request, uid, act, _("已退回起草，理由已告知。"), reason=reason)


@require_POST
@require_seat(*OFFICIAL)
def send(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Send it upward before the deadline."""

    def act(report: Report) -> None:
        actions.send_report(report=report, actor=request.actor, now=clock.now())

    return tried(request, uid, act, _("已报送。"))


@require_POST
@require_seat(*OFFICIAL)
def receive(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The upper tier takes it."""

    def act(report: Report) -> None:
        actions.receive(report=report, actor=request.actor, now=clock.now())

    return tried(request, uid, act, _("已接收，所报申请转入评定。"))


@require_POST
@require_seat(*OFFICIAL)
def send_down(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The upper tier returns it: whole with a reason, or the rows in which a reason was typed."""
    reason = request.POST.get("reason", "")
    rows = named_rows(request)

    def act(report: Report) -> None:
        actions.return_report(report=report, reason=reason, rows=rows, actor=request.actor, now=clock.now())

    said = _("已退回 %s 行，其余照原样保留，理由已告知。") % len(rows) if rows else _("已退回，理由已告知。")
    return tried(request, uid, act, said, reason=reason, row_reasons={str(k): v for k, v in rows.items()})


def named_rows(request: ActorRequest) -> dict[UUID, str]:
    """The rows that are to go back: those with a reason. Raises Refused for what is no row."""
    typed = {name.removeprefix(ROW): text for name, text in request.POST.items() if name.startswith(ROW)}
    try:
        return {UUID(uid): str(text) for uid, text in typed.items() if str(text).strip()}
    except ValueError as error:
        raise Refused(_("要退回的行不在这份上报件上。请刷新后再选。")) from error


def tried(
    request: ActorRequest, uid: UUID, act: Callable[[Report], None], said: str, **typed: object
) -> HttpResponse:
    """Do it, or show the page again with the reason and what was typed."""
    report = queries.get_report(request.actor, uid)
    try:
        act(report)
    except Refused as refused:
        return answers.again(request, refused, PAGE, {**context_of(request, uid), **typed})
    return answers.done(request, said, "report", uid)
