"""What every step of a report does alike: compare and set, tell its office, write it into the record."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.registry.actors import Actor
from xingyun.registry.states import Role
from xingyun.reviews.actions.reasons import needed
from xingyun.reviews.actions.telling import tell_report
from xingyun.reviews.models import Report
from xingyun.reviews.states import REPORT_TRANSITIONS, ReportState

LONGEST = 1000
OFFICE = (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)


def step(report: Report, to: ReportState, **columns: object) -> None:
    """Compare-and-set of the report's state. Raises Conflict, Refused."""
    sources = [state for state, targets in REPORT_TRANSITIONS.items() if to in targets]
    try:
        with transaction.atomic():
            changed = Report.objects.filter(pk=report.pk, state__in=sources).update(state=to, **columns)
    except IntegrityError as error:
        raise Refused(_("会签人和起草人须是两个人，线下会签须有文号、日期、签发人和扫描件。")) from error
    if changed != 1:
        now_is = ReportState(report.state).label
        raise Conflict(_("报告现在是“%s”，这一步做不了。请刷新后再看。") % now_is)


def needed_reason(reason: str) -> str:
    """The reason without blanks around it; Refused without one, and beyond 1,000 characters."""
    return needed(reason, missing=_("请写明理由，对方会看到。"), most=LONGEST)


def tell_own(report: Report, name: str, subject: str, now: datetime, body: str = "") -> None:
    """Tell the office that made the report."""
    tell_report(
        report=report,
        authority_id=report.authority_id,
        roles=OFFICE,
        step=name,
        subject=subject,
        body=body or f"{report.authority.name} {report.round.year}-{report.seq}",
        now=now,
    )


def record(report: Report, act: str, actor: Actor, now: datetime, body: dict[str, object]) -> None:
    """One entry on the report's own stream."""
    facts = {"authority": report.authority.key, "seq": report.seq, **body}
    audit.append(stream=report.stream, act=act, actor=actor, body=facts, now=now)
