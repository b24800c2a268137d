"""What somebody has chosen to see in the queue, as an address holds it: no rows, and no right to any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from xingyun.applications.queries import OLDEST, Filters
from xingyun.applications.states import State

SEEN = tuple(state for state in State if state != State.DRAFT)
SHORTEST, LONGEST = 2, 60
LEVEL = 40
# The address of a list that nothing narrows.
ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Filters, search and order of a queue; `words` is what was typed, which may be too short to search."""

    states: tuple[State, ...] = ()
    level: str = ""
    words: str = ""
    doubts: bool = False
    sort: str = ""

    @property
    def text(self) -> str:
        """What is searched for; nothing while the words are too short."""
        return self.words if len(self.words) >= SHORTEST else ""

    @property
    def empty(self) -> bool:
        """Whether it narrows nothing; the order does not."""
        return not (self.states or self.level or self.words or self.doubts)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Its parts as an address or hidden fields hold them, always in the same order."""
        several = [("state", state.value) for state in SEEN if state in self.states]
        doubts = "yes" if self.doubts else ""
        single = [("level", self.level), ("q", self.words), ("doubts", doubts), ("sort", self.sort)]
        return several + [(name, value) for name, value in single if value]

    @property
    def query(self) -> str:
        """All of it in one text, by which a view or a list is known; never empty."""
        return urlencode(self.pairs) or ALL

    def filters(self, round_id: int | None, *, after: str = "") -> Filters:
        """The same as the queue's own filters."""
        return Filters(
            round_id=round_id,
            states=self.states,
            level=self.level,
            text=self.text,
            doubts=self.doubts,
            sort=self.sort,
            after=after,
        )


def choice_of(asked: QueryDict) -> Choice:
    """What an address asks for; whatever makes no sense is left out."""
    known = set(asked.getlist("state"))
    sort = asked.get("sort", "")
    return Choice(
        states=tuple(state for state in SEEN if state.value in known),
        level=asked.get("level", "")[:LEVEL],
        words=asked.get("q", "").strip()[:LONGEST],
        doubts=asked.get("doubts", "") == "yes",
        sort=sort if sort == OLDEST else "",
    )


def chosen(query: str) -> Choice:
    """The choice that a text of `Choice.query` says."""
    return choice_of(QueryDict(query))


def facts_of(choice: Choice) -> Mapping[str, Sequence[str] | str | bool]:
    """What the record says of it: a search may name somebody, so only whether there was one."""
    return {
        "states": [state.value for state in choice.states],
        "level": choice.level,
        "doubts": choice.doubts,
        "searched": bool(choice.text),
    }
