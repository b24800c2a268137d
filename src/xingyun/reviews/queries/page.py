"""A report on one page: its lines, what is left out, when it is due, and what can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from xingyun.audit.errors import Refused
from xingyun.registry.actors import Actor
from xingyun.registry.states import Role
from xingyun.reviews import permissions
from xingyun.reviews.models import Report
from xingyun.reviews.queries import reporting, sheets
from xingyun.reviews.queries.reporting import Due, Row
from xingyun.reviews.queries.standing import Standing
from xingyun.reviews.queries.steps import Step, why_not
from xingyun.reviews.states import IN_HAND, ReportState
from xingyun.rounds.queries import rulebook_of

STATES = {
    "draft": IN_HAND,
    "countersign_online": frozenset({ReportState.DRAFT}),
    "countersign_offline": frozenset({ReportState.DRAFT}),
    "send_back": frozenset({ReportState.DRAFT, ReportState.COUNTERSIGNED}),
    "receive": frozenset({ReportState.SENT}),
    "return": frozenset({ReportState.SENT}),
}


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report. `undecided` is what its office still works on; `stale`: decisions changed since the draft."""

    report: Report
    rows: tuple[Row, ...]
    undecided: tuple[Standing, ...]
    stale: bool
    due: Due | None
    countersigned: bool
    steps: tuple[Step, ...]


def report_page(actor: Actor, uid: UUID, now: datetime) -> ReportPage:
    """The page of a report that this person may read (a constant number of queries)."""
    report = reporting.get_report(actor, uid)
    mine = _of_its_office(actor, report)
    undecided: list[Standing] = []
    stale = False
    if mine and report.state in IN_HAND:
        ready, undecided = reporting.split(report.authority, report.round)
        stale = reporting.line_keys(ready) != reporting.kept_keys(report)
    return ReportPage(
        report=report,
        rows=tuple(reporting.rows(report)),
        undecided=tuple(undecided),
        stale=stale,
        due=reporting.due(report.round, report.authority.tier),
        countersigned=sheets.countersigned(rulebook_of(report.round.edition), report.authority),
        steps=tuple(_steps(actor, report, now)),
    )


def _of_its_office(actor: Actor, report: Report) -> bool:
    roles = (*reporting.OFFICE, Role.COUNTERSIGNER)
    return actor.is_auditor or report.authority_id in actor.authorities(*roles)


def _steps(actor: Actor, report: Report, now: datetime) -> list[Step]:
    checks: dict[str, Callable[[], None]] = {
        "draft": lambda: permissions.seated(actor, Role.PREPARER, report.authority_id),
        "countersign_online": lambda: permissions.may_countersign(actor, report),
        "countersign_offline": lambda: permissions.serving(actor, report.authority_id),
        "send_back": lambda: permissions.may_send_back(actor, report),
        "send": lambda: _may_send(actor, report, now),
        "receive": lambda: permissions.serving(actor, report.recipient_id),
        "return": lambda: permissions.serving(actor, report.recipient_id),
    }
    return [Step(name, *why_not(_both(report, name, check))) for name, check in checks.items()]


def _both(report: Report, name: str, check: Callable[[], None]) -> Callable[[], None]:
    def judge() -> None:
        check()
        states = STATES.get(name)
        if states is not None and report.state not in states:
            raise Refused(_("报告现在是“%s”。") % ReportState(report.state).label)

    return judge


def _may_send(actor: Actor, report: Report, now: datetime) -> None:
    permissions.serving(actor, report.authority_id)
    if report.state not in IN_HAND:
        raise Refused(_("报告现在是“%s”。") % ReportState(report.state).label)
    if report.state == ReportState.DRAFT and sheets.countersigned(
        rulebook_of(report.round.edition), report.authority
    ):
        raise Refused(_("报告还没有会签。请由财政线上会签，或上传盖章扫描件。"))
    due = reporting.due(report.round, report.authority.tier)
    if due is not None and now >= due.at and not reporting.mended(report):
        raise Refused(_("上报截止是%s，已经过了。") % sheets.moment(due.at), clause=due.clause)
