"""Industry classes of GB/T 4754-2017 (National Bureau of Statistics), kept in data/gbt4754_2017.csv."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Industry:
    """A class of any level: 1 section (A), 2 division (01), 3 group (011), 4 class (0111)."""

    code: str
    parent: str
    level: int
    name: str


@dataclass(frozen=True, slots=True)
class Industries:
    """The whole list by code."""

    by_code: Mapping[str, Industry]

    def get(self, code: str) -> Industry | None:
        """The class of that code, or None."""
        return self.by_code.get(code.strip().upper())

    def trail(self, code: str) -> tuple[Industry, ...]:
        """From the section down to the class of that code."""
        found = self.get(code)
        return (*self.trail(found.parent), found) if found else ()

    def search(self, words: str, limit: int = 20) -> tuple[Industry, ...]:
        """Classes whose code begins with `words` or whose name has them, the finest and shortest first."""
        wanted = words.strip().upper()
        if not wanted:
            return ()
        hits = [i for i in self.by_code.values() if i.code.startswith(wanted) or wanted in i.name.upper()]
        hits.sort(key=lambda i: (not i.code.startswith(wanted), -i.level, len(i.name), i.code))
        return tuple(hits[:limit])


def read(text: str) -> Industries:
    """A list from CSV with the columns code, parent, level, name."""
    rows = csv.DictReader(text.splitlines())
    found = [Industry(r["code"], r["parent"], int(r["level"]), r["name"]) for r in rows]
    return Industries({i.code: i for i in found})


@lru_cache(maxsize=1)
def gbt4754() -> Industries:
    """The packaged list."""
    source = resources.files("xingyun.rulebook") / "data" / "gbt4754_2017.csv"
    return read(source.read_text("utf-8"))
