"""Moments, sums and references in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from xingyun.clock import ZONE
from xingyun.rulebook.text import Text
from xingyun.web import wording

MIDNIGHT = datetime(2020, 10, 20, tzinfo=ZONE)


def test_the_exclusive_end_at_midnight_is_the_day_before_at_24():
    assert wording.until(MIDNIGHT) == "10月19日 24:00"
    assert wording.until(MIDNIGHT.astimezone(UTC)) == "10月19日 24:00"
    assert wording.last_day(MIDNIGHT) == "10月19日"


def test_an_end_within_the_day_is_written_as_it_is():
    assert wording.until(MIDNIGHT + timedelta(hours=17)) == "10月20日 17:00"


def test_the_first_of_the_year_ends_the_year_before():
    assert wording.until(datetime(2021, 1, 1, tzinfo=ZONE)) == "12月31日 24:00"


def test_a_moment_is_written_in_shanghai():
    assert wording.when(datetime(2020, 10, 11, 16, 30, tzinfo=UTC)) == "10月12日 00:30"


def test_another_year_is_named():
    assert wording.day(date(2019, 12, 31)) == "2019年12月31日"
    assert wording.full_day(date(2020, 10, 12)) == "2020年10月12日"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=7, hours=14, minutes=19), "还有 7 天 14 小时"),
        (timedelta(hours=5, minutes=30), "还有 5 小时"),
        (timedelta(hours=1, minutes=30), "还有 1 小时 30 分钟"),
        (timedelta(seconds=20), "还有 0 分钟"),
        (timedelta(days=-2, hours=-3), "已过 2 天 3 小时"),
    ],
)
def test_what_remains(now, left, said):
    assert wording.remaining(now + left, now) == said


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=14, hours=14), "还有 14 天"),
        (timedelta(days=2), "还有 2 天"),
        (timedelta(days=1, hours=23), "还有 1 天 23 小时"),
        (timedelta(days=-2, hours=-3), "已过 2 天 3 小时"),
    ],
)
def test_what_remains_in_whole_days_until_the_last_two(now, left, said):
    assert wording.days_left(now + left, now) == said


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (86_200_000, "86.2 万元"),
        (100_000_000_000, "100,000 万元"),
        (1, "0.000001 万元"),
        (0, "0 万元"),
        (-15_000_000, "-15 万元"),
    ],
)
def test_ten_thousands_drop_nothing(fen, said):
    assert wording.wan(fen) == said


def test_yuan_and_numbers():
    assert wording.yuan(21_400_005) == "214,000.05"
    assert wording.yuan(-5) == "-0.05"
    assert wording.number(21968) == "21,968"


@pytest.mark.parametrize(
    ("ref", "place", "said"),
    [
        ("三、2", "c3-2", "通知 三、2"),
        ("二、10", "c2-10", "通知 二、10"),
        ("四", "c4", "通知 四"),
        ("十一、3", "c11-3", "通知 十一、3"),
        ("附件1", "c-附件1", "附件1"),
    ],
)
def test_clauses_have_a_place_and_a_name(ref, place, said):
    assert wording.clause_id(ref) == place
    assert wording.clause(ref) == said


def test_english():
    with translation.override("en"):
        assert wording.until(MIDNIGHT) == "19 October 24:00"
        assert wording.weekday(MIDNIGHT) == "Tue"
        assert wording.tell(Text("三星级", "Three stars")) == "Three stars"
    assert wording.tell(Text("三星级", "Three stars")) == "三星级"
