"""The points laid out for a reader, on the shipped rulebook that counts them."""

from pathlib import Path

import pytest

from xingyun.rulebook import Rulebook, load_folder
from xingyun.rulebook.cases import load_cases
from xingyun.rulebook.cases.facts import facts
from xingyun.rulebook.cases.schema import ApplicationCase
from xingyun.rulebook.engine import evaluate
from xingyun.rulebook.engine.score_sheet import ScoreSheet, score_sheet

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
