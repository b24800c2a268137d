"""A field and everything that the file's sources say about it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Source = Literal["xml", "ofd", "qr", "meta", "text"]
# The most reliable first; where sources differ, the first one's value is put forward, and all are shown.
SOURCES: tuple[Source, ...] = ("xml", "ofd", "qr", "meta", "text")
Value = str | int
MOST = 200  # readings of one field by one source; a real file has a few


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was read: the source, the page (from 1), and which part of the file.

    `box` is where on the page as it is shown: left, top, right, bottom in a thousandth of it.
    """

    source: Source
    page: int | None = None
    where: str = ""
    box: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One reading of one field. Sums are fen, days are ISO dates, everything else is text."""

    value: Value
    origin: Origin


@dataclass(frozen=True)
class Field:
    """All readings of a field, the most reliable first."""

    readings: tuple[Said, ...]

    @property
    def value(self) -> Value:
        """What the most reliable source says."""
        return self.readings[0].value

    @property
    def differs(self) -> bool:
        """Whether two sources say different things."""
        return len({_same(said.value) for said in self.readings}) > 1

    def distinct(self) -> list[tuple[Value, list[Origin]]]:
        """Each value with every place that says it."""
        found: dict[Value, tuple[Value, list[Origin]]] = {}
        for said in self.readings:
            origins = found.setdefault(_same(said.value), (said.value, []))[1]
            if said.origin not in origins:
                origins.append(said.origin)
        return list(found.values())


@dataclass
class Record:
    """What one source says of one thing, being gathered."""

    said: dict[str, list[Said]] = field(default_factory=dict)

    def add(self, name: str, value: Value | None, origin: Origin) -> None:
        """Note a reading; nothing and empty text are none."""
        if value is not None and value != "" and len(self.said.get(name, ())) < MOST:
            self.said.setdefault(name, []).append(Said(value, origin))

    def take(self, other: "Record") -> None:
        """Add everything that another source says."""
        for name, said in other.said.items():
            self.said.setdefault(name, []).extend(said)

    def values(self, name: str) -> set[Value]:
        """The distinct values of a field."""
        return {said.value for said in self.said.get(name, ())}

    def pages(self) -> set[int]:
        """The pages that were read."""
        return {s.origin.page for said in self.said.values() for s in said if s.origin.page is not None}

    def fields(self, names: Iterable[str]) -> dict[str, Field]:
        """The fields that something is known of, in the order of `names`."""
        return {name: Field(tuple(sorted(self.said[name], key=_rank))) for name in names if name in self.said}


def _rank(said: Said) -> int:
    return SOURCES.index(said.origin.source)


def _same(value: Value) -> Value:
    """Two ways of writing the same: full-width brackets, blanks, small letters."""
    if isinstance(value, int):
        return value
    return "".join(unicodedata.normalize("NFKC", value).split()).upper()
