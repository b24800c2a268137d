"""Exact numbers: what a rule looks at, and what it says of them."""

import dataclasses
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingyun.rulebook import Facts, Rulebook, decimals
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.numbers import number, shown, sort, unknown
from xingyun.rulebook.reading import exact
from xingyun.rulebook.schema.points import NumberPoints
from xingyun.rulebook.wording.numbers import edge, measured

Faults = Callable[..., list[str]]


def rule(**keys: object) -> NumberPoints:
    """A number item that looks at what `keys` say."""
    shape = {"key": "n", "label": "数", "label_en": "n", "clause": ("二",), "text": "-", "text_en": "-"}
    return NumberPoints(kind="number", group="extra", bands=(), **shape, **keys)  # type: ignore[arg-type]


def asked(book: Rulebook, facts: Facts, of: NumberPoints, **answers: str) -> Case:
    """The case in which `answers` are given beside those of `facts`."""
    return Case(book, dataclasses.replace(facts, raw={**facts.raw, **answers}))


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (50, Fraction(50)),
        ("5%", Fraction(1, 20)),
        ("0.05", Fraction(1, 20)),
        ("-2.5", Fraction(-5, 2)),
        ("1/3", Fraction(1, 3)),
        ("5000000", Fraction(5_000_000)),
        (10**15, None),
        (True, None),
        (0.05, None),
        ("5 %", None),
        ("1/0", None),
        ("５", None),
        ("", None),
    ],
)
def test_numbers_are_written_whole_or_as_text(raw: object, value: Fraction | None) -> None:
    assert exact(raw) == value


SALES = {"sales": "120", "sales-before": "100", "online": "12.5"}


@pytest.mark.parametrize(
    ("keys", "value", "words"),
    [
        ({"field": "people"}, Fraction(50), "50"),
        ({"field": "sales"}, Fraction(1_200_000), "120 万元"),
        ({"field": "online"}, Fraction(1, 8), "12.5%"),
        ({"of": "spend"}, Fraction(100_000), "10 万元"),
        ({"of": "spend", "spend": "outlay"}, Fraction(100_000), "10 万元"),
        ({"of": "ratio", "field": "sales", "over": "sales-before"}, Fraction(6, 5), "120%"),
        ({"of": "ratio", "field": "sales", "over": "people"}, Fraction(24_000), "24,000"),
        ({"of": "ratio", "spend": "outlay", "over": "sales"}, Fraction(1, 12), "≈8.33%"),
        ({"of": "growth", "field": "sales", "over": "sales-before"}, Fraction(1, 5), "20%"),
        ({"of": "growth", "field": "sales-before", "over": "sales"}, Fraction(-1, 6), "≈-16.67%"),
        ({"of": "count", "field": "system"}, Fraction(1), "1"),
    ],
)
def test_what_a_rule_looks_at(
    manual: Rulebook, weaver: Facts, keys: dict[str, object], value: Fraction, words: str
) -> None:
    found = rule(**keys)
    assert number(asked(manual, weaver, found, **SALES), found) == value
    assert shown(manual, found, value).zh == words


@pytest.mark.parametrize(
    ("keys", "answers", "why"),
    [
        ({"field": "sales"}, {"sales": ""}, "“Sales of last year” is not filled in"),
        ({"field": "sales"}, {"sales": "many"}, "“Sales of last year” is not filled in"),
        ({"of": "count", "field": "honours"}, {}, "“Honours” is not filled in"),
        ({"of": "ratio", "field": "people", "over": "sales"}, {"sales": ""}, "“Sales of last year” is not"),
        ({"of": "growth", "field": "sales", "over": "sales-before"}, {"sales-before": "0"}, "not above 0"),
        (
            {"of": "ratio", "spend": "outlay", "over": "sales"},
            {"sales": "0"},
            "“Sales of last year” is not above 0",
        ),
        (
            {"of": "ratio", "field": "sales", "over": "online"},
            {"online": "-1"},
            "“Share sold online” is not above 0",
        ),
    ],
)
def test_what_is_not_known_and_why(
    manual_edited: Callable[..., Rulebook],
    weaver: Facts,
    keys: dict[str, object],
    answers: dict[str, str],
    why: str,
) -> None:
    book = manual_edited(("min = 0\nmax = 100", "max = 100"))
    found = rule(**keys)
    case = asked(book, weaver, found, **answers)
    assert number(case, found) is None
    assert why in unknown(case, found).en


def test_one_choice_counts_as_one(manual: Rulebook, weaver: Facts) -> None:
    assert number(Case(manual, weaver), rule(of="count", field="business")) == 1


def test_no_sum_without_such_a_condition(manual: Rulebook, weaver: Facts) -> None:
    book = dataclasses.replace(manual, conditions=())
    assert number(Case(book, weaver), rule(of="spend")) is None


@given(st.fractions(min_value=-(10**6), max_value=10**6))
def test_a_number_in_words_is_never_more_than_it_is(value: Fraction) -> None:
    words = decimals.number(value)
    said = Fraction(words.removeprefix("≈").replace(",", ""))
    assert value - Fraction(1, 100) < said <= value
    assert (said == value) is not words.startswith("≈") or said == value


def test_shares_as_a_rulebook_writes_them() -> None:
    assert [decimals.share(Fraction(1, n)) for n in (20, 30)] == ["5%", "1/30"]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (
            {"of": "ratio", "spend": "outlay", "over": "sales"},
            ("Spending ÷ Sales of last year", "5% or more"),
        ),
        ({"of": "spend"}, ("Spending", "0.000005 × 10,000 yuan or more")),
        ({"field": "people"}, ("People", "0.05 or more")),
        (
            {"of": "growth", "field": "sales", "over": "sales-before"},
            ("growth of Sales of last year against Sales of the year before", "5% or more"),
        ),
    ],
)
def test_numbers_and_edges_in_words(manual: Rulebook, keys: dict[str, object], said: tuple[str, str]) -> None:
    found = rule(**keys)
    assert (measured(manual, found).en, edge(manual, found, "at_least", Fraction(1, 20)).en) == said


def test_sorts(manual: Rulebook) -> None:
    assert sort(manual, rule(of="count", field="system")) == "number"
    assert sort(manual, rule(of="ratio", field="online", over="online")) == "percent"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('of = "growth"\nfield = "sales"\n', 'of = "growth"\n', "either field or spend, not both"),
        (
            'spend = "outlay"\nover',
            'spend = "outlay"\nfield = "sales"\nover',
            "either field or spend, not both",
        ),
        ('over = "sales"\n', "", "over goes with of = ratio"),
        (
            'of = "field"\nfield = "people"',
            'of = "field"\nfield = "people"\nover = "sales"',
            "not used with of = field",
        ),
        ('of = "field"\nfield = "people"', 'of = "field"', "field goes with of = field"),
        (
            'of = "field"\nfield = "people"',
            'of = "field"\nfield = "story"',
            "story is no field of a fitting kind",
        ),
        (
            'of = "field"\nfield = "people"',
            'of = "count"\nfield = "people"',
            "people is no field of a fitting kind",
        ),
        ('spend = "outlay"\nover', 'spend = "two-tools"\nover', "two-tools is not of kind spend"),
    ],
)
def test_what_a_number_item_must_name(manual_faults: Faults, old: str, new: str, said: str) -> None:
    assert any(said in line for line in manual_faults((old, new)))


def test_a_sum_needs_a_condition_of_its_kind(first: Rulebook) -> None:
    from xingyun.rulebook.checks.numbers import measured as check

    bare = dataclasses.replace(first, conditions=())
    assert [f.problem.en for f in check(bare, (), rule(of="spend"))] == [
        "there is no condition of kind spend"
    ]
