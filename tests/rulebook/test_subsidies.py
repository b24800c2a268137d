"""What is paid for titles: by level and authority, as a share, over what was paid before."""

import dataclasses
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingyun.rulebook import Event, Facts, Rulebook
from xingyun.rulebook.book import by_key
from xingyun.rulebook.engine.subsidies import Claim, Paid, Payable, Won, payable
from xingyun.rulebook.explain import lines
from xingyun.rulebook.schema.aftercare import Subsidy

DAY = date(2023, 6, 15)
BOTH = ("first", "second")


def pay(
    book: Rulebook,
    *levels: str,
    authority: str | None = None,
    paid: tuple[tuple[str, int], ...] = (),
    on: date = DAY,
    spent: int = 0,
    key: str = "award-money",
    **rule: object,
) -> Payable:
    """What is payable in yuan terms; `paid` in yuan, `spent` in fen on a day inside the window."""
    subsidy = dataclasses.replace(by_key(book.subsidies, key), **rule)  # type: ignore[arg-type]
    claim = Claim(
        titles=tuple(Won(level, on) for level in levels),
        authority=authority,
        paid=tuple(Paid(level, yuan * 100) for level, yuan in paid),
        facts=Facts(invoices=(Event(on=date(2022, 5, 1), fen=spent),), day=DAY),
    )
    return payable(book, subsidy, claim)


@pytest.mark.parametrize(
    ("stacking", "levels", "paid", "yuan"),
    [
        ("add", BOTH, (), 40000),
        ("add", BOTH, (("first", 10000),), 30000),
        ("add", ("second",), (("first", 10000),), 30000),
        ("add", ("second",), (("second", 30000),), 0),
        ("highest", BOTH, (), 30000),
        ("highest", BOTH, (("first", 10000),), 30000),
        ("highest", BOTH, (("first", 29999),), 30000),
        ("highest", BOTH, (("first", 30000),), 0),
        ("highest", ("first",), (("second", 30000),), 0),
        ("difference", BOTH, (), 30000),
        ("difference", BOTH, (("first", 10000),), 20000),
        ("difference", BOTH, (("first", 10000), ("second", 20000)), 0),
        ("difference", ("first",), (("second", 30000),), 0),
    ],
)
def test_how_levels_add_up(
    manual: Rulebook, stacking: str, levels: tuple[str, ...], paid: tuple[tuple[str, int], ...], yuan: int
) -> None:
    assert pay(manual, *levels, paid=paid, stacking=stacking).fen == yuan * 100


@pytest.mark.parametrize(
    ("on", "fen"),
    [
        (date(2022, 12, 31), 0),
        (date(2023, 1, 1), 1_000_000),
        (date(2023, 12, 31), 1_000_000),
        (date(2024, 1, 1), 0),
    ],
)
def test_titles_of_the_first_and_last_day_count(manual: Rulebook, on: date, fen: int) -> None:
    assert pay(manual, "first", on=on).fen == fen


def test_only_some_levels_count(manual: Rulebook) -> None:
    assert pay(manual, "second", levels=("first",)) == (0, ("没有可以计算的称号。", "No title counts."))
    assert pay(manual, levels=()).fen == 0
    assert pay(manual, "second", levels=()).fen == 3_000_000


@pytest.mark.parametrize(
    ("authority", "level", "yuan"),
    [
        ("reed", "second", 40000),
        ("reed", "first", 10000),
        ("willow", "second", 30000),
        ("nowhere", "second", 30000),
        (None, "second", 30000),
    ],
)
def test_the_nearest_authoritys_own_sum_goes_first(
    manual: Rulebook, authority: str | None, level: str, yuan: int
) -> None:
    assert pay(manual, level, authority=authority).fen == yuan * 100


def test_the_sum_of_the_authority_above(manual: Rulebook) -> None:
    by_authority = {"willow": {"second": 5, "first": 7}, "reed": {"second": 6}}
    assert pay(manual, "first", authority="reed", yuan_by_authority=by_authority).fen == 700
    assert pay(manual, "second", authority="reed", yuan_by_authority=by_authority).fen == 600


def test_a_level_without_a_sum_gets_nothing(manual: Rulebook) -> None:
    assert pay(manual, "second", yuan={"first": 1}).fen == 0


@pytest.mark.parametrize(
    ("spent", "fen"),
    [
        (0, 0),
        (3, 0),
        (4, 1),
        (10_000_033, 3_000_009),
        (16_666_667, 5_000_000),
        (99_999_999, 5_000_000),
        (-5, 0),
    ],
)
def test_a_share_is_cut_off_to_the_fen_and_capped(manual: Rulebook, spent: int, fen: int) -> None:
    assert pay(manual, "second", key="spending-share", spent=spent).fen == fen


def test_a_share_is_paid_once_whatever_the_titles(manual: Rulebook) -> None:
    every = {"key": "spending-share", "levels": (), "cap_yuan": None, "spent": 100_000_000}
    assert pay(manual, *BOTH, **every).fen == 30_000_000  # type: ignore[arg-type]
    assert pay(manual, "second", paid=(("second", 1),), **every).fen == 0  # type: ignore[arg-type]
    left = pay(manual, "second", paid=(("second", 1),), stacking="difference", **every)  # type: ignore[arg-type]
    assert left.fen == 29_999_900


def test_the_first_condition_of_its_kind_unless_one_is_named(manual: Rulebook) -> None:
    assert pay(manual, "second", key="spending-share", spend=None, spent=1000).fen == 300
    bare = dataclasses.replace(manual, conditions=())
    whole = {"share": Fraction(1), "share_by_level": {}}
    for share in ({}, whole):
        assert pay(bare, "second", key="spending-share", spent=1000, **share).fen == 0  # type: ignore[arg-type]


def test_the_sum_in_words(manual: Rulebook) -> None:
    assert pay(manual, "second").words.en == "3 × 10,000 yuan due."
    said = pay(manual, *BOTH, paid=(("first", 10000),)).words.en
    assert said == "3 × 10,000 yuan due, 1 × 10,000 yuan paid: 2 × 10,000 yuan now."


SUMS = st.integers(0, 10**6)


@given(SUMS, SUMS, SUMS, st.sampled_from(["add", "highest", "difference"]))
def test_what_is_paid_is_whole_fen_and_never_below_nothing(
    manual: Rulebook, first: int, second: int, paid: int, stacking: str
) -> None:
    found = pay(
        manual, *BOTH, paid=(("first", paid),), yuan={"first": first, "second": second}, stacking=stacking
    )
    assert found.fen >= 0
    if stacking == "difference":
        assert found.fen + paid * 100 == max(first * 100, second * 100, paid * 100)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('share = "30%"', 'share = "30%"\nyuan = { first = 1 }', "either sums or a share"),
        ('share = "30%"\n', "", "either sums or a share"),
        (
            'stacking = "difference"',
            'cap_yuan = 5\nstacking = "difference"',
            "cap_yuan and spend go with a share",
        ),
        (
            'stacking = "difference"',
            'spend = "outlay"\nstacking = "add"',
            "cap_yuan and spend go with a share",
        ),
        ("cap_yuan = 50000", "cap_yuan = -1", "it can't be negative"),
        ("title_to = 2023-12-31", "title_to = 2022-12-31", "it ends before it starts"),
        ('spend = "outlay"\ncap_yuan', 'spend = "here"\ncap_yuan', "no such condition of kind spend"),
        ("yuan = { first = 10000", "yuan = { third = 10000", "there is no level third"),
        ("{ reed = { second = 40000 } }", "{ reed = { third = 40000 } }", "there is no level third"),
        ("{ reed = { second = 40000 } }", "{ marsh = { second = 40000 } }", "there is no authority marsh"),
        ("yuan = { first = 10000", "yuan = { first = -1", "it can't be negative"),
    ],
)
def test_faults(manual_faults: Callable[..., list[str]], old: str, new: str, said: str) -> None:
    assert any(said in line for line in manual_faults((old, new)))


def subsidies_in_words(book: Rulebook, **rule: object) -> list[str]:
    changed = tuple(dataclasses.replace(s, **rule) for s in book.subsidies)  # type: ignore[arg-type]
    names = {s.name for s in book.subsidies}
    told = lines(dataclasses.replace(book, subsidies=changed))
    return [line.words.en for line in told if line.name in names]


def test_in_words(manual: Rulebook) -> None:
    first, second, _third = subsidies_in_words(manual)
    assert first.endswith(
        "only for First grade, Second grade; awarded from 2023-01-01; awarded by 2023-12-31; "
        "First grade 1 × 10,000 yuan, Second grade 3 × 10,000 yuan; Reed Town: Second grade 4 × 10,000 yuan; "
        "what was paid before is deducted"
    )
    assert second.endswith("30% of “Spending”, at most 5 × 10,000 yuan; every level is paid by itself")


def test_what_is_not_set_is_not_said(manual: Rulebook) -> None:
    first, second, _third = subsidies_in_words(
        manual, levels=(), title_from=None, title_to=None, cap_yuan=None
    )
    assert "only for" not in first
    assert "awarded" not in first.partition("; ")[2]
    assert second.endswith("30% of “Spending”; every level is paid by itself")


def test_a_subsidy_by_itself() -> None:
    texts = {"label": "-", "label_en": "-", "text": "-", "text_en": "-"}
    assert Subsidy(key="s", clause=("二",), **texts).stacking == "add"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "spent", "yuan"),
    [
        ("first", 100_000, 5_000),
        ("first", 900_000, 20_000),
        ("second", 100_000, 8_000),
        ("second", 900_000, 60_000),
    ],
)
def test_shares_and_caps_by_level(manual: Rulebook, level: str, spent: int, yuan: int) -> None:
    facts = Facts(invoices=(Event(on=date(2022, 5, 1), fen=spent * 100),), day=date(2022, 5, 1))
    claim = Claim(titles=(Won(level, date(2023, 6, 15)),), facts=facts)
    assert payable(manual, manual.subsidies[-1], claim).fen == yuan * 100
    assert any("二级 “数字化投入”的 8%，最多 6 万元" in line.words.zh for line in lines(manual))


def test_a_share_of_a_level_that_is_none(manual_faults: Callable[..., list[str]]) -> None:
    said = manual_faults(('share_by_level = { first = "5%"', 'share_by_level = { third = "5%"'))
    assert "no level third" in said[0]


def test_payments_of_one_level_are_taken_together(manual: Rulebook) -> None:
    twice = (("second", 10000), ("second", 20000))
    assert pay(manual, "second", paid=twice, stacking="highest").fen == 0
    assert pay(manual, "second", paid=twice, stacking="difference").fen == 0


def test_a_share_is_of_the_highest_level(manual: Rulebook) -> None:
    share = {
        "share_by_level": {"first": Fraction(1, 10), "second": Fraction(1, 2)},
        "yuan": {},
        "cap_yuan": None,
    }
    for levels in (BOTH, BOTH[::-1]):
        assert pay(manual, *levels, spent=1_000, **share).fen == 500


def test_the_highest_level_is_that_of_the_highest_rank(manual: Rulebook, second: Rulebook) -> None:
    """Whatever the keys' order: silver, gold."""
    rule = dataclasses.replace(
        by_key(manual.subsidies, "spending-share"),
        spend="outlay",
        levels=(),
        cap_yuan=None,
        share_by_level={"silver": Fraction(1, 10), "gold": Fraction(1, 5)},
    )
    facts = Facts(invoices=(Event(on=date(2021, 7, 1), fen=1_000),), day=DAY)
    claim = Claim(titles=(Won("gold", DAY), Won("silver", DAY)), facts=facts)
    assert payable(second, rule, claim).fen == 200


def test_a_level_without_a_share_of_its_own_or_in_general_gets_nothing(manual: Rulebook) -> None:
    share = {"share_by_level": {"first": Fraction(1, 10)}, "yuan": {}, "cap_yuan": None}
    assert pay(manual, "second", spent=1_000, **share).fen == 0


def test_a_single_fen_is_more_than_nothing_paid(manual: Rulebook) -> None:
    for paid, fen in ((), 1), ((("second", 1),), 0):
        assert pay(manual, "second", key="spending-share", spent=4, stacking="highest", paid=paid).fen == fen


def test_nothing_spent_nothing_shared(manual: Rulebook) -> None:
    share = {"share_by_level": {"first": Fraction(1, 1)}, "yuan": {}, "cap_yuan": None}
    assert pay(manual, "first", spent=0, **share).fen == 0
    assert pay(manual, "first", spent=-500, **share).fen == 0


def test_what_was_paid_for_a_level_that_counts_is_told(manual: Rulebook) -> None:
    added = pay(manual, *BOTH, paid=(("first", 10000),), stacking="add").words.en
    assert added == "4 × 10,000 yuan due, 1 × 10,000 yuan paid: 3 × 10,000 yuan now."


def test_what_was_paid_for_another_level_is_told_only_where_it_counts(manual: Rulebook) -> None:
    added = pay(manual, "second", paid=(("first", 10000),), stacking="add")
    assert added.words == pay(manual, "second", stacking="add").words
    less = pay(manual, *BOTH, paid=(("first", 10000),), stacking="highest")
    assert "1 万元" in less.words.zh
