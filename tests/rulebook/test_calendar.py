"""Working days, deadlines, windows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingyun.rulebook import Rulebook, calendar

DAYS = st.dates(date(2020, 1, 1), date(2026, 6, 30))


@given(DAYS, st.integers(1, 60), st.booleans())
def test_the_last_day_is_a_working_day_and_the_count_is_right(start: date, days: int, first: bool) -> None:
    end = calendar.add_working_days(start, days, first_day_counted=first)
    begin = start if first else start + timedelta(days=1)
    span = [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
    assert calendar.china().is_working_day(end)
    assert sum(map(calendar.china().is_working_day, span)) == days


@given(DAYS, st.integers(1, 30))
def test_counting_the_first_day_never_ends_later(start: date, days: int) -> None:
    counted = calendar.add_working_days(start, days, first_day_counted=True)
    assert counted <= calendar.add_working_days(start, days, first_day_counted=False)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2020, 1, 1), False),
        (date(2020, 1, 19), True),  # a make-up Sunday
        (date(2023, 10, 7), True),  # a make-up Saturday
        (date(2023, 10, 8), True),
        (date(2020, 10, 8), False),
        (date(2020, 10, 12), True),
    ],
)
def test_exceptions(day: date, works: bool) -> None:
    assert calendar.china().is_working_day(day) is works


def test_years_without_a_list_are_known_to_be_a_forecast() -> None:
    china = calendar.china()
    assert china.knows(date(2020, 1, 1), date(2026, 12, 31))
    assert not china.knows(date(2026, 12, 30), date(2027, 1, 4))


def test_no_days_are_no_period() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        calendar.add_working_days(date(2020, 1, 2), 0, first_day_counted=True)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_the_last_moment_is_the_next_midnight(day: date) -> None:
    end = calendar.last_moment(day)
    assert end == calendar.first_moment(day + timedelta(days=1))
    assert (end - timedelta(microseconds=1)).date() == day
    assert calendar.last_moment(day, inclusive=False) == calendar.first_moment(day)


def test_a_window_is_closed_at_its_end() -> None:
    opens, closes = calendar.first_moment(date(2020, 10, 9)), calendar.last_moment(date(2020, 10, 19))
    second = timedelta(seconds=1)
    assert calendar.is_open(opens, closes, opens)
    assert not calendar.is_open(opens, closes, opens - second)
    assert calendar.is_open(opens, closes, closes - second)
    assert not calendar.is_open(opens, closes, closes)


def test_the_districts_deadline(first: Rulebook) -> None:
    assert first.closes("district-report") == datetime(2020, 10, 26, 16, tzinfo=UTC)
    assert first.fixed_window("applications") is None


def test_a_notice_in_calendar_days(edited: object) -> None:
    book = edited(("working_days = true", "working_days = false"))  # type: ignore[operator]
    assert book.notice_ends(date(2020, 12, 23)) == date(2020, 12, 27)


def test_a_fixed_window(edited: object) -> None:
    change = ('set_by = "district"\nbefore = "district-report"', "opens = 2020-10-09\ncloses = 2020-10-19")
    opens, closes = edited(change).fixed_window("applications")  # type: ignore[operator]
    assert (opens, closes) == (datetime(2020, 10, 8, 16, tzinfo=UTC), datetime(2020, 10, 19, 16, tzinfo=UTC))


def test_a_list_of_exceptions_is_read() -> None:
    read = calendar.read(
        "# 通知\ndate,kind,name\n2030-02-02,holiday_spring,春节\n2031-02-02,makeup_workday,调休\n"
    )
    assert read.exceptions == {date(2030, 2, 2): False, date(2031, 2, 2): True}
    assert [read.knows(date(y, 1, 1), date(y, 12, 31)) for y in (2029, 2030, 2031)] == [False, True, True]


def test_the_last_moment_is_that_of_its_own_zone() -> None:
    day = date(2020, 10, 26)
    assert calendar.last_moment(day, "UTC") == datetime(2020, 10, 27, tzinfo=UTC)
    assert calendar.last_moment(day, "UTC", inclusive=False) == datetime(2020, 10, 26, tzinfo=UTC)
    assert calendar.last_moment(day) == datetime(2020, 10, 26, 16, tzinfo=UTC)
