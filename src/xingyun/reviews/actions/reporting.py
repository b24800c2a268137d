"""The joint report: countersigned on paper or online, sent, received."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.applications.actions import transitions
from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, Refused
from xingyun.clock import calendar_day
from xingyun.files.models import File
from xingyun.papers.queries.numbers import number_of, refuse_foreign
from xingyun.registry.actors import Actor
from xingyun.reviews.actions.holding import hold_all, hold_report
from xingyun.reviews.actions.report_steps import OFFICE, needed_reason, record, step, tell_own
from xingyun.reviews.actions.telling import tell_applicant, tell_report
from xingyun.reviews.models import Report
from xingyun.reviews.permissions import may_countersign, may_send_back, serving
from xingyun.reviews.queries import content, reporting, sheets
from xingyun.reviews.queries.standing import Standing, standings
from xingyun.reviews.states import AT_WORK, IN_HAND, ReportState
from xingyun.rounds.queries import rulebook_of


def countersign_online(*, report: Report, actor: Actor, now: datetime) -> None:
    """Finance countersigns in the system."""
    with transaction.atomic():
        held = hold_report(report)
        may_countersign(actor, held)
        _refuse_without_need(held)
        _refuse_stale(held)
        step(
            held,
            ReportState.COUNTERSIGNED,
            offline=False,
            countersigned_by_id=actor.person,
            countersigned_at=now,
            reason="",
        )
        tell_own(held, "countersigned", _("联合报告已会签，请报送"), now)
        record(held, "report.countersigned", actor, now, {"offline": False})
    report.refresh_from_db()


def countersign_offline(
    *,
    report: Report,
    number: str,
    dated_on: date,
    signatories: str,
    scan: File,
    actor: Actor,
    now: datetime,
) -> None:
    """Enter what was countersigned on paper: number, day, signatories, and the scan with both seals.

    A report that was given its number here keeps that one; only an office that numbers elsewhere types one.
    """
    given = number_of(report.stream, "report")
    if given and number.strip() not in ("", given):
        raise Refused(_("本单位的文号由系统按顺序编，不用填。"), field="number")
    number = given or number
    if not given:
        refuse_foreign(number, None)
    for text, field, missing in (
        (number, "number", _("请填写文号。")),
        (signatories, "signatories", _("请填写签发人。")),
    ):
        if not text.strip():
            raise Refused(missing, field=field)
    if dated_on > calendar_day(now):
        raise Refused(_("成文日期不能晚于今天。"), field="dated_on")
    with transaction.atomic():
        held = hold_report(report)
        serving(actor, held.authority_id)
        _refuse_without_need(held)
        _refuse_stale(held)
        step(
            held,
            ReportState.COUNTERSIGNED,
            offline=True,
            number=number.strip(),
            dated_on=dated_on,
            signatories=signatories.strip(),
            scan=scan,
            countersigned_at=now,
            reason="",
        )
        record(held, "report.countersigned", actor, now, {"offline": True, "scan": scan.sha256})
    report.refresh_from_db()


def send_back(*, report: Report, reason: str, actor: Actor, now: datetime) -> None:
    """Take an unsent report back to its draft: finance does not agree, or the office mends it."""
    reason = needed_reason(reason)
    with transaction.atomic():
        held = hold_report(report)
        may_send_back(actor, held)
        if held.state not in IN_HAND:
            raise Refused(_("报告已经报送，不能退回起草。"))
        Report.objects.filter(pk=held.pk).update(
            state=ReportState.DRAFT,
            reason=reason,
            offline=None,
            number=number_of(held.stream, "report"),
            dated_on=None,
            signatories="",
            scan=None,
            countersigned_by=None,
            countersigned_at=None,
        )
        tell_own(held, f"sent_back:{now.isoformat()}", _("联合报告退回起草，请看理由"), now, reason)
        record(held, "report.sent_back", actor, now, {})
    report.refresh_from_db()


def send_report(*, report: Report, actor: Actor, now: datetime) -> None:
    """Send it to the upper tier before the deadline. What was granted is reported; the rest ends here."""
    serving(actor, report.authority_id)
    with transaction.atomic():
        held = hold_report(report)
        _refuse_late(held, now)
        if held.state == ReportState.DRAFT and sheets.countersigned(
            rulebook_of(held.round.edition), held.authority
        ):
            raise Refused(_("报告还没有会签。请由财政线上会签，或上传盖章扫描件。"))
        known = _refuse_stale(held)
        step(held, ReportState.SENT, sent_by_id=actor.person, sent_at=now, reason="")
        for standing in known:
            _report_one(standing, held, actor, now)
        count = len({application for application, _decision in reporting.kept_keys(held)})
        tell_report(
            report=held,
            authority_id=held.recipient_id,
            roles=OFFICE,
            step="sent",
            subject=_("收到上报，请接收"),
            body=_("%(authority)s 第 %(seq)s 次上报，共 %(count)s 份申请。")
            % {"authority": held.authority.name, "seq": held.seq, "count": count},
            now=now,
        )
        record(held, "report.sent", actor, now, {"applications": count})
    report.refresh_from_db()


def receive(*, report: Report, actor: Actor, now: datetime) -> None:
    """The upper tier takes it: what was reported is now in its hands."""
    serving(actor, report.recipient_id)
    with transaction.atomic():
        held = hold_report(report)
        step(held, ReportState.RECEIVED, received_by_id=actor.person, received_at=now)
        for application in _waiting(held):
            transitions.move(
                application=application, to=State.EVALUATING, actor=actor, now=now, holder=held.recipient
            )
        tell_own(held, "received", _("上报已接收"), now)
        record(held, "report.received", actor, now, {})
    report.refresh_from_db()


def _report_one(standing: Standing, report: Report, actor: Actor, now: datetime) -> None:
    application = standing.application
    if standing.alive:
        tell_applicant(
            application=application,
            step=f"reported:{report.uid}",
            subject=_("申请已上报"),
            body=_("%(number)s 已由%(authority)s上报。")
            % {"number": application.number, "authority": report.authority.name},
            now=now,
        )
        transitions.move(application=application, to=State.REPORTED, actor=actor, now=now)
        return
    reason = sheets.why_not(standing)
    tell_applicant(
        application=application,
        step="not_awarded",
        subject=_("申请未获认定"),
        body=_("%(number)s 本次未获认定：%(reason)s") % {"number": application.number, "reason": reason},
        now=now,
    )
    transitions.move(application=application, to=State.NOT_AWARDED, actor=actor, now=now, reason=reason)


def _waiting(report: Report) -> list[Application]:
    ids = list(reporting.still_reported(report).values_list("pk", flat=True))
    return [a for a in hold_all(ids) if a.state == State.REPORTED]


def _refuse_stale(report: Report) -> list[Standing]:
    """The report says what is decided now: its applications are held, and nothing has changed since.

    Returns what is newly reported; the rows carried over from the superseded report stay as they are.
    """
    kept = reporting.kept_keys(report)
    applications = hold_all({application for application, _decision in kept})
    own = [a for a in applications if a.holder_id == report.authority_id and a.state in AT_WORK]
    known = list(standings(own).values())
    carried = content.frozen_keys(report.supersedes, {a.pk for a in own})
    if not (all(s.settled for s in known) and reporting.line_keys(known) | carried == kept):
        raise Conflict(_("起草以后决定有变化，报告和现状不一致。请退回起草并重新生成。"))
    return known


def _refuse_without_need(report: Report) -> None:
    if not sheets.countersigned(rulebook_of(report.round.edition), report.authority):
        raise Refused(_("按本轮规则，本级报告不需要会签，可以直接报送。"))


def _refuse_late(report: Report, now: datetime) -> None:
    due = reporting.due(report.round, report.authority)
    if due is None:
        raise Refused(_("按本轮规则，本级不需要上报。"))
    if now >= due.at and not reporting.mended(report):
        said = _("上报截止是%s，已经过了。报告草稿没有丢失；请与上级单位联系。")
        raise Refused(said % sheets.moment(due.at), clause=due.clause)
