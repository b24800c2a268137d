"""First submissions of each day of the window, with a mark where it closes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from xingyun.clock import calendar_day
from xingyun.documents.tables import Column
from xingyun.rounds.models import Window
from xingyun.web import wording
from xingyun.web.charts.columns import Columns, columns
from xingyun.web.charts.table import Table

# A longer window is drawn week by week.
MOST_DAYS = 45
WEEK = 7


@dataclass(frozen=True, slots=True)
class Daily:
    """The chart (None without a window), its table; `weekly`: a column is a week."""

    chart: Columns | None
    table: Table
    weekly: bool


def daily(days: Iterable[Sequence[int | str]], windows: Sequence[Window], now: datetime) -> Daily:
    """`days` is (day, submissions); `windows` those in which applications are handed in, in force."""
    counted = {date.fromisoformat(str(day)): int(n) for day, n in days}
    first, length = _span(counted, windows)
    step = WEEK if length > MOST_DAYS else 1
    today = calendar_day(now)
    values: list[tuple[date, int | None]] = []
    for at in range(0, length, step):
        begins = first + timedelta(at)
        own = [counted.get(begins + timedelta(k), 0) for k in range(step)]
        values.append((begins, sum(own) if begins <= today else None))
    shown = [(wording.day(day), n) for day, n in values]
    ends = sorted({(_last_day(window) - first).days // step for window in windows})
    said = _("各处先后截止") if len(ends) > 1 else _("截止")
    marks = [(at, said if at == ends[-1] else "") for at in ends]
    busiest = max((n or 0 for _day, n in shown), default=0)
    told = _("每日提交，最多的一天 %(n)s 份") % {"n": busiest}
    heads = (Column(_("一周，从") if step == WEEK else _("日期"), width=18), Column(_("已提交"), "int"))
    table = Table(key="days", title=_("每日提交"), columns=heads, rows=shown)
    return Daily(columns(told, shown, marks), table, step == WEEK)


def _span(counted: dict[date, int], windows: Sequence[Window]) -> tuple[date, int]:
    """The first opening, and how many days to the last on which something was or may be handed in."""
    opens = [*(calendar_day(w.opens) for w in windows), *counted]
    closes = [*map(_last_day, windows), *counted]
    return (min(opens), (max(closes) - min(opens)).days + 1) if opens else (date.min, 0)


def _last_day(window: Window) -> date:
    return calendar_day(window.closes - timedelta(microseconds=1))
