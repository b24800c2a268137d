"""What is counted of some applications, as it adds up over offices; and what is kept of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

# Spending is counted in steps of 1,000 yuan (0.1 万元), which is as exact as a page shows it.
STEP_FEN = 100_000
# So many providers are named; the others are one line.
PROVIDERS = 15


@dataclass(slots=True)
class Tally:
    """Numbers of applications, by what each counter is named after; sums are fen.

    `spends` counts (level, steps of STEP_FEN), `spells` (state, whole hours spent in it), `days` the first
    submissions of each day. `sellers` counts contracts by the name on them: codes are often left out.
    """

    states: Counter[str] = field(default_factory=Counter)
    levels: Counter[tuple[int, str]] = field(default_factory=Counter)
    industries: Counter[str] = field(default_factory=Counter)
    deployments: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    spends: Counter[tuple[str, int]] = field(default_factory=Counter)
    spells: Counter[tuple[str, int]] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    sellers: Counter[str] = field(default_factory=Counter)
    seller_sums: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Take another office's numbers in."""
        for one in fields(self):
            getattr(self, one.name).update(getattr(other, one.name))

    def figures(self) -> dict[str, Any]:
        """What is kept: whole numbers and texts only."""
        return {
            "states": dict(self.states),
            "levels": [[office, level, n] for (office, level), n in sorted(self.levels.items())],
            "industries": dict(self.industries),
            "deployments": dict(self.deployments),
            "spend": self._spend(),
            "providers": self._providers(),
            "stages": self._stages(),
            "days": sorted(self.days.items()),
        }

    def _spend(self) -> list[list[Any]]:
        """[level, applications, sum, median] in fen; the first line, without a level, is of all."""
        found = []
        for level in ("", *sorted(self.sums)):
            steps = Counter[int]()
            for (own, step), n in self.spends.items():
                steps[step] += n if level in ("", own) else 0
            fen = sum(self.sums.values()) if level == "" else self.sums[level]
            found.append([level, steps.total(), fen, percentile(steps, 50) * STEP_FEN])
        return found

    def _providers(self) -> list[list[Any]]:
        """[name, contracts, sum] of those with most contracts; a last line without a name for the others."""
        order = sorted(self.sellers, key=lambda key: (-self.sellers[key], -self.seller_sums[key], key))
        named, rest = order[:PROVIDERS], order[PROVIDERS:]
        lines = [[key, self.sellers[key], self.seller_sums[key]] for key in named]
        sums = (sum(of[key] for key in rest) for of in (self.sellers, self.seller_sums))
        return [*lines, ["", *sums]] if rest else lines

    def _stages(self) -> list[list[Any]]:
        """[state, stays that ended, median, 90th percentile] in whole hours."""
        by_state: dict[str, Counter[int]] = {}
        for (state, hours), n in self.spells.items():
            by_state.setdefault(state, Counter())[hours] += n
        return [
            [state, hours.total(), percentile(hours, 50), percentile(hours, 90)]
            for state, hours in sorted(by_state.items())
        ]


def percentile(counts: Mapping[int, int], share: int) -> int:
    """The least value that `share` per cent of all do not exceed; 0 where there is none."""
    rank, seen = -(-sum(counts.values()) * share // 100), 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= rank:
            return value
    return 0


def together(tallies: Iterable[Tally]) -> Tally:
    """The sum of some."""
    whole = Tally()
    for one in tallies:
        whole.add(one)
    return whole
