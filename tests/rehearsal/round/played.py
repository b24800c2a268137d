"""The story of one round with its crowd: what is told beside it is the rehearsal's own."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys.house import Family, House
from tests.rehearsal.enterprises import Enterprise
from tests.rehearsal.play import Rehearsal
from tests.rehearsal.plot import Fate, Plot
from tests.rehearsal.round.crowd import Crowd
from tests.rehearsal.round.ground import Wanted
from tests.rehearsal.round.timetable import BEGINS, CLOSES, OPENS, SIZES, Size


class Grounds(House):
    """A house whose offices, rosters and accounts are there before anybody comes."""

    def __init__(
        self, folder: Path, plot: Plot, roster: int, *, patient: bool, environment: dict[str, str]
    ) -> None:
        """`patient`: the worker also reads and checks the evidence, which nobody waits for."""
        super().__init__(folder, at=BEGINS)
        self.plot, self.roster = plot, roster
        self.environment |= {"XINGYUN_PROXIES": "1", **environment}
        if patient:
            del self.environment["XINGYUN_URGENT_ONLY"]

    def seed(self) -> list[Family]:
        """By the acts that people would use, in one process."""
        wanted = Wanted(
            rulebook=str(self.rulebooks[0]),
            at=self.at,
            opens=OPENS,
            closes=CLOSES,
            roster=self.roster,
            enterprises=tuple((case.n, case.district) for case in self.plot.cases),
            numbered=numbered(self.plot),
        )
        self.run([sys.executable, "-m", "tests.rehearsal.round.ground"], told=wanted.told())
        return []


def numbered(plot: Plot) -> tuple[str, ...]:
    """The offices whose document numbers are given here: all that have no paper of their own to go round."""
    top = [a.key for a in plot.book.authorities if a.parent is None]
    return (*top, *(key for key in plot.districts if not plot.on_paper(key)))


@dataclass
class Round(Rehearsal):
    """One round, in which a crowd applies at the pages."""

    size: Size = field(default=SIZES["small"])

    def __post_init__(self) -> None:
        super().__post_init__()
        self.crowd = Crowd(self, self.size)
        for key in numbered(self.plot):
            self.offices[key].numbered = True

    def play(self) -> None:
        """From the first application to the announcement."""
        self.round_one()

    def apply(self, round_: int) -> None:
        """The crowd comes; what other bodies know is looked up when all is taken in."""
        self.say(f"第 {round_} 批：填报，每人每页平均看 {self.size.think:.1f} 秒")
        self.crowd.come()
        self.each(lambda district: self.offices[district].look_up())

    def of(self, district: str, round_: int, *fates: Fate) -> list[Enterprise]:
        """Whoever came too late is not among them."""
        return [one for one in super().of(district, round_, *fates) if one not in self.crowd.late]
