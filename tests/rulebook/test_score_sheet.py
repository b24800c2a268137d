"""The points laid out for a reader, on the shipped rulebook that counts them."""

import dataclasses
from fractions import Fraction
from pathlib import Path

import pytest

from xingyun.rulebook import Rulebook, load_folder
from xingyun.rulebook.cases import load_cases
from xingyun.rulebook.cases.facts import facts
from xingyun.rulebook.cases.schema import ApplicationCase
from xingyun.rulebook.engine import evaluate
from xingyun.rulebook.engine.score_sheet import ScoreSheet, most, score_sheet
from xingyun.rulebook.facts import Facts
from xingyun.rulebook.schema.points import AnswerPoints, NumberPoints

FOLDER = Path(__file__).parents[2] / "rulebooks" / "innovative-sme-2022"


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_folder(FOLDER)


def sheet(book: Rulebook, key: str) -> ScoreSheet:
    """The sheet of a worked case."""
    case = next(c for c in load_cases(FOLDER) if c.key == key)
    assert isinstance(case, ApplicationCase)
    told = facts(case.facts)
    found = score_sheet(book, told, evaluate(book, told))
    assert found is not None
    return found


def test_every_item_says_what_it_saw_and_gave(book: Rulebook) -> None:
    found = sheet(book, "passes")
    lines = {line.item.key: line for group in found.groups for line in group.lines}
    assert {key: (line.seen.zh, line.points, line.most) for key, line in lines.items()} == {
        "rights": ("Ⅰ类知识产权", 10, 20),
        "research": ("5%", 20, 20),
        "growth-rate": ("20%", 20, 20),
        "debt-ratio": ("55%", 10, 10),
        "field": ("其他领域", 5, 10),
        "main-share": ("60%", 15, 20),
    }
    assert (found.total, found.most, found.least, found.enough) == (80, 100, 60, True)
    assert [(g.points, g.least, g.met) for g in found.groups] == [
        (30, 20, True),
        (30, 15, True),
        (20, 15, True),
    ]


def test_every_group_has_its_own_items(book: Rulebook) -> None:
    found = sheet(book, "passes")
    assert [{line.item.group for line in g.lines} for g in found.groups] == [
        {g.key} for g in book.points.groups
    ]


@pytest.mark.parametrize(("strict", "met"), [(False, True), (True, False)])
def test_the_edge_of_the_total_and_of_a_group(book: Rulebook, strict: bool, met: bool) -> None:
    case = next(c for c in load_cases(FOLDER) if c.key == "passes")
    told = facts(case.facts)
    points = book.points
    thresholds = tuple(
        dataclasses.replace(
            t,
            at_least=80,
            strict=strict,
            minimums=tuple(dataclasses.replace(m, at_least=30, strict=strict) for m in t.minimums[:1]),
        )
        for t in points.levels
    )
    changed = dataclasses.replace(book, points=dataclasses.replace(points, levels=thresholds))
    found = score_sheet(changed, told, evaluate(changed, told))
    assert (found.total, found.met, found.groups[0].met, found.enough) == (80, met, met, met)
    assert [g.least for g in found.groups] == [30, None, None]


def test_without_a_level_nothing_is_asked(book: Rulebook) -> None:
    found = score_sheet(book, Facts(), evaluate(book, Facts()))
    assert found.total == 0
    assert found.most == 100
    assert (found.least, found.met) in {(None, True), (60, False)}


@pytest.mark.parametrize(
    ("scores", "combine", "kind", "cap", "most_"),
    [
        ((10, 20), "sum", "multi_choice", None, 30),
        ((10, 20), "best", "multi_choice", None, 20),
        ((10, 20), "sum", "choice", None, 20),
        ((10, 20), "sum", "multi_choice", 25, 25),
        ((10, 20), "sum", "multi_choice", 30, 30),
        ((10, 20), "sum", "multi_choice", 40, 30),
    ],
)
def test_the_most_that_answers_can_give(
    second: Rulebook, scores: tuple[int, ...], combine: str, kind: str, cap: int | None, most_: int
) -> None:
    item = next(i for i in second.points.items if isinstance(i, AnswerPoints))
    given = tuple(dataclasses.replace(item.scores[0], is_=str(n), points=n) for n in scores)
    item = dataclasses.replace(item, scores=given, combine=combine, cap=cap)
    fields = tuple(
        dataclasses.replace(f, kind=kind) if f.key == item.field else f for f in second.form.fields
    )
    book = dataclasses.replace(second, form=dataclasses.replace(second.form, fields=fields))
    assert most(book, item) == most_


def test_the_most_that_numbers_can_give(second: Rulebook) -> None:
    item = next(i for i in second.points.items if isinstance(i, NumberPoints))
    best = max(band.points for band in item.bands)
    assert most(second, item) == best
    assert most(second, dataclasses.replace(item, cap=best - 1)) == best - 1
    assert most(second, dataclasses.replace(item, per=Fraction(1), each=2)) is None
    assert most(second, dataclasses.replace(item, per=Fraction(1), each=2, cap=7)) == 7


def test_a_group_that_is_short_makes_the_whole_short(book: Rulebook) -> None:
    found = sheet(book, "growth-ten")
    assert (found.total, found.met, found.enough) == (60, True, False)
    assert [g.met for g in found.groups] == [True, False, True]


def test_what_cannot_be_known_says_why(book: Rulebook) -> None:
    found = sheet(book, "growth-no-base")
    line = next(line for g in found.groups for line in g.lines if line.item.key == "growth-rate")
    assert line.points == 0
    assert "不大于 0" in line.seen.zh


def test_a_fast_track_stands_in_place_of_the_points(book: Rulebook) -> None:
    found = sheet(book, "title-high-tech")
    assert not found.met
    assert found.enough
    assert found.direct is not None
    assert {c.ref for c in found.direct.clauses} >= {"第四条"}
    assert sheet(book, "no-track").direct is None


def test_without_points_there_is_no_sheet() -> None:
    other = load_folder(FOLDER.parent / "jinan-2020")
    from xingyun.rulebook.facts import Facts

    told = Facts()
    assert score_sheet(other, told, evaluate(other, told)) is None
