"""Continuous use: months by anniversary, breaks between contracts, contracts that must still run."""

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from tests.rulebook.conditions.conftest import Book, kinds, of, rule

from xingyun.rulebook import Contract, Facts, months
from xingyun.rulebook.explain import lines

THREE = "months = 3"
DAY = date(2021, 6, 14)
Dates = tuple[date | None, date | None]


def _runs(facts: Facts, *spans: Dates, day: date | None = DAY, counts: bool = True) -> Facts:
    contracts = tuple(Contract(on=DAY, fen=0, starts=s, ends=e, counts=counts) for s, e in spans)
    return dataclasses.replace(facts, contracts=contracts, day=day)


@pytest.mark.parametrize(
    ("start", "n", "inclusive", "full"),
    [
        (date(2020, 3, 15), 3, True, date(2020, 6, 14)),
        (date(2020, 3, 15), 3, False, date(2020, 6, 15)),
        (date(2020, 3, 1), 3, True, date(2020, 5, 31)),
        (date(2020, 1, 31), 1, True, date(2020, 2, 29)),
        (date(2020, 1, 31), 1, False, date(2020, 2, 29)),
        (date(2021, 1, 31), 1, False, date(2021, 2, 28)),
        (date(2020, 2, 29), 12, True, date(2021, 2, 28)),
        (date(2020, 12, 31), 2, True, date(2021, 2, 28)),
        (date(2020, 1, 30), 2, True, date(2020, 3, 29)),
    ],
)
def test_when_months_are_complete(start: date, n: int, inclusive: bool, full: date) -> None:
    assert months.complete(start, n, inclusive=inclusive) == full


@pytest.mark.parametrize(
    ("inclusive", "day", "kind"),
    [
        ("true", date(2021, 6, 13), "obstacle"),
        ("true", date(2021, 6, 14), "ok"),
        ("false", date(2021, 6, 14), "obstacle"),
        ("false", date(2021, 6, 15), "ok"),
    ],
)
def test_both_sides_of_the_last_day(book: Book, gold: Facts, inclusive: str, day: date, kind: str) -> None:
    rulebook = book(rule("continuous_use", THREE, f"inclusive = {inclusive}"))
    assert kinds(rulebook, _runs(gold, (date(2021, 3, 15), None), day=day)) == [kind]


def test_who_can_wait_is_told_until_when(book: Book, gold: Facts) -> None:
    rulebook = book(rule("continuous_use", THREE, "inclusive = false"))
    found = of(rulebook, _runs(gold, (date(2021, 3, 15), date(2021, 6, 15))))[0]
    assert found.say() == (
        "甲：自2021年3月15日起连续使用，到2021年6月14日未满 3 个月。 2021年6月15日起满 3 个月。"
    )
    assert found.facts[0].zh == "连续使用：2021年3月15日至2021年6月15日"
    short = of(rulebook, _runs(gold, (date(2021, 3, 15), date(2021, 6, 14))))[0]
    assert short.remedy.zh == "请录入起始更早或前后衔接的合同。"
    fixed = book(rule("continuous_use", THREE, "inclusive = false", "at = 2021-06-14"))
    assert of(fixed, _runs(gold, (date(2021, 3, 15), None)))[0].remedy.zh == short.remedy.zh


@pytest.mark.parametrize(
    ("in_force", "ends", "kind"),
    [
        ("true", date(2021, 6, 13), "obstacle"),
        ("true", date(2021, 6, 14), "ok"),
        ("false", date(2021, 6, 13), "ok"),
        ("false", date(2021, 3, 31), "ok"),
        ("false", date(2021, 3, 30), "obstacle"),
    ],
)
def test_contracts_that_must_still_run(book: Book, gold: Facts, in_force: str, ends: date, kind: str) -> None:
    rulebook = book(rule("continuous_use", THREE, "inclusive = true", f"in_force = {in_force}"))
    assert kinds(rulebook, _runs(gold, (date(2021, 1, 1), ends))) == [kind]


def test_nothing_that_runs_yet(book: Book, gold: Facts) -> None:
    rulebook = book(rule("continuous_use", THREE, "inclusive = true"))
    found = of(rulebook, _runs(gold, (date(2021, 6, 15), None)))
    assert [(f.kind, f.text) for f in found] == [("obstacle", "甲：2021年6月14日没有在履行的合同。")]
    past = book(rule("continuous_use", THREE, "inclusive = true", "in_force = false"))
    assert kinds(past, _runs(gold, (date(2021, 6, 15), None))) == ["obstacle"]


@pytest.mark.parametrize(
    ("gap", "starts", "kind"),
    [
        (0, date(2021, 5, 1), "ok"),
        (0, date(2021, 5, 2), "obstacle"),
        (7, date(2021, 5, 8), "ok"),
        (7, date(2021, 5, 9), "obstacle"),
    ],
)
def test_contracts_that_follow_each_other(book: Book, gold: Facts, gap: int, starts: date, kind: str) -> None:
    rulebook = book(rule("continuous_use", THREE, "inclusive = true", f"gap_days = {gap}"))
    facts = _runs(gold, (starts, None), (date(2021, 3, 1), date(2021, 4, 30)))
    assert kinds(rulebook, facts) == [kind]


def test_one_contract_inside_another_does_not_shorten_it(book: Book, gold: Facts) -> None:
    rulebook = book(rule("continuous_use", THREE, "inclusive = true"))
    facts = _runs(gold, (date(2021, 3, 1), date(2021, 6, 30)), (date(2021, 4, 1), date(2021, 4, 30)))
    assert kinds(rulebook, facts) == ["ok"]


def test_of_several_the_longest_is_looked_at(book: Book, gold: Facts) -> None:
    rulebook = book(rule("continuous_use", THREE, "inclusive = true", "in_force = false"))
    facts = _runs(gold, (date(2020, 1, 1), date(2020, 6, 1)), (date(2021, 6, 1), None))
    assert kinds(rulebook, facts) == ["ok"]


@pytest.mark.parametrize("span", [(None, None), (None, DAY), (date(2021, 6, 1), date(2021, 5, 1))])
def test_a_contract_without_its_start_is_to_be_completed(book: Book, gold: Facts, span: Dates) -> None:
    found = of(book(rule("continuous_use", THREE, "inclusive = true")), _runs(gold, span))
    assert [(f.kind, f.where) for f in found] == [("missing", ("ledger", "contracts"))]


def test_contracts_that_do_not_count(book: Book, gold: Facts) -> None:
    rulebook = book(rule("continuous_use", THREE, "inclusive = true"))
    assert kinds(rulebook, _runs(gold, (date(2020, 1, 1), None), counts=False)) == ["missing"]


def test_before_the_day_is_known_it_is_only_a_hint(book: Book, gold: Facts) -> None:
    facts = _runs(gold, (date(2021, 3, 1), None), day=None)
    assert kinds(book(rule("continuous_use", THREE, "inclusive = true")), facts) == ["hint"]
    fixed = book(rule("continuous_use", THREE, "inclusive = true", "at = 2021-06-14"))
    assert kinds(fixed, facts) == ["ok"]


def test_it_may_be_left_to_the_reviewers(book: Book, gold: Facts) -> None:
    rulebook = book(rule("continuous_use", THREE, "inclusive = true", 'otherwise = "judge"'))
    assert kinds(rulebook, _runs(gold, (date(2021, 6, 1), None))) == ["judge"]
    assert kinds(rulebook, _runs(gold, (date(2021, 6, 15), None))) == ["judge"]


FAULTS = [
    ("months = 0", "from 1 to 1200 months"),
    ("months = 1201", "from 1 to 1200 months"),
    ("months = 1\ngap_days = -1", "from 0 to 3660 days"),
    ("months = 1\ngap_days = 3661", "from 0 to 3660 days"),
]


@pytest.mark.parametrize(("lines_", "said"), FAULTS)
def test_faults(wrong: Callable[..., list[str]], lines_: str, said: str) -> None:
    found = wrong(rule("continuous_use", lines_, "inclusive = true"))
    assert len(found) == 1
    assert said in found[0]


def test_whether_the_last_day_counts_must_be_said(wrong: Callable[..., list[str]]) -> None:
    assert any("inclusive is missing" in line for line in wrong(rule("continuous_use", THREE)))


def test_explained(book: Book) -> None:
    rulebook = book(
        rule("continuous_use", THREE, "inclusive = true", "gap_days = 7", "in_force = false"),
        rule("continuous_use", THREE, "inclusive = false", "at = 2021-12-31", key="b"),
    )
    said = [line.words.zh for line in lines(rulebook)]
    assert (
        "甲；到提交之日连续使用满3个月；例：自2020年3月15日起，2020年6月14日满；间隔不超过7天算连续；"
        "届时不必仍在履行" in said
    )
    assert "甲；到2021年12月31日连续使用满3个月；例：自2020年3月15日起，2020年6月15日满" in said


def test_a_contract_that_begins_on_the_day_itself_runs(book: Book, gold: Facts) -> None:
    rulebook = book(rule("continuous_use", THREE, "inclusive = true"))
    found = of(rulebook, _runs(gold, (DAY, None)))[0]
    assert "未满" in found.text
    assert found.remedy.zh == "2021年9月13日起满 3 个月。"


def test_a_contract_of_a_single_day_closes_a_gap(book: Book, gold: Facts) -> None:
    rulebook = book(rule("continuous_use", THREE, "inclusive = true"))
    whole = [
        (date(2021, 3, 1), date(2021, 4, 9)),
        (date(2021, 4, 10), date(2021, 4, 10)),
        (date(2021, 4, 11), None),
    ]
    assert kinds(rulebook, _runs(gold, *whole)) == ["ok"]
    assert kinds(rulebook, _runs(gold, whole[0], whole[2])) != ["ok"]
