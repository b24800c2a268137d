"""What a report would carry, when it is due, and who sees it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.audit.errors import NotAllowed
from xingyun.papers.models import Paper
from xingyun.papers.queries import papers
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews.models import Decision, Report, ReportLine
from xingyun.reviews.queries.standing import Standing, standings, with_relations
from xingyun.reviews.states import AT_WORK, GONE, IN_HAND, ReportState
from xingyun.rounds.models import Round
from xingyun.rounds.queries import Longer, longer, rulebook_of
from xingyun.rulebook.calendar import last_moment

OFFICE = (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY, Role.READER)
NOT_HERE = "没有找到这份报告。"


@dataclass(frozen=True, slots=True)
class Due:
    """The moment before which a report must be sent, the clause that says so, and whether it was extended."""

    at: datetime
    clause: str
    extended: bool = False


def at_work(authority: Authority, round: Round) -> QuerySet[Application]:
    """The applications that an office works on now."""
    found = Application.objects.filter(holder=authority, round=round, state__in=AT_WORK)
    return with_relations(found).order_by("pk")


def split(authority: Authority, round: Round) -> tuple[list[Standing], list[Standing]]:
    """The office's applications: those ready to be reported, and those with something left to decide."""
    known = standings(at_work(authority, round)).values()
    return [s for s in known if s.settled], [s for s in known if not s.settled]


def carried(standing: Standing) -> tuple[Decision, ...]:
    """The decisions that a report carries upward: the office's own, and what lower tiers granted."""
    own = standing.application.holder_id
    return tuple(d for d in standing.decisions if d.authority_id == own or d in standing.granted)


def line_keys(known: Iterable[Standing]) -> set[tuple[int, int | None]]:
    """Application and decision of every line that these standings make."""
    keys: set[tuple[int, int | None]] = set()
    for standing in known:
        decisions = carried(standing)
        keys |= {(standing.application.pk, d.pk) for d in decisions} or {(standing.application.pk, None)}
    return keys


def kept_keys(report: Report) -> set[tuple[int, int | None]]:
    """Application and decision of every line of a report."""
    return set(ReportLine.objects.filter(report=report).values_list("application_id", "decision_id"))


def due(round: Round, authority: Authority, more: Longer | None = None) -> Due | None:
    """When the reports of an office are due in a round; None where its tier reports to nobody.

    `more` are the extensions granted; they are asked for where none are given (one query).
    """
    return due_of(round, authority.tier, authority.pk, longer([round]) if more is None else more)


def due_of(round: Round, tier: str, authority: int | None, more: Longer) -> Due | None:
    """The same for an authority's id; None stands for all of the tier that have no extension of their own."""
    rulebook = rulebook_of(round.edition)
    rule = rulebook.report_from(tier)
    if rule is None:
        return None
    deadline = rulebook.deadline(rule.deadline)
    at = last_moment(deadline.on, rulebook.programme.timezone, inclusive=deadline.inclusive)
    until = [more.get((round.pk, rule.deadline, whose), at) for whose in (authority, None)]
    extended = max(at, *until)
    return Due(extended, deadline.clause[0], extended != at)


def mended(report: Report) -> bool:
    """Whether a late report only mends one that was in time: all its applications were on that one."""
    at = due(report.round, report.authority)
    if at is None:
        return False
    before = ReportLine.objects.filter(
        report__round=report.round_id,
        report__authority=report.authority_id,
        report__state=ReportState.RETURNED,
        report__sent_at__lt=at.at,
    ).values_list("application_id", flat=True)
    return {application for application, _decision in kept_keys(report)} <= set(before)


def reports() -> QuerySet[Report]:
    """Reports with what pages need of them, newest first."""
    related = (
        "authority", "recipient", "supersedes", "round", "round__programme", "round__edition", "paper__file"
    )  # fmt: skip
    known = Report.objects.select_related(*related, "table__file", "scan", "prepared_by", "countersigned_by")
    return known.defer("round__edition__source", "round__edition__contacts").order_by("-round", "-seq", "-pk")


def reports_of(actor: Actor) -> QuerySet[Report]:
    """The reports of the offices in which this person works or countersigns; all for an auditor."""
    if actor.is_auditor:
        return _counted(reports())
    own = actor.authorities(*OFFICE, Role.COUNTERSIGNER)
    return _counted(reports().filter(authority__in=own))


def reports_received(actor: Actor) -> QuerySet[Report]:
    """The reports that came to this person's offices, newest first, with how many applications they carry.

    Finance of the recipient reads them where the rulebook addresses it, too.
    """
    came = reports().filter(state__in=GONE).order_by("-sent_at", "-pk")
    return _counted(came.filter(_received_by(actor)))


PLAIN_TABLE = "summary_table_plain"
# The papers of a report by what addresses call them: its own, and those that go with it.
WHICH = {"paper": "report", "table": "summary_table", "decision": "decision", "letter": "recommendation"}


def report_paper(actor: Actor, report: Report, which: str) -> Paper | None:
    """The newest of a report's papers of this name. Whoever reads no applications gets the table without
    the persons in it."""
    kind = WHICH.get(which, "")
    if kind == "summary_table" and not reads_persons(actor, report):
        kind = PLAIN_TABLE
    return paper_of(report, kind)


def paper_of(report: Report, kind: str) -> Paper | None:
    """The newest paper of this kind that goes with the present draft."""
    return _with(report).filter(kind=kind).first() if kind else None


def reads_persons(actor: Actor, report: Report) -> bool:
    """Whether this person's office has the applications themselves; finance reads of enterprises only."""
    offices = {report.authority_id, report.recipient_id}
    return actor.is_auditor or bool(offices & set(actor.authorities(*OFFICE)))


def report_kinds(report: Report) -> set[str]:
    """Names of the papers that go with the report and were made."""
    made = set(_with(report).values_list("kind", flat=True))
    return {name for name, kind in WHICH.items() if kind in made}


def _with(report: Report) -> QuerySet[Paper]:
    """The papers of the present draft: each time it is drafted anew, all of them are."""
    if report.paper is None:
        return papers("")
    return papers(report.stream).filter(issued_at=report.paper.issued_at)


def get_report(actor: Actor, uid: UUID) -> Report:
    """A report that this person may read; NotAllowed otherwise, as if it did not exist."""
    own = Q(authority__in=actor.authorities(*OFFICE, Role.COUNTERSIGNER))
    came = Q(state__in=GONE) & _received_by(actor)
    seen = Q() if actor.is_auditor else own | came
    found = reports().filter(seen, uid=uid).first()
    if found is None:
        raise NotAllowed(NOT_HERE)
    return found


def _received_by(actor: Actor) -> Q:
    if actor.is_auditor:
        return Q()
    finance = actor.authorities(Role.COUNTERSIGNER)
    rounds = [r.pk for r in _rounds(finance) if _finance_reads(r)] if finance else []
    return Q(recipient__in=actor.authorities(*OFFICE)) | Q(recipient__in=finance, round__in=rounds)


def _rounds(authorities: Iterable[int]) -> QuerySet[Round]:
    with_reports = Report.objects.filter(recipient__in=list(authorities)).values("round")
    return Round.objects.filter(pk__in=with_reports).select_related("edition").defer("edition__source")


def _finance_reads(round: Round) -> bool:
    return any("finance" in rule.read_by for rule in rulebook_of(round.edition).reports)


def _counted(found: QuerySet[Report]) -> QuerySet[Report]:
    lines = ReportLine.objects.filter(report=OuterRef("pk")).order_by().values("report")
    return found.annotate(size=Subquery(lines.annotate(n=Count("application", distinct=True)).values("n")))


@dataclass(frozen=True, slots=True)
class Row:
    """An application on a report with the decisions that it carries."""

    application: Application
    decisions: tuple[Decision, ...]


def rows(report: Report) -> list[Row]:
    """The lines of a report by application (one query)."""
    lines = ReportLine.objects.filter(report=report).select_related(
        "application__enterprise", "application__holder", "decision__authority", "decision__minutes"
    )
    grouped: dict[int, list[Decision]] = defaultdict(list)
    known: dict[int, Application] = {}
    for line in lines.defer("application__answers").order_by("application_id", "decision_id"):
        known[line.application_id] = line.application
        if line.decision is not None:
            grouped[line.application_id].append(line.decision)
    return [Row(application, tuple(grouped[pk])) for pk, application in known.items()]


def in_hand(authority: Authority, round: Round) -> Report | None:
    """The report that an office has not sent yet."""
    return reports().filter(authority=authority, round=round, state__in=IN_HAND).first()


def applications_of(ids: Iterable[int]) -> QuerySet[Application]:
    """The applications of these ids."""
    return Application.objects.filter(pk__in=list(ids))


def still_reported(report: Report) -> QuerySet[Application]:
    """The applications on a report that wait with the recipient."""
    on = ReportLine.objects.filter(report=report).values("application")
    return Application.objects.filter(pk__in=on, state=State.REPORTED)
