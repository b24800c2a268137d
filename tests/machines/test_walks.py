"""Every edge of the tables is walked on purpose, by people who may, and everything holds on the way."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from tests.factories.ground import JINAN, make_ground
from tests.machines.play import Play, undone
from tests.machines.tables import TABLES
from tests.machines.town import Town
from tests.machines.walks import WALKS, Hand

pytestmark = pytest.mark.django_db
RULEBOOKS = Path(__file__).parents[1] / "rulebooks"


def town(where: str, at: Callable[[str], datetime]) -> Town:
    """Two districts and their city; a county alone; a county, its city and the province."""
    if where == "two tiers":
        now = at("2020-10-12 09:00")
        ground = make_ground(now, folder=JINAN, rosters={"licheng": 400, "tianqiao": 67})
        return Town(ground, ("licheng", "tianqiao", "city"), ("star-3", "star-4"), at, now)
    if where == "one tier":
        now = at("2021-03-10 09:00")
        return Town(make_ground(now, folder=RULEBOOKS / "lanting-2021"), ("lanting",), ("workshop",), at, now)
    now = at("2023-04-03 09:00")
    ground = make_ground(now, folder=RULEBOOKS / "cangyu-2023")
    return Town(ground, ("wangchao", "lingang", "cangyu"), ("mark-4",), at, now)


@pytest.mark.parametrize("where", ["two tiers", "one tier", "three tiers"])
def test_the_walks(where: str, at: Callable[[str], datetime]) -> None:
    here = town(where, at)
    assert here.people, "everybody is there before the first walk, which is undone"
    opened = here.now
    for walk in (walk for walk in WALKS if walk.where == where):
        with undone():
            play = Play(here)
            walk.go(Hand(play))
            play.end()
        walked = {(table, edge) for table, edges in play.seen.items() for edge in edges}
        assert walk.edges <= walked, (walk.name, walk.edges - walked)
        here.forget()
        here.wait(opened - here.now)


def test_no_edge_is_left_out() -> None:
    """Jobs have a machine of their own."""
    walked = {edge for walk in WALKS for edge in walk.edges}
    known = {(table, edge) for table, edges in TABLES.items() if table != "job" for edge in edges}
    assert known - walked == set()
    assert walked - known == set()
