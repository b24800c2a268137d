"""A report on one page: its lines, what is left out, when it is due, and what can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.audit.errors import Refused
from xingyun.registry.actors import Actor
from xingyun.registry.states import Role
from xingyun.reviews import permissions
from xingyun.reviews.models import Report
from xingyun.reviews.queries import reporting, sheets
from xingyun.reviews.queries.arrivals import missing_of
from xingyun.reviews.queries.content import content, successor
from xingyun.reviews.queries.opinions import without_opinion
from xingyun.reviews.queries.reporting import Due, Row
from xingyun.reviews.queries.returned import returned_rows
from xingyun.reviews.queries.standing import Standing
from xingyun.reviews.queries.steps import Step, why_not
from xingyun.reviews.states import GONE, IN_HAND, RETURNABLE, ReportState
from xingyun.rounds.queries import rulebook_of

STATES = {
    "draft": IN_HAND,
    "countersign_online": frozenset({ReportState.DRAFT}),
    "countersign_offline": frozenset({ReportState.DRAFT}),
    "send_back": frozenset({ReportState.DRAFT, ReportState.COUNTERSIGNED}),
    "receive": frozenset({ReportState.SENT}),
    "return": RETURNABLE,
}


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report. `undecided` is what its office still works on; `stale`: decisions changed since the draft.

    `booklets` are expected on paper at the reader's office, `unarrived` are whose have not come.
    `unstated` are whose book still has the page of the office's opinion empty.
    `returned` says of which rows, by application, why they were given back; `successor` is the report that
    took its place; `carried` are the applications that came unchanged from the one that it supersedes.
    """

    report: Report
    rows: tuple[Row, ...]
    returned: dict[int, str]
    successor: Report | None
    carried: frozenset[int]
    undecided: tuple[Standing, ...]
    booklets: int
    unarrived: tuple[str, ...]
    unstated: tuple[Application, ...]
    stale: bool
    due: Due | None
    countersigned: bool
    steps: tuple[Step, ...]


def report_page(actor: Actor, uid: UUID, now: datetime) -> ReportPage:
    """The page of a report that this person may read (a constant number of queries)."""
    report = reporting.get_report(actor, uid)
    mine = _of_its_office(actor, report)
    undecided: tuple[Standing, ...] = ()
    stale = False
    if mine and report.state in IN_HAND:
        said = content(report.authority, report.round, report.supersedes, now)
        undecided = said.undecided
        stale = said.keys != reporting.kept_keys(report)
    rows = tuple(reporting.rows(report))
    gone = report.state in GONE
    rule = rulebook_of(report.round.edition).report_from(report.authority.tier)
    at = report.authority_id if mine else report.recipient_id
    booklets, unarrived = missing_of(report, at) if rule and rule.copies else (0, ())
    return ReportPage(
        report=report,
        rows=rows,
        returned={row.application_id: row.reason for row in returned_rows(report)} if gone else {},
        successor=successor(report) if report.state == ReportState.RETURNED else None,
        carried=_carried(report, rows),
        undecided=undecided,
        booklets=booklets,
        unarrived=unarrived,
        unstated=without_opinion(report),
        stale=stale,
        due=reporting.due(report.round, report.authority),
        countersigned=sheets.countersigned(rulebook_of(report.round.edition), report.authority),
        steps=tuple(_steps(actor, report, now)),
    )


def _carried(report: Report, rows: tuple[Row, ...]) -> frozenset[int]:
    """What stands on the superseded report with the same decisions, and was not given back there."""
    if report.supersedes is None:
        return frozenset()
    before = reporting.kept_keys(report.supersedes)
    given_back = {row.application_id for row in returned_rows(report.supersedes)}
    return frozenset(
        row.application.pk
        for row in rows
        if row.application.pk not in given_back
        and {(row.application.pk, d.pk if d else None) for d in row.decisions or (None,)} <= before
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
    due = reporting.due(report.round, report.authority)
    if due is not None and now >= due.at and not reporting.mended(report):
        raise Refused(_("上报截止是%s，已经过了。") % sheets.moment(due.at), clause=due.clause)
