"""What has become of a title: whether it holds on a day, at which level, until when, and why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from xingyun.rulebook import months
from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.engine.span import day
from xingyun.rulebook.schema.aftercare import Titles
from xingyun.rulebook.text import Text

State = Literal["not_yet", "valid", "recheck_due", "demoted", "expired", "lapsed", "cancelled"]

NOT_YET = Text("{awarded}起有效。", "Valid from {awarded}.")
VALID = Text("有效，至{until}。", "Valid until {until}.")
OPEN = Text("有效，没有规定期限。", "Valid; no term is set.")
DUE = Text("应在{due}以前复核，还没有复核。", "A re-check was due by {due}.")
DEMOTED = Text("{on}复核，降为“{level}”。", "Taken down to “{level}” by the re-check of {on}.")
EXPIRED = Text("有效期至{until}，已期满。", "The term ended on {until}.")
LAPSED = Text("{on}公布的名单没有列入，称号失效。", "Not on the list of {on}, so the title has lapsed.")
FAILED = Text("{on}复核不合格，称号取消。", "Cancelled: the re-check of {on} was not passed.")
MISSED = Text("连续 {n} 次没有确认，称号取消。", "Cancelled: not confirmed {n} times in a row.")
CANCELLED = Text("{on}取消。", "Cancelled on {on}.")


@dataclass(frozen=True, slots=True)
class Recheck:
    """A re-check: its day, and the highest level still met (a key; None: none)."""

    on: date
    met: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A later list of the programme, and whether the title stands on it."""

    on: date
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A title as it was awarded, and what has happened since."""

    level: str
    awarded_on: date
    rechecks: tuple[Recheck, ...] = ()
    confirmations: tuple[date, ...] = ()
    lists: tuple[Listing, ...] = ()
    cancelled_on: date | None = None


class Standing(NamedTuple):
    """A title on a day: its level (None: it is none any more), the last day of its term (None: no end)."""

    state: State
    level: str | None
    until: date | None
    words: Text
    clause: str


class End(NamedTuple):
    """The first day without the title, and why."""

    on: date
    state: State
    words: Text


def term_end(rule: Titles, awarded_on: date, extensions: int = 0, level: str | None = None) -> date | None:
    """The last day of the term of that level after so many extensions, None where there is none.

    The day of the award is the first of the term, so three years from 15 June end with 14 June.
    """
    term = rule.months_of(level)
    if term is None:
        return None
    return _last(awarded_on, term + 12 * extensions * (rule.extension_years or 0))


def _last(awarded_on: date, n: int) -> date:
    """The last of so many months that begin with the award."""
    return months.complete(awarded_on, n, inclusive=True)


def standing(book: Rulebook, history: History, on: date) -> Standing:
    """What the title is on that day."""
    rule = book.titles
    if on < history.awarded_on:
        return Standing("not_yet", None, None, NOT_YET.fill(awarded=day(history.awarded_on)), rule.clause)
    stopped = min((e for e in _stops(rule, history) if e.on <= on), default=None, key=lambda e: e.on)
    life = _Life(book, history)
    for recheck in sorted(history.rechecks, key=lambda r: r.on):
        if history.awarded_on <= recheck.on <= on and (stopped is None or recheck.on < stopped.on):
            life.look(recheck)
    ended = min((e for e in (stopped, life.end(on)) if e), default=None, key=lambda e: e.on)
    if ended is not None:
        return Standing(ended.state, None, life.until, ended.words, rule.clause)
    return life.standing(on)


def _stops(rule: Titles, history: History) -> Iterator[End]:
    """What ends a title whatever the re-checks say."""
    if history.cancelled_on is not None:
        yield End(history.cancelled_on, "cancelled", CANCELLED.fill(on=day(history.cancelled_on)))
    if rule.lapse == "unless_listed":
        for one in history.lists:
            if one.on > history.awarded_on and not one.listed:
                yield End(one.on, "lapsed", LAPSED.fill(on=day(one.on)))
    yield from _missed(rule, history)


def _missed(rule: Titles, history: History) -> Iterator[End]:
    """The day after the last of so many periods in a row without a confirmation.

    A period ends with the day before the anniversary of the award; a confirmation on it still counts.
    """
    if rule.confirmation is None:
        return
    start, missed, n = months.previous_day(history.awarded_on), 0, 0
    while missed < rule.confirmation.misses:
        n += 1
        last = _last(history.awarded_on, 12 * rule.confirmation.every_years * n)
        if last == start:
            return  # the calendar has ended
        confirmed = any(start < c <= last for c in history.confirmations)
        missed = 0 if confirmed else missed + 1
        start = last
    yield End(months.next_day(start), "cancelled", MISSED.fill(n=rule.confirmation.misses))


class _Life:
    """A title as its re-checks, one after the other, leave it."""

    def __init__(self, book: Rulebook, history: History) -> None:
        self.book = book
        self.history = history
        self.level = history.level
        self.passed = 0
        self.until = term_end(book.titles, history.awarded_on, level=history.level)
        self.failed: End | None = None
        self.demoted: Recheck | None = None

    def look(self, recheck: Recheck) -> None:
        """Takes one re-check in; after the title's end it changes nothing."""
        if self.failed or (self.until is not None and recheck.on > self.until):
            return
        rank = {level.key: level.rank for level in self.book.levels}
        if recheck.met is None or (self._is_below(rank, recheck.met) and self.book.titles.demotion == "none"):
            self.failed = End(recheck.on, "cancelled", FAILED.fill(on=day(recheck.on)))
            return
        if self._is_below(rank, recheck.met):
            self.level, self.demoted = recheck.met, recheck
        self.passed += 1
        history = self.history
        self.until = term_end(self.book.titles, history.awarded_on, self.passed, history.level)

    def _is_below(self, rank: dict[str, int], met: str) -> bool:
        return rank[met] < rank[self.level]

    def end(self, on: date) -> End | None:
        """The end that has come by that day."""
        if self.failed is None and self.until is not None and on > self.until:
            return End(months.next_day(self.until), "expired", EXPIRED.fill(until=day(self.until)))
        return self.failed

    def standing(self, on: date) -> Standing:
        """The title while it holds."""
        due = self._due()
        state: State = "demoted" if self.demoted else "valid"
        words = VALID.fill(until=day(self.until)) if self.until else OPEN
        if self.demoted:
            name = self.book.level(self.level).name
            words = DEMOTED.fill(level=name, on=day(self.demoted.on))
        if due is not None and on > due:
            state, words = "recheck_due", DUE.fill(due=day(due))
        return Standing(state, self.level, self.until, words, self.book.titles.clause)

    def _due(self) -> date | None:
        every = self.book.titles.recheck_years
        if every is None:
            return None
        return _last(self.history.awarded_on, 12 * every * (self.passed + 1))
