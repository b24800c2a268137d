"""A small edition of the year: three districts, a dozen enterprises, everything at the pages."""

import pytest
from tests.journeys.house import ROOT, House
from tests.rehearsal.figures import figures
from tests.rehearsal.play import BEGINS, Rehearsal
from tests.rehearsal.plot import Fate, plot

from xingyun.rulebook import load_folder

JINAN = ROOT / "rulebooks" / "jinan-2020"
DISTRICTS, APPLICATIONS = 3, 12


@pytest.mark.journey
@pytest.mark.xdist_group("journey")
def test_a_small_year() -> None:
    """Two rounds; every number of every paper is right, and each trouble has happened."""
    cases = plot(load_folder(JINAN), DISTRICTS, APPLICATIONS)
    with House(JINAN, at=BEGINS) as house:
        played = Rehearsal(house, cases, print)
        played.play()
        found = figures(played)
    assert found["states"]["awarded"] == len(found["announced"])
    assert found["struck"] not in found["announced"]
    assert found["returned"] in found["announced"]
    assert found["acts"]["report.returned"] == 1
    # Two places: of three applicants in the first round and one in the second, one was struck.
    assert found["places"][f"{cases.struck} district-three"] == [2, 2]


def test_a_plot_is_always_the_same_and_has_all_fates() -> None:
    """The same numbers give the same cases; a large one has every fate in every district."""
    book = load_folder(JINAN)
    large = plot(book, 16, 300, by_page=False)
    assert large == plot(book, 16, 300, by_page=False)
    assert len(large.cases) == 300
    assert len(large.districts) == 16
    for district in large.districts:
        first = large.of(district, 1)
        assert {case.fate for case in first} == set(Fate)
        assert [case.fate for case in large.of(district, 2)].count(Fate.PLAIN) == len(large.of(district, 2))
    assert len({case.n for case in large.cases}) == 300
    assert {case.fate for case in large.before} == {Fate.PLAIN, Fate.REFUSED, Fate.WITHDRAWN}
