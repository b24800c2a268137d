"""Days in words: found in both languages, held against the rulebook's dates."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.rulebook.conftest import FIRST

from xingyun.rulebook import Rulebook
from xingyun.rulebook.load import warnings
from xingyun.rulebook.named_days import named_days

FOUND = [
    ("10月26日24:00前", [("10月26日", None, 10, 26)]),
    (
        "2021年1月1日至9月30日（都含）",
        [("2021年1月1日", 2021, 1, 1), ("9月30日", None, 9, 30)],
    ),
    ("By 24:00 on 26 October each district", [("26 October", None, 10, 26)]),
    ("since 1 January 2020 (included)", [("1 January 2020", 2020, 1, 1)]),
    ("2020年内、5个月、12 Mayors", []),
]


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_days_in_words(text: str, found: list[tuple[str, int | None, int, int]]) -> None:
    assert [(d.words, d.year, d.month, d.day) for d in named_days(text)] == found


@pytest.mark.parametrize(
    ("text", "on", "is_it"),
    [
        ("10月26日", date(2021, 10, 26), True),
        ("2020年10月26日", date(2021, 10, 26), False),
        ("10月26日", date(2021, 10, 27), False),
    ],
)
def test_a_day_without_a_year_may_be_of_any(text: str, on: date, is_it: bool) -> None:
    assert next(named_days(text)).may_be(on) is is_it


def test_a_date_that_moved_without_its_words_is_warned_of(edited: Callable[..., Rulebook]) -> None:
    moved = edited(("on = 2020-10-26", "on = 2020-10-31"), folder=FIRST)
    found = [w for w in warnings(moved.source) if "no date" in w.problem.en]
    assert {w.key.rpartition(".")[0] for w in found} == {"clauses[16]", "deadlines[1]", "interpretations[8]"}
    assert "写着“10月26日”，规则书里没有这个日期" in {w.problem.zh for w in found}


@pytest.mark.parametrize(("words", "warned"), [("10月25日", False), ("10月27日", False), ("10月24日", True)])
def test_the_day_beside_an_end_that_is_not_included_is_known(
    edited: Callable[..., Rulebook], words: str, warned: bool
) -> None:
    open_end = edited(
        ("inclusive = true\ninterpretation", "inclusive = false\ninterpretation"),
        ("各区县于10月26日", f"各区县于{words}"),
        folder=FIRST,
    )
    found = [w for w in warnings(open_end.source) if words in w.problem.zh]
    assert bool(found) is warned
