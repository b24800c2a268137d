"""Days in the ways that papers write them, as ISO dates; a month alone stays a month (2020-03)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

_CHINESE = {sign: str(n) for n, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "О": "0"}
_NUMERAL = "〇零○О一二三四五六七八九十"
_DIGITS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})\s*(?:年|[-./])\s*(?P<m>\d{1,2})\s*(?:(?:月|[-./])\s*(?P<d>\d{1,2})(?!\d)\s*日?|月)"
)
_WORDS = re.compile(
    rf"(?P<y>[{_NUMERAL}]{{4}})年(?P<m>[{_NUMERAL}]{{1,2}})月(?:(?P<d>[{_NUMERAL}]{{1,3}})日)?"
)
_SOLID = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Day:
    """A day that stands at `start` to `end` of a text. `iso` is yyyy-mm-dd, or yyyy-mm for a month."""

    iso: str
    start: int
    end: int

    @property
    def whole(self) -> bool:
        """Whether the day of the month is known."""
        return len(self.iso) == 10


def days_in(text: str) -> Iterator[Day]:
    """Every day and month of a text, in its order; impossible ones are passed over."""
    found = [*_found(_DIGITS, text, int), *_found(_WORDS, text, _numeral)]
    yield from sorted(found, key=lambda day: day.start)


def day_of(text: str) -> str | None:
    """The first whole day of a text, 20200312 included, or None."""
    for day in days_in(text):
        if day.whole:
            return day.iso
    solid = _SOLID.search(text)
    return _iso(*(int(part) for part in solid.groups())) if solid else None


def _found(pattern: re.Pattern[str], text: str, read: Callable[[str], int]) -> Iterator[Day]:
    for match in pattern.finditer(text):
        iso = _iso(read(match["y"]), read(match["m"]), read(match["d"]) if match["d"] else None)
        if iso:
            yield Day(iso, match.start(), match.end())


def _iso(year: int, month: int, day: int | None) -> str | None:
    try:
        exact = date(year, month, 1 if day is None else day)
    except ValueError:
        return None
    return exact.isoformat()[:7] if day is None else exact.isoformat()


def _numeral(words: str) -> int:
    """二〇二〇 → 2020, 十二 → 12, 三十一 → 31."""
    if "十" not in words:
        return int("".join(_CHINESE[sign] for sign in words))
    tens, _ten, ones = words.partition("十")
    return int(_CHINESE.get(tens, "1")) * 10 + int(_CHINESE.get(ones, "0"))
