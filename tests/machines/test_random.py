"""Random acts of random people on a few applications, with a clock that moves.

The same few plays in the suite; XINGYUN_FUZZ=1000 plays more, XINGYUN_FUZZ_FROM says with which to begin. A
play that fails tells its number and everything that was done.
"""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest
from tests.factories.ground import make_ground
from tests.machines.acts import ACTS
from tests.machines.play import Play, undone
from tests.machines.tables import APPLICATIONS, Edge
from tests.machines.town import Town

pytestmark = pytest.mark.django_db
PLAYS = int(os.environ.get("XINGYUN_FUZZ", "3"))
START = int(os.environ.get("XINGYUN_FUZZ_FROM", "0"))
ACTS_A_PLAY = 60
BEGIN_WITH, MOST = 3, 5
# How often somebody comes in whose act ends things, or takes them back; all else counts ten.
RARELY = {
    "withdraw": 1, "ask_to_withdraw": 1, "refuse": 2, "disqualify": 1, "revoke": 1, "send_back": 2,
    "return": 2, "return_report": 3, "type": 2, "object": 4,
}  # fmt: skip
HOURS = (1, 3, 24, 24, 120)


class Chance:
    """One play, all of it from its number."""

    def __init__(self, number: int, town: Town) -> None:
        self.dice, self.town = Random(number), town
        for _n in range(BEGIN_WITH):
            self.somebody_applies()
        self.play = Play(town)

    def go(self) -> None:
        """Act after act."""
        for _n in range(ACTS_A_PLAY):
            roll = self.dice.random()
            if roll < 0.04 and len(self.town.applications) < MOST:
                self.somebody_applies()
                self.play.settle()
            elif roll < 0.12:
                self.town.wait(timedelta(hours=self.dice.choice(HOURS)))
            else:
                self.somebody_acts()
        self.play.end()

    def somebody_applies(self) -> None:
        """At one of the doors, for one of the levels."""
        self.town.begin(self.dice.choice(self.town.doors), self.dice.choice(self.town.levels))

    def somebody_acts(self) -> None:
        """Mostly who may, on what it fits; now and then anybody, or on anything."""
        roll = self.dice.random()
        known = {
            name: things
            for name, act in ACTS.items()
            if (things := list((act.on if roll < 0.05 else act.fits)(self.town)))
        }
        if not known:
            return
        names = list(known)
        name = self.dice.choices(names, [RARELY.get(name, 10) for name in names])[0]
        act, thing = ACTS[name], self.dice.choice(known[name])
        people = self.town.people if roll < 0.2 else self.play.right(act, thing)
        if people:
            way = self.dice.choice(act.ways(self.town, thing))
            self.play.do(name, self.dice.choice(people), thing, **way)


@pytest.fixture
def town(at: Callable[[str], datetime], now: datetime) -> Town:
    """Two districts with few places under their city."""
    ground = make_ground(now, rosters={"licheng": 100, "tianqiao": 67})
    return Town(ground, ("licheng", "tianqiao", "city"), ("star-3", "star-4"), at, now)


def test_offices_at_random(town: Town) -> None:
    assert town.people, "everybody is there before the first play, which is undone"
    opened, seen, refused = town.now, {"application": set(), "report": set()}, 0
    for number in range(START, START + PLAYS):
        with undone():
            chance = Chance(number, town)
            try:
                chance.go()
            except Exception as error:
                error.add_note(f"play {number}\n" + "\n".join(chance.play.told))
                raise
        for table, edges in seen.items():
            edges |= chance.play.seen[table]
        refused += chance.play.refused
        town.forget()
        town.wait(opened - town.now)
    # Else the plays go nowhere, and hold nothing that would not hold of itself.
    walked: set[Edge] = seen["application"]
    assert walked <= APPLICATIONS
    assert len(walked) > len(APPLICATIONS) / 4, sorted(walked)
    assert len(seen["report"]) >= 3, seen["report"]
    assert refused > PLAYS * ACTS_A_PLAY / 20
