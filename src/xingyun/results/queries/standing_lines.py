"""What an announcement would give now, and what it still waits for."""

from datetime import datetime

from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.clock import calendar_day
from xingyun.results.models import Notice, NoticeLine
from xingyun.reviews.queries import repeating
from xingyun.reviews.queries.repeating import Unasked
from xingyun.rounds.queries import rulebook_of

Awarded = list[tuple[Application, str]]


def standing_lines(notice: Notice) -> Awarded:
    """The lines that were not struck, with their levels, the highest first (one query)."""
    lines = NoticeLine.objects.filter(
        notice=notice, struck_at=None, application__state=State.PROPOSED
    ).select_related("application__enterprise", "application__authority", "application__edition")
    found = lines.defer("application__answers", "application__edition__source")
    return [(line.application, line.level) for line in found.order_by("-rank", "application__number")]


def unasked(notice: Notice, now: datetime) -> list[Unasked]:
    """What an announcement on this day would wait for: two queries, and those of verdicts on entries."""
    checks = rulebook_of(notice.round.edition).outside_checks
    if all(rule.repeat_within_days is None for rule in checks):
        return []
    return repeating.unasked(standing_lines(notice), calendar_day(now))
