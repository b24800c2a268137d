"""Months by anniversary, at the ends of months and of the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingyun.rulebook import months


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        (date(2020, 3, 15), 3, date(2020, 6, 15)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2020, 12, 31), 12, date(2021, 12, 31)),
        (date(2020, 3, 31), -1, date(2020, 2, 29)),
        (date(2020, 1, 1), -1, date(2019, 12, 1)),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
        (date(9999, 12, 1), 1, date.max),
        (date(1, 2, 1), -1, date(1, 1, 1)),
        (date(2, 3, 5), -12, date(1, 3, 5)),
        (date(1, 1, 31), -1, date.min),
    ],
)
def test_after(day: date, n: int, then: date) -> None:
    assert months.after(day, n) == then


@given(st.dates(), st.integers(1, 60))
def test_the_first_free_day_is_the_first(day: date, n: int) -> None:
    free = months.clear_of(day, n)
    if free == date.max:
        return
    assert months.before(free, n) > day
    assert months.before(free - timedelta(days=1), n) <= day


def test_a_day_that_shorter_months_draw_together() -> None:
    # Six months before 29, 30 and 31 August is the end of February.
    assert months.clear_of(date(2021, 2, 28), 6) == date(2021, 9, 1)


def test_the_calendar_ends() -> None:
    assert months.next_day(date.max) == date.max
    assert months.previous_day(date.min) == date.min
    assert months.previous_day(date(2020, 3, 1)) == date(2020, 2, 29)
    assert months.clear_of(date.max, 1) == date.max
    assert months.next_day(date(2020, 2, 28)) == date(2020, 2, 29)
