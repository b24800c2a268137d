"""Bands with all their edges: which wins, which are never reached, where there is a gap."""

import dataclasses
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingyun.rulebook import Rulebook
from xingyun.rulebook.checks.bands import HIGHEST, LOWEST, Cut, Range, dips, edges, gaps, reach, uncovered
from xingyun.rulebook.checks.bands import bands as check
from xingyun.rulebook.engine.points import by_band
from xingyun.rulebook.schema.points import Band, NumberPoints


def band(points: int, **edges: Fraction | int | str) -> Band:
    """A band with these edges."""
    return Band(points=points, **{key: Fraction(value) for key, value in edges.items()})


EDGED = (
    band(4, at_least="0.15"),
    band(3, more_than="0.1"),
    band(2, at_least=0, less_than="0.1"),
    band(1, at_most="-0.5"),
)


@pytest.mark.parametrize(
    ("value", "points"),
    [
        ("0.15", 4),
        ("0.1499999", 3),
        ("0.1000001", 3),
        ("0.1", 0),
        ("0.0999999", 2),
        ("0", 2),
        ("-0.0000001", 0),
        ("-0.4999999", 0),
        ("-0.5", 1),
        ("-0.5000001", 1),
    ],
)
def test_both_sides_of_every_edge(value: str, points: int) -> None:
    assert by_band(Fraction(value), EDGED) == points


def test_the_first_listed_wins_and_no_number_gives_nothing() -> None:
    assert by_band(Fraction(5), (band(1, at_least=1), band(9, at_least=5))) == 1
    assert by_band(None, (band(1),)) == 0
    assert by_band(Fraction(5), ()) == 0


def changed(book: Rulebook, *listed: Band, of: str = "field", field: str = "sales") -> Rulebook:
    """The manual's rulebook with these bands as its only item."""
    points = book.points
    assert points is not None
    item = next(i for i in points.items if isinstance(i, NumberPoints))
    item = dataclasses.replace(item, of=of, field=field, bands=listed)
    return dataclasses.replace(book, points=dataclasses.replace(points, items=(item,)))


def problems(book: Rulebook, *listed: Band, of: str = "field", field: str = "sales") -> tuple[list[str], int]:
    """The faults of such bands, and how many gaps there are."""
    there = changed(book, *listed, of=of, field=field)
    return [f.problem.en for f in check(there)], len(list(gaps(there)))


HIDDEN = "never reached: those before it take all of it"
EMPTY = "no number lies in this band"


@pytest.mark.parametrize(
    ("listed", "said", "n"),
    [
        (EDGED, [], 2),
        ((band(2, at_least=5), band(1)), [], 0),
        ((band(2, at_least=5), band(1, at_least=5)), [HIDDEN], 0),
        ((band(2, at_least=5), band(1, more_than=5)), [HIDDEN], 0),
        ((band(2, more_than=5), band(1, at_least=5)), [], 0),
        ((band(2, at_least=5), band(1, less_than=5), band(0)), [HIDDEN], 0),
        ((band(2, more_than=5), band(1, less_than=5), band(0)), [], 0),
        ((band(2, more_than=5), band(1, less_than=5)), [], 1),
        ((band(2, at_least=5, at_most=5),), [], 0),
        ((band(2, at_least=5, less_than=5),), [EMPTY], 0),
        ((band(2, more_than=5, at_most=4),), [EMPTY], 0),
        ((band(2, at_most=1), band(1, at_least=3, at_most=4), band(0, at_least=9)), [], 2),
        (
            (band(2, at_least=1, at_most=3), band(1, at_least=3, at_most=4), band(0, at_least=1, at_most=4)),
            [HIDDEN],
            0,
        ),
        ((band(2, at_least=6, at_most=4), band(1)), [EMPTY], 0),
        ((band(1, at_least=1, more_than=1),), ["two edges below"], 0),
        ((band(1, at_most=1, less_than=1),), ["two edges above"], 0),
        ((), [], 0),
    ],
)
def test_bands_that_none_reaches_and_gaps(
    manual: Rulebook, listed: tuple[Band, ...], said: list[str], n: int
) -> None:
    assert problems(manual, *listed) == (said, n)


@pytest.mark.parametrize(
    ("listed", "said", "n"),
    [
        ((band(2, at_least=50), band(1, at_most=49)), [], 0),
        ((band(2, more_than=49), band(1, less_than=50)), [], 0),
        ((band(2, at_least=50), band(1, at_least=10, less_than=49)), [], 1),
        ((band(2, at_least=50), band(1, at_most="49.5"), band(0)), [HIDDEN], 0),
        ((band(2, more_than=4, less_than=5),), [EMPTY], 0),
        ((band(2, at_least="4.2", less_than="5.3"),), [], 0),
    ],
)
@pytest.mark.parametrize(("of", "field"), [("field", "people"), ("count", "honours")])
def test_whole_numbers_have_nothing_between_them(
    manual: Rulebook, listed: tuple[Band, ...], said: list[str], n: int, of: str, field: str
) -> None:
    assert problems(manual, *listed, of=of, field=field) == (said, n)


EDGE = st.one_of(st.none(), st.integers(-3, 3).map(Fraction))


@given(st.lists(st.tuples(EDGE, st.booleans(), EDGE, st.booleans()), min_size=1, max_size=4))
def test_a_band_is_told_to_be_unreached_only_when_no_number_reaches_it(
    manual: Rulebook, drawn: list[tuple[Fraction | None, bool, Fraction | None, bool]]
) -> None:
    listed = tuple(
        Band(
            points=n,
            at_least=None if strict else low,
            more_than=low if strict else None,
            at_most=None if below else high,
            less_than=high if below else None,
        )
        for n, (low, strict, high, below) in enumerate(drawn, 1)
    )
    tried = {by_band(Fraction(n, 2), listed) for n in range(-10, 11)}
    said, _ = problems(manual, *listed)
    assert len(listed) - len(tried - {0}) == len(said)


@pytest.mark.parametrize(
    ("listed", "dipping"),
    [
        # up, down, and up to a best: nothing is missing between
        ((band(3, at_least=5), band(2, at_least=3), band(0)), []),
        ((band(3, at_most=3), band(2, at_most=5), band(0)), []),
        ((band(1, less_than=3), band(5, at_most=6), band(1)), []),
        ((band(1, at_least=5), band(1, at_least=3), band(1)), []),
        ((band(3, at_least=5), band(2, at_least=3, less_than=4), band(0)), [2]),
        ((band(3, at_least=5), band(3, at_least=3, less_than=4), band(0)), [2]),
        # 4 to 5 falls through to the band from 1 on
        ((band(3, at_least=5), band(2, at_least=3, at_most=4), band(1, at_least=1)), [2]),
        ((band(2, more_than=5), band(0, at_least=5), band(1)), [1]),
        ((band(2, more_than=5), band(0, at_least=5), band(0)), []),
        (
            (band(3, at_least=9), band(1, at_least=6), band(2, at_least=3), band(0, at_least=2), band(1)),
            [3, 1],
        ),
        # what lies in no band is a gap, told as such
        ((band(2, more_than=5), band(1, less_than=5)), []),
        ((), []),
    ],
)
def test_numbers_that_get_less_than_those_on_both_sides(
    manual: Rulebook, listed: tuple[Band, ...], dipping: list[int]
) -> None:
    found = list(dips(changed(manual, *listed)))
    assert [f.path[-1] for f in found] == dipping
    assert all(f.path[:4] == ("points", "items", 0, "bands") for f in found)


def test_whole_numbers_do_not_fall_between_neighbours(manual: Rulebook) -> None:
    listed = (band(3, at_least=5), band(2, at_least=3, at_most=4), band(0))
    assert list(dips(changed(manual, *listed, field="people"))) == []
    assert [f.path[-1] for f in dips(changed(manual, *listed))] == [2]


FIVE, SIX = (0, Fraction(5), 0), (0, Fraction(6), 0)
SAME = [
    # Among whole numbers these are one and the same.
    (
        [{"at_least": "4.2"}, {"more_than": "4.9"}, {"more_than": 4}, {"at_least": 5}],
        (0, Fraction(5), 0),
        HIGHEST,
    ),
    (
        [{"at_most": "5.9"}, {"at_most": 5}, {"less_than": "5.1"}, {"less_than": 6}],
        LOWEST,
        (0, Fraction(6), 0),
    ),
    ([{}], LOWEST, HIGHEST),
]


@pytest.mark.parametrize(("alike", "low", "high"), SAME)
def test_whole_numbers_draw_the_edges_to_them(alike: list[dict[str, str]], low: Cut, high: Cut) -> None:
    assert {reach(band(1, **one), whole=True) for one in alike} == {Range(low, high)}


@pytest.mark.parametrize(
    ("edges", "low", "high"),
    [
        ({"at_least": "4.2", "less_than": "5.1"}, (0, Fraction("4.2"), 0), (0, Fraction("5.1"), 0)),
        ({"more_than": "4.2", "at_most": "5.1"}, (0, Fraction("4.2"), 1), (0, Fraction("5.1"), 1)),
    ],
)
def test_other_numbers_leave_the_edges_where_they_are(edges: dict[str, str], low: Cut, high: Cut) -> None:
    assert reach(band(1, **edges), whole=False) == Range(low, high)


def cut(at: int, beyond: int = 0) -> Cut:
    return (0, Fraction(at), beyond)


def test_what_is_left_uncovered_is_told_from_below() -> None:
    wanted = Range(cut(0), cut(10, 1))
    inside = [Range(cut(6), cut(8)), Range(cut(2), cut(4, 1))]
    left = [Range(cut(0), cut(2)), Range(cut(4, 1), cut(6)), Range(cut(8), cut(10, 1))]
    assert list(uncovered(wanted, inside)) == left
    # What is empty covers nothing, what lies beyond or overlaps changes nothing.
    more = [Range(cut(5), cut(5)), Range(cut(9), cut(1)), Range(cut(2), cut(3)), Range(cut(20), cut(30))]
    assert list(uncovered(wanted, [*inside, *more])) == left
    assert list(uncovered(wanted, [Range(LOWEST, cut(4)), Range(cut(4), HIGHEST)])) == []
    assert list(uncovered(wanted, [Range(LOWEST, cut(4)), Range(cut(4, 1), HIGHEST)])) == [
        Range(cut(4), cut(4, 1))
    ]
    assert list(uncovered(wanted, [Range(cut(10, 1), HIGHEST)])) == [wanted]
    assert list(uncovered(wanted, [])) == [wanted]


def test_the_faults_of_edges_name_their_key() -> None:
    both = band(1, at_least=1, more_than=2, at_most=9, less_than=8)
    found = [(one.path[-1], one.problem.en) for one in edges(("bands", 0), both)]
    assert found == [("more_than", "two edges below"), ("less_than", "two edges above")]
