"""Windows of sums: open, closed, with and without their ends."""

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from tests.rulebook.conditions.conftest import Book, kinds, of, rule
from tests.rulebook.conftest import SECOND

from xingyun.rulebook import Event, Facts, Rulebook, self_check
from xingyun.rulebook.engine import sums
from xingyun.rulebook.explain import lines
from xingyun.rulebook.facts import Oddity
from xingyun.rulebook.schema.conditions import Spend

BASE = 'event = "payment"'


def _paid(facts: Facts, *dates: date, yuan: int = 100, day: date | None = date(2022, 3, 1)) -> Facts:
    paid = tuple(Event(on=on, fen=yuan * 100) for on in dates)
    return dataclasses.replace(facts, payments=paid, day=day)


SIDES = [
    # lines, day, kinds
    ("", date(1999, 1, 1), ["ok"]),
    ("", date(2022, 3, 1), ["ok"]),
    ("", date(2022, 3, 2), ["missing", "wrong"]),
    ('to = "open"', date(2022, 3, 2), ["ok"]),
    ('from = 2021-06-01\nto = "open"', date(2021, 5, 31), ["obstacle"]),
    ('from = 2021-06-01\nto = "open"', date(2021, 6, 1), ["ok"]),
    ("from = 2021-06-01\nfrom_inclusive = false", date(2021, 6, 1), ["obstacle"]),
    ("from = 2021-06-01\nfrom_inclusive = false", date(2021, 6, 2), ["ok"]),
    ("to = 2021-12-31", date(2021, 12, 31), ["ok"]),
    ("to = 2021-12-31", date(2022, 1, 1), ["obstacle"]),
    ("to = 2021-12-31", date(2022, 3, 1), ["obstacle"]),
    ("to = 2021-12-31", date(2022, 3, 2), ["missing", "wrong"]),
    ("to = 2021-12-31\nto_inclusive = false", date(2021, 12, 30), ["ok"]),
    ("to = 2021-12-31\nto_inclusive = false", date(2021, 12, 31), ["obstacle"]),
    ("from = 2021-06-01\nto = 2021-06-01", date(2021, 6, 1), ["ok"]),
]


@pytest.mark.parametrize(("window", "on", "found"), SIDES)
def test_both_sides_of_every_end(book: Book, gold: Facts, window: str, on: date, found: list[str]) -> None:
    assert kinds(book(rule("spend", BASE, window)), _paid(gold, on)) == found


def test_what_lies_on_either_side_is_told_apart(book: Book, gold: Facts) -> None:
    rulebook = book(rule("spend", BASE, "from = 2021-06-01", "to = 2021-12-31"))
    days = (date(2021, 7, 1), date(2022, 1, 5), date(2022, 2, 5), date(2022, 3, 2))
    found = of(rulebook, _paid(gold, *days))
    assert [(f.kind, f.text[:4]) for f in found] == [("ok", "2021"), ("hint", "2 笔付"), ("wrong", "1 笔付")]


@pytest.mark.parametrize(
    ("fen", "found"), [((10_000, -10_000), "missing"), ((10_000, -10_001), "missing"), ((1,), "ok")]
)
def test_red_letters_may_leave_nothing(book: Book, gold: Facts, fen: tuple[int, ...], found: str) -> None:
    paid = tuple(Event(on=date(2021, 7, 1), fen=one) for one in fen)
    assert kinds(book(rule("spend", BASE)), dataclasses.replace(gold, payments=paid)) == [found]


def test_what_is_not_there_has_no_sum(book: Book, gold: Facts) -> None:
    [found] = of(book(rule("spend", BASE)), dataclasses.replace(gold, payments=()))
    assert (found.kind, found.facts) == ("missing", ())


@pytest.mark.parametrize(("tax", "net", "sum_"), [
    ("included", 100_00, "0.0106"), ("excluded", 100_00, "0.01"), ("excluded", None, "0.0106"),
])  # fmt: skip
def test_with_and_without_tax(book: Book, gold: Facts, tax: str, net: int | None, sum_: str) -> None:
    paid = (Event(on=date(2021, 7, 1), fen=106_00, net_fen=net),)
    rulebook = book(rule("spend", BASE, f'tax = "{tax}"'))
    [found] = of(rulebook, dataclasses.replace(gold, payments=paid))
    assert found.facts[0].zh.endswith(f"：{sum_} 万元")


def test_what_waits_for_the_office_counts_proved_or_not(book: Book, gold: Facts) -> None:
    odd = tuple(
        Event(on=date(2021, 7, 1), fen=100, oddity=how) for how in ("bare", "proved", "proved", "none")
    )
    found = of(book(rule("spend", BASE)), dataclasses.replace(gold, payments=odd))
    assert [(f.kind, f.text[:1]) for f in found if f.kind in ("wrong", "judge")] == [
        ("wrong", "1"),
        ("judge", "3"),
    ]


def test_a_day_to_come_is_corrected_rather_than_another_entered(book: Book, gold: Facts) -> None:
    rulebook = book(rule("spend", BASE, "from = 2021-06-01"))
    found = of(rulebook, _paid(gold, date(2021, 5, 1), date(2021, 7, 1), date(2022, 3, 2)))
    remedies = {f.kind: f.remedy.zh for f in found}
    assert remedies["wrong"] == ""


def test_an_open_end_does_not_ask_for_the_day_of_submission(book: Book, gold: Facts) -> None:
    facts = _paid(gold, date(2030, 1, 1), day=None)
    assert kinds(book(rule("spend", BASE)), facts) == ["ok"]


WORDS = [
    ("", "计入 1 笔付款，合计 0.01 万元（含税）。", "1 payments count, 0.01"),
    ("from = 2021-06-01", "2021年6月1日以来计入", "count since 2021-06-01"),
    (
        "from = 2021-06-01\nfrom_inclusive = false",
        "2021年6月1日（不含当日）以来",
        "since 2021-06-01 (not included)",
    ),
    ("to = 2021-12-31", "2021年12月31日为止计入", "count up to 2021-12-31"),
    (
        "from = 2021-06-01\nto = 2021-12-31",
        "2021年6月1日至2021年12月31日计入",
        "from 2021-06-01 to 2021-12-31",
    ),
]


@pytest.mark.parametrize(("window", "zh", "en"), WORDS)
def test_the_window_in_words(book: Book, gold: Facts, window: str, zh: str, en: str) -> None:
    found = of(book(rule("spend", BASE, window)), _paid(gold, date(2021, 7, 1)))[0]
    assert zh in found.text
    assert en in found.text_en
    assert found.facts[0].zh.endswith("付款合计（含税）：0.01 万元")


YEAR = "from = 2021-01-01\nto = 2021-12-31"
BESIDE = [
    ([date(2021, 7, 1), date(2022, 1, 1)], "1 笔付款晚于2021年12月31日，不计入，也不影响申报。"),
    ([date(2022, 1, 1), date(2022, 2, 1)], "录入的 2 笔付款都晚于2021年12月31日，不计入。"),
    ([date(2020, 1, 1), date(2020, 2, 1)], "录入的 2 笔付款都早于2021年1月1日，不计入。"),
    ([date(2020, 1, 1), date(2022, 2, 1)], "录入的 2 笔付款都早于2021年1月1日或晚于2021年12月31日，不计入。"),
    ([date(2021, 7, 1), date(2022, 3, 2)], "1 笔付款的日期在提交之后，请核对日期。"),
]


@pytest.mark.parametrize(("dates", "said"), BESIDE)
def test_what_lies_after_a_closed_window_is_told_from_a_wrong_date(
    book: Book, gold: Facts, dates: list[date], said: str
) -> None:
    found = of(book(rule("spend", BASE, YEAR)), _paid(gold, *dates))
    assert said in [f.text for f in found]
    assert ("wrong" in {f.kind for f in found}) == ("提交之后" in said)


def test_what_lies_before_is_told_and_does_no_harm(book: Book, gold: Facts) -> None:
    rulebook = book(rule("spend", BASE, "from = 2021-06-01\nfrom_inclusive = false"))
    found = of(rulebook, _paid(gold, date(2021, 6, 1), date(2021, 6, 2)))
    assert [(f.kind, f.blocks) for f in found] == [("ok", False), ("hint", False)]
    assert found[1].text == "1 笔付款不晚于2021年6月1日，不计入，也不影响申报。"


def test_nothing_entered_says_what_to_enter(book: Book, gold: Facts) -> None:
    found = of(book(rule("spend", BASE, "from = 2021-06-01")), gold)
    assert found[0].say() == "还没有录入付款。 请录入2021年6月1日以来的付款。"


@pytest.mark.parametrize(
    ("strict", "yuan", "kind", "remedy"),
    [
        ("false", 49_999, "obstacle", "还差 0.0001 万元。"),
        ("false", 50_000, "ok", ""),
        ("true", 50_000, "obstacle", "合计要多于 5 万元。"),
        ("true", 50_001, "ok", ""),
    ],
)
def test_how_much_is_wanting(book: Book, gold: Facts, strict: str, yuan: int, kind: str, remedy: str) -> None:
    silver, top = (
        '{ level = "silver", yuan = 10000 }',
        f'{{ level = "gold", yuan = 50000, strict = {strict} }}',
    )
    least = f"minimums = [{silver}, {top}]"
    found = of(book(rule("spend", BASE, least)), _paid(gold, date(2021, 7, 1), yuan=yuan))
    assert [(f.kind, f.remedy.zh) for f in found] == [(kind, remedy)]


def test_of_several_levels_missed_the_greatest_sum_is_named(book: Book, gold: Facts) -> None:
    least = 'minimums = [{ level = "gold", yuan = 50000 }, { level = "silver", yuan = 10000 }]'
    found = of(book(rule("spend", BASE, least)), _paid(gold, date(2021, 7, 1)))
    assert found[0].remedy.zh == "还差 4.99 万元。"
    assert [fact.zh for fact in found[0].facts] == ["付款合计（含税）：0.01 万元"]


FAULTS = [
    ("from = 2021-06-01\nto = 2021-05-31", "ends before it starts"),
    ("from = 2021-06-01\nto = 2021-06-01\nto_inclusive = false", "ends before it starts"),
    ("from = 2021-06-01\nto = 2021-06-01\nfrom_inclusive = false", "ends before it starts"),
    ("from_inclusive = false", "from_inclusive goes with from"),
    ("to_inclusive = false", "to_inclusive goes with a date"),
    ('to = "open"\nto_inclusive = false', "to_inclusive goes with a date"),
    ('minimums = [{ level = "gold", yuan = -1 }]', "can't be negative"),
    ('levels = ["gold"]\nminimums = [{ level = "silver", yuan = 1 }]', "does not hold for this level"),
    ('minimums = [{ level = "gold", yuan = 1 }, { level = "gold", yuan = 2 }]', "has a least sum already"),
]


@pytest.mark.parametrize(("lines_", "said"), FAULTS)
def test_faults(wrong: Callable[..., list[str]], lines_: str, said: str) -> None:
    found = wrong(rule("spend", BASE, lines_))
    assert len(found) == 1
    assert said in found[0]


FIRSTS = [
    ("from = 2021-06-01\nto = 2021-12-31", "ok"),
    ("from_inclusive = false\nfrom = 2021-06-01\nto = 2021-12-31", "ok"),
    ("to = 2021-12-31", "ok"),
    ("to_inclusive = false\nto = 2021-12-31", "ok"),
    ('to = "open"', "ok"),
]


@pytest.mark.parametrize(("window", "kind"), FIRSTS)
def test_the_self_check_takes_the_sum_as_spent_inside(
    edited: Callable[..., Rulebook], window: str, kind: str
) -> None:
    rulebook = edited(("from = 2021-06-01\nto = 2021-12-31", window), folder=SECOND)
    check = self_check(rulebook, {"outlay": "30"})[0]
    assert [f.kind for f in check.findings if f.rule == "condition.outlay"] == [kind]


@pytest.mark.parametrize("event", ["invoice", "payment", "contract"])
def test_the_self_check_takes_the_sum_as_what_counts(edited: Callable[..., Rulebook], event: str) -> None:
    rulebook = edited(('event = "invoice"', f'event = "{event}"'), folder=SECOND)
    for typed, kind in (("0.9", "obstacle"), ("1", "ok"), ("0", "missing"), ("much", "missing")):
        check = self_check(rulebook, {"outlay": typed})[0]
        assert [f.kind for f in check.findings if f.rule == "condition.outlay"] == [kind]


def test_explained(book: Book) -> None:
    rulebook = book(
        rule("spend", BASE, 'minimums = [{ level = "gold", yuan = 50000, strict = true }]'),
        rule("spend", BASE, "from = 2021-06-01", 'to = "open"', 'tax = "excluded"', key="b"),
    )
    said = {line.words for line in lines(rulebook)}
    assert "甲；按付款、含税，到提交之日；金帆多于 5 万元" in {w.zh for w in said}
    assert "甲；按付款、不含税，2021年6月1日以来，不限截止" in {w.zh for w in said}
    assert "A; by payments, without tax since 2021-06-01, no end" in {w.en for w in said}


@pytest.mark.parametrize(
    ("window", "day"),
    [
        ({"from_": date(2020, 1, 1)}, date(2020, 1, 1)),
        ({"from_": date(2020, 1, 1), "from_inclusive": False}, date(2020, 1, 2)),
        ({"from_": None, "to": date(2020, 9, 30)}, date(2020, 9, 30)),
        ({"from_": None, "to": date(2020, 9, 30), "to_inclusive": False}, date(2020, 9, 29)),
        ({"from_": None, "to": "open"}, date(2022, 2, 2)),
    ],
)
def test_a_day_of_the_window_lies_in_it(first: Rulebook, window: dict[str, object], day: date) -> None:
    spend = next(c for c in first.conditions if isinstance(c, Spend))
    rule_ = dataclasses.replace(spend, **window)  # type: ignore[arg-type]
    found = sums.a_day(rule_, date(2022, 2, 2))
    assert found == day
    assert sums.span(rule_, None).side(found) == "inside"


ODDITIES = [
    # how far it is explained, kinds beside the sum, what stops
    ("none", [], []),
    ("bare", ["wrong", "judge"], ["wrong"]),
    ("proved", ["judge"], []),
    ("ruled", [], []),
]


@pytest.mark.parametrize(("oddity", "found", "stops"), ODDITIES)
def test_what_is_explained_is_proved_and_ruled(
    book: Book, gold: Facts, oddity: Oddity, found: list[str], stops: list[str]
) -> None:
    """Two of three payments are special cases; proof is asked of the applicant, the ruling of the office."""
    on = date(2021, 6, 1)
    paid = (Event(on=on, fen=1), *(Event(on=on, fen=100, oddity=oddity) for _n in range(2)))
    facts = dataclasses.replace(gold, payments=paid, day=date(2022, 3, 1))
    said = of(book(rule("spend", BASE)), facts)
    odd = [f for f in said if f.kind != "ok"]
    assert [f.kind for f in odd] == found
    assert [f.kind for f in odd if f.blocks] == stops
    assert all("2 笔付款" in f.text and f.where == ("ledger", "payments") for f in odd)
    assert all(bool(f.remedy.zh) == (f.kind == "wrong") for f in odd)
