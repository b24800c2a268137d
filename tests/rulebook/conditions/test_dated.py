"""A date of the form inside a window, or within so many months."""

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from tests.rulebook.conditions.conftest import Book, field, kinds, of, rule

from xingyun.rulebook import Facts
from xingyun.rulebook.explain import lines

WHEN = 'field = "when"'
DAY = date(2022, 3, 1)


def _typed(facts: Facts, typed: str, day: date | None = DAY) -> Facts:
    return dataclasses.replace(facts, raw={**facts.raw, "when": typed}, day=day)


SIDES = [
    ("within_months = 36", "2019-02-28", "obstacle"),
    ("within_months = 36", "2019-03-01", "ok"),
    ("within_months = 36", "2022-03-01", "ok"),
    ("within_months = 36", "2022-03-02", "obstacle"),
    ("within_months = 36\nfrom_inclusive = false", "2019-03-01", "obstacle"),
    ("within_months = 36\nfrom_inclusive = false", "2019-03-02", "ok"),
    ("within_months = 36\nto_inclusive = false", "2022-03-01", "obstacle"),
    ("within_months = 36\nas_of = 2021-12-31", "2018-12-30", "obstacle"),
    ("within_months = 36\nas_of = 2021-12-31", "2018-12-31", "ok"),
    ("within_months = 36\nas_of = 2021-12-31", "2022-01-01", "obstacle"),
    ("from = 2020-01-01", "2019-12-31", "obstacle"),
    ("from = 2020-01-01", "2020-01-01", "ok"),
    ("from = 2020-01-01\nfrom_inclusive = false", "2020-01-01", "obstacle"),
    ("to = 2020-12-31", "2020-12-31", "ok"),
    ("to = 2020-12-31", "2021-01-01", "obstacle"),
    ("to = 2020-12-31\nto_inclusive = false", "2020-12-31", "obstacle"),
    ("from = 2020-01-01\nto = 2020-12-31", "2020-06-01", "ok"),
]


@pytest.mark.parametrize(("window", "typed", "kind"), SIDES)
def test_both_sides_of_every_end(book: Book, gold: Facts, window: str, typed: str, kind: str) -> None:
    rulebook = book(rule("dated", WHEN, window), field("date"))
    found = of(rulebook, _typed(gold, typed))
    assert [f.kind for f in found] == [kind]
    assert found[0].facts[0].zh.startswith("乙：")
    assert found[0].remedy.zh == ("请核对“乙”。" if kind == "obstacle" else "")


MONTHS = [
    ("from = 2020-01-01", "2019-12", "obstacle"),
    ("from = 2020-01-01", "2020-01", "ok"),
    ("from = 2020-01-02", "2020-01", "judge"),
    ("to = 2020-02-29", "2020-02", "ok"),
    ("to = 2020-02-28", "2020-02", "judge"),
    ("from = 2020-02-10\nto = 2020-02-20", "2020-02", "judge"),
    ("within_months = 12", "2022-03", "judge"),
]


@pytest.mark.parametrize(("window", "typed", "kind"), MONTHS)
def test_a_month_counts_whole(book: Book, gold: Facts, window: str, typed: str, kind: str) -> None:
    rulebook = book(rule("dated", WHEN, window), field("month"))
    assert kinds(rulebook, _typed(gold, typed)) == [kind]


def test_without_an_answer_it_says_nothing(book: Book, gold: Facts) -> None:
    rulebook = book(rule("dated", WHEN, "from = 2020-01-01"), field("date"))
    assert of(rulebook, gold) == []
    assert of(rulebook, _typed(gold, "yesterday")) == []


def test_before_the_day_is_known_it_is_only_a_hint(book: Book, gold: Facts) -> None:
    facts = _typed(gold, "2020-01-01", day=None)
    assert kinds(book(rule("dated", WHEN, "within_months = 36"), field("date")), facts) == ["hint"]
    fixed = book(rule("dated", WHEN, "within_months = 36\nas_of = 2021-12-31"), field("date"))
    assert kinds(fixed, facts) == ["ok"]


def test_it_may_be_left_to_the_reviewers(book: Book, gold: Facts) -> None:
    rulebook = book(rule("dated", WHEN, "from = 2020-01-01", 'otherwise = "judge"'), field("date"))
    assert kinds(rulebook, _typed(gold, "2019-01-01")) == ["judge"]


FAULTS = [
    ("", "from, to or within_months is needed"),
    ("within_months = 0", "from 1 to 1200 months"),
    ("within_months = 1201", "from 1 to 1200 months"),
    ("within_months = 1\nfrom = 2020-01-01", "either within_months, or from and to"),
    ("within_months = 1\nto = 2020-01-01", "either within_months, or from and to"),
    ("from = 2020-01-01\nas_of = 2020-01-01", "as_of goes with within_months"),
    ("from = 2020-01-02\nto = 2020-01-01", "ends before it starts"),
    ("to = 2020-01-01\nfrom_inclusive = false", "from_inclusive goes with from"),
    ("from = 2020-01-01\nto_inclusive = false", "to_inclusive goes with a date"),
]


@pytest.mark.parametrize(("lines_", "said"), FAULTS)
def test_faults(wrong: Callable[..., list[str]], lines_: str, said: str) -> None:
    found = wrong(rule("dated", WHEN, lines_), field("date"))
    assert len(found) == 1
    assert said in found[0]


def test_the_field_must_be_a_date(wrong: Callable[..., list[str]]) -> None:
    found = wrong(rule("dated", WHEN, "from = 2020-01-01"), field("short_text"))
    assert any("must be a date or a month" in line for line in found)
    assert any("form.fields has no when" in line for line in wrong(rule("dated", WHEN, "from = 2020-01-01")))


def test_explained(book: Book) -> None:
    rulebook = book(
        rule("dated", WHEN, "within_months = 36"),
        rule("dated", WHEN, "within_months = 36", "from_inclusive = false", "as_of = 2021-12-31", key="b"),
        rule("dated", WHEN, "from = 2020-01-01", "to = 2020-12-31", key="c"),
        field("date"),
    )
    said = [line.words.zh for line in lines(rulebook)]
    assert "甲；“乙”在提交之日前36个月内" in said
    assert "甲；“乙”在2021年12月31日前36个月内；两端不全含" in said
    assert "甲；“乙”：2020年1月1日至2020年12月31日" in said
