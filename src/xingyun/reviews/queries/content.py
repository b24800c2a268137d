"""What a report says: what is newly settled, and what stays as it stood on the report that it supersedes."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from xingyun.applications.states import State
from xingyun.registry.models import Authority
from xingyun.reviews.models import Decision, Report, ReportLine, ReturnedRow
from xingyun.reviews.queries import reporting
from xingyun.reviews.queries.standing import Standing, standings, with_relations
from xingyun.reviews.states import ReportState
from xingyun.rounds.models import Round

# Whoever is out of the round is on no further report.
OUT = (State.DISQUALIFIED, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Content:
    """`ready` is reported now, `undecided` left for later; `frozen` are the unchanged rows, as reported."""

    ready: tuple[Standing, ...]
    undecided: tuple[Standing, ...]
    frozen: tuple[Standing, ...]

    @property
    def rows(self) -> tuple[Standing, ...]:
        """All rows of the report, in one order."""
        return tuple(sorted((*self.ready, *self.frozen), key=lambda s: s.application.pk))

    @property
    def keys(self) -> set[tuple[int, int | None]]:
        """Application and decision of every line."""
        return reporting.line_keys(self.ready) | {
            (s.application.pk, d.pk if d else None) for s in self.frozen for d in s.decisions or (None,)
        }


def content(authority: Authority, round: Round, supersedes: Report | None, now: datetime) -> Content:
    """What the office's next report says (a constant number of queries).

    What another returned report has to mend is left to the one that supersedes that; after the deadline
    nothing new comes onto a report that mends one.
    """
    known = list(standings(reporting.at_work(authority, round)).values())
    elsewhere = _mended_elsewhere(authority, round, supersedes)
    known = [s for s in known if s.application.pk not in elsewhere]
    if supersedes is not None and _late(authority, round, now):
        on = set(ReportLine.objects.filter(report=supersedes).values_list("application", flat=True))
        known = [s for s in known if s.application.pk in on]
    return Content(
        ready=tuple(s for s in known if s.settled),
        undecided=tuple(s for s in known if not s.settled),
        frozen=frozen(supersedes, {s.application.pk for s in known}),
    )


def frozen(superseded: Report | None, at_work: Collection[int]) -> tuple[Standing, ...]:
    """The rows of a report that its successor carries over, each with the decisions as they were reported.

    Not those that were given back, those that the office has at work again, and what was revoked since.
    """
    if superseded is None:
        return ()
    lines = _unchanged(superseded).exclude(application__in=at_work)
    reported: dict[int, list[Decision]] = defaultdict(list)
    for line in lines.select_related("decision__authority").order_by("application_id", "decision_id"):
        reported[line.application_id] += [line.decision] if line.decision else []
    found = with_relations(reporting.applications_of(reported)).order_by("pk")
    return tuple(
        replace(standing, decisions=tuple(reported[pk])) for pk, standing in standings(found).items()
    )


def frozen_keys(superseded: Report | None, at_work: Collection[int]) -> set[tuple[int, int | None]]:
    """Application and decision of the lines that are carried over (one query)."""
    if superseded is None:
        return set()
    lines = _unchanged(superseded).exclude(application__in=at_work)
    return set(lines.values_list("application_id", "decision_id"))


def to_mend(authority: Authority, round: Round) -> Report | None:
    """The oldest returned report that no other one supersedes yet."""
    return _unmended(authority, round).order_by("seq").first()


def successor(report: Report) -> Report | None:
    """The report that supersedes this one, drafted or sent."""
    return Report.objects.filter(supersedes=report).first()


def _unchanged(superseded: Report) -> QuerySet[ReportLine]:
    returned = ReturnedRow.objects.filter(report=superseded).values("application")
    lines = ReportLine.objects.filter(report=superseded).exclude(application__in=returned)
    standing = Q(decision=None) | Q(decision__revoked_at=None)
    return lines.filter(standing).exclude(application__state__in=OUT)


def _unmended(authority: Authority, round: Round) -> QuerySet[Report]:
    later = Report.objects.filter(supersedes=OuterRef("pk"))
    returned = Report.objects.filter(authority=authority, round=round, state=ReportState.RETURNED)
    return returned.exclude(Exists(later))


def _mended_elsewhere(authority: Authority, round: Round, supersedes: Report | None) -> set[int]:
    others = _unmended(authority, round)
    if supersedes is not None:
        others = others.exclude(pk=supersedes.pk)
    return set(ReturnedRow.objects.filter(report__in=others).values_list("application", flat=True))


def _late(authority: Authority, round: Round, now: datetime) -> bool:
    due = reporting.due(round, authority)
    return due is not None and now >= due.at
