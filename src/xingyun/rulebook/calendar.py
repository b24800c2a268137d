"""Working days with the state's holidays and make-up workdays, and the edges of dates and windows.

Exceptions from the State Council's yearly lists, kept in data/cn_calendar_exceptions_2020_2026.csv.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

SHANGHAI = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that are not what their weekday says: True for a make-up workday, False for a holiday."""

    exceptions: Mapping[date, bool]
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return self.exceptions.get(day, day.weekday() < 5)

    def knows(self, first: date, last: date) -> bool:
        """Whether the lists of all years from `first` to `last` are at hand; if not, it is a forecast."""
        return all(year in self.years for year in range(first.year, last.year + 1))

    def add_working_days(self, start: date, days: int, *, first_day_counted: bool) -> date:
        """The last of `days` working days. `start` itself is one of them if counted and a working day."""
        if days < 1:
            raise ValueError("days must be at least 1")
        day = start if first_day_counted else start + timedelta(days=1)
        while True:
            days -= self.is_working_day(day)
            if days == 0:
                return day
            day += timedelta(days=1)


@lru_cache(maxsize=1)
def china() -> Calendar:
    """The packaged calendar."""
    source = resources.files("xingyun.rulebook") / "data" / "cn_calendar_exceptions_2020_2026.csv"
    return read(source.read_text("utf-8"))


def read(text: str) -> Calendar:
    """A calendar from CSV with the columns date, kind (makeup_workday or holiday_…), name."""
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    days = {date.fromisoformat(row["date"]): row["kind"] == "makeup_workday" for row in rows}
    return Calendar(days, frozenset(day.year for day in days))


def add_working_days(start: date, days: int, *, first_day_counted: bool) -> date:
    """`Calendar.add_working_days` of the packaged calendar."""
    return china().add_working_days(start, days, first_day_counted=first_day_counted)


def first_moment(day: date, tz: str = SHANGHAI) -> datetime:
    """0:00 of `day` in `tz`."""
    return datetime.combine(day, time.min, ZoneInfo(tz))


def last_moment(day: date, tz: str = SHANGHAI, *, inclusive: bool = True) -> datetime:
    """The end of an interval [opens, closes) whose last day is `day`: that day's 24:00, the next midnight.

    Not inclusive: `day` itself no longer counts, so the end is its 0:00.
    """
    return first_moment(day + timedelta(days=1) if inclusive else day, tz)


def is_open(opens: datetime, closes: datetime, now: datetime) -> bool:
    """Whether `now` lies in the window [opens, closes)."""
    return opens <= now < closes
