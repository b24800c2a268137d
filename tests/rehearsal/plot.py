"""Who applies where, and what becomes of it: always the same, so that two runs can be compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from xingyun.rulebook import Rulebook


class Fate(StrEnum):
    """What becomes of an application before it is decided on."""

    PLAIN = "plain"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Case:
    """The n-th enterprise, its district, the level it wants, its fate, the round in which it applies.

    One that is not `by_page` has handed in before the rehearsal begins.
    """

    n: int
    district: str
    level: str
    fate: Fate
    round: int = 1
    by_page: bool = True


# A large district has one of each; a small one has the one that its number names.
LARGE = 8
FATES = (Fate.RETURNED, Fate.REFUSED, Fate.WITHDRAWN, Fate.DRAFT)
BUSY = (Fate.RETURNED, Fate.DRAFT)
EVERY = 3  # enterprises apply for the second level


@dataclass(frozen=True, slots=True)
class Plot:
    """The cases of a rehearsal, and which district has which trouble."""

    book: Rulebook
    districts: tuple[str, ...]
    cases: tuple[Case, ...]

    def of(self, district: str, round_: int) -> list[Case]:
        """The cases of a district in one round."""
        return [case for case in self.cases if case.district == district and case.round == round_]

    @property
    def before(self) -> list[Case]:
        """Those that have handed in before the rehearsal begins."""
        return [case for case in self.cases if not case.by_page]

    @property
    def neighbours(self) -> list[str]:
        """The same as the house wants them told."""
        return [f"{case.district}:{case.level}" for case in self.before]

    @property
    def returned_report(self) -> str:
        """The district whose report the city gives back in part."""
        return self.districts[0]

    @property
    def struck(self) -> str:
        """The district with fewer places than applicants of which a name is struck from the list."""
        return self.districts[min(2, len(self.districts) - 1)]

    def on_paper(self, district: str) -> bool:
        """Whether the district's finance never signs in, and countersigns on paper."""
        return self.districts.index(district) % 3 == 1

    def denies(self, district: str) -> bool:
        """Whether the district turns down one that was accepted."""
        return len(self.of(district, 1)) >= LARGE


def plot(book: Rulebook, districts: int, applications: int, *, by_page: bool = True, rounds: int = 2) -> Plot:
    """`applications` over `districts`; one in fifteen, at least one a district, in the second of two rounds.

    Without `by_page` most of a large district have handed in before: all but the first of each fate that has
    more to do at the pages.
    """
    entry = {authority.parent for authority in book.authorities}
    keys = tuple(a.key for a in book.authorities if a.key not in entry)[:districts]
    later = max(districts, applications // 15) if rounds > 1 else 0
    first = applications - later
    drawn = (*_round(book, keys, 1, first, 0, by_page), *_round(book, keys, 2, later, first, True))
    return Plot(book, keys, drawn)


def _round(
    book: Rulebook, keys: tuple[str, ...], round_: int, count: int, before: int, by_page: bool
) -> Iterator[Case]:
    levels = [level.key for level in book.levels[:2]]
    share, rest = divmod(count, len(keys))
    n = before
    for at, key in enumerate(keys):
        size = share + (at < rest)
        for place in range(size):
            n += 1
            fate = _fate(at, place, size) if round_ == 1 else Fate.PLAIN
            at_pages = by_page or size < LARGE or fate in BUSY or place == len(FATES)
            yield Case(n, key, levels[place % EVERY == 1], fate, round_, at_pages)


def _fate(district: int, place: int, size: int) -> Fate:
    if size >= LARGE:
        return FATES[place] if place < len(FATES) else Fate.PLAIN
    # In a small one the last has it; the third keeps all, for it has more of them than places.
    if place != size - 1 or district == 2:
        return Fate.PLAIN
    return FATES[district % len(FATES)]
