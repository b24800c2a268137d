"""Months by anniversary: the same day of another month, or that month's last day where it has no such day."""

from calendar import monthrange
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def after(day: date, months: int) -> date:
    """The same day so many months later (earlier where negative); never outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def before(day: date, months: int) -> date:
    """The same day so many months earlier."""
    return after(day, -months)


def next_day(day: date) -> date:
    """The day after; the calendar's last day has none and stays."""
    return day if day == date.max else day + ONE_DAY


def previous_day(day: date) -> date:
    """The day before; the calendar's first day has none and stays."""
    return day if day == date.min else day - ONE_DAY


def complete(start: date, months: int, *, inclusive: bool) -> date:
    """The day on which what began on `start` has lasted so many months.

    That is the same day of the month, or the day before it where the last day itself counts (`inclusive`).
    In a month without such a day it is its last day either way.
    """
    same = after(start, months)
    return previous_day(same) if inclusive and same.day == start.day else same


def clear_of(day: date, months: int) -> date:
    """The first day that looks back so many months without seeing `day`."""
    free = next_day(after(day, months))
    while before(free, months) <= day and free != date.max:
        free = next_day(free)
    return free
