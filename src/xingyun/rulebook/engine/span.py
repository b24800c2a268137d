"""A window of days with its edges, and days in words."""

from datetime import date
from typing import Literal, NamedTuple

from xingyun.rulebook.text import EMPTY, Text

Side = Literal["before", "inside", "after"]

_SINCE = Text("{first}以来", " since {first}")
_BETWEEN = Text("{first}至{last}", " from {first} to {last}")
_UNTIL = Text("{last}为止", " up to {last}")
_OPEN = Text("（不含当日）", " (not included)")


class Span(NamedTuple):
    """The days from `first` to `last`; None leaves an end open, an end that is not `in` lies outside."""

    first: date | None
    last: date | None
    first_in: bool = True
    last_in: bool = True

    def side(self, on: date) -> Side:
        """On which side of the window a day lies."""
        if self.first is not None and (on < self.first or (on == self.first and not self.first_in)):
            return "before"
        if self.last is not None and (on > self.last or (on == self.last and not self.last_in)):
            return "after"
        return "inside"

    @property
    def words(self) -> Text:
        """The window as people say it; the English begins with a space. Empty where both ends are open."""
        first, last = _edge(self.first, self.first_in), _edge(self.last, self.last_in)
        if first and last:
            return _BETWEEN.fill(first=first, last=last)
        if first:
            return _SINCE.fill(first=first)
        return _UNTIL.fill(last=last) if last else EMPTY


def _edge(on: date | None, included: bool) -> Text | None:
    if on is None:
        return None
    return day(on) if included else Text(day(on).zh + _OPEN.zh, day(on).en + _OPEN.en)


def day(on: date) -> Text:
    """A day as people write it."""
    return Text(f"{on.year}年{on.month}月{on.day}日", on.isoformat())
