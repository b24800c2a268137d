"""The dates of a round: windows with what they were before, the rulebook's calendar, notices, amendments."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise

from xingyun.clock import ZONE
from xingyun.registry.models import Authority
from xingyun.results.models import Announcement, Notice
from xingyun.rounds.models import Amendment, Round, Window
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook, Text
from xingyun.rulebook.text import EMPTY


@dataclass(frozen=True, slots=True)
class Change:
    """A window that was replaced: whose, how it was, when and why it was changed."""

    window: Window
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something at a moment; an end is the first moment after it.

    `kind`: issued, begun, opens, closes, batch, deadline, noticed, notice_over, announced, amended, ended.
    `name` is the rulebook's, `offices` whose it is (empty: of all), `uid` that of notice or announcement.
    """

    at: datetime
    kind: str
    name: Text = EMPTY
    ref: str = ""
    offices: tuple[Authority, ...] = ()
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """All dates of a round in their order, its live windows, and what was changed, the newest first."""

    events: tuple[Event, ...]
    windows: tuple[Window, ...]
    changes: tuple[Change, ...]


def dates(round: Round) -> Dates:
    """Everything with a date in a round (four queries)."""
    known = Window.objects.filter(round=round).select_related("authority")
    every = list(known.order_by("stage", "authority_id", "set_at", "id"))
    live = tuple(w for w in every if w.replaced_at is None)
    book = rulebook_of(round.edition)
    found = [*_of_round(round, book), *_of_windows(live, book), *_of_book(book), *_of_results(round)]
    amended = Amendment.objects.filter(round=round, withdrawn_at=None)
    days = amended.values_list("effective_on", flat=True)
    found += [Event(at=datetime.combine(day, time.min, ZONE), kind="amended") for day in days]
    order = {kind: n for n, kind in enumerate(("closes", "deadline", "notice_over", "opens"))}
    found.sort(key=lambda event: (event.at, order.get(event.kind, len(order))))
    return Dates(tuple(found), live, tuple(_changes(every)))


def _changes(every: Iterable[Window]) -> list[Change]:
    """Each replaced window with the reason that its successor gives."""
    by_place: dict[tuple[str, int | None], list[Window]] = defaultdict(list)
    for window in every:
        by_place[window.stage, window.authority_id].append(window)
    found = [Change(before, after.reason) for own in by_place.values() for before, after in pairwise(own)]
    return sorted(found, key=lambda change: change.window.replaced_at or change.window.set_at, reverse=True)


def _of_round(round: Round, book: Rulebook) -> Iterator[Event]:
    yield Event(at=datetime.combine(book.issued_on, time.min, ZONE), kind="issued")
    if round.opened_at:
        yield Event(at=round.opened_at, kind="begun")
    if round.closed_at:
        yield Event(at=round.closed_at, kind="ended")


def _of_windows(live: Iterable[Window], book: Rulebook) -> Iterator[Event]:
    """Openings and closings, those of several authorities at one moment together."""
    alike: dict[tuple[datetime, str, str], list[Window]] = defaultdict(list)
    for window in live:
        alike[window.opens, "opens", window.stage].append(window)
        alike[window.closes, "closes", window.stage].append(window)
    known = {stage.key: stage for stage in book.windows}
    for (at, kind, key), windows in alike.items():
        if (stage := known.get(key)) is None:
            continue
        offices = tuple(w.authority for w in windows if w.authority is not None)
        whose = () if len(offices) < len(windows) else offices
        yield Event(at=at, kind=kind, name=stage.name, ref=stage.clause[0], offices=whose)


def _of_book(book: Rulebook) -> Iterator[Event]:
    for deadline in book.deadlines:
        at = book.closes(deadline.key)
        yield Event(at=at, kind="deadline", name=deadline.name, ref=deadline.clause[0])
    for stage in book.windows:
        # The last batch ends with its window.
        for batch in stage.batches[:-1]:
            ends = book.batch_dates(stage.key, batch.closes)
            if ends is not None:
                yield Event(at=ends[1], kind="batch", name=batch.name, ref=stage.clause[0])


def _of_results(round: Round) -> Iterator[Event]:
    for uid, opens, closes in Notice.objects.filter(round=round).values_list("uid", "opens", "closes"):
        yield Event(at=opens, kind="noticed", uid=str(uid))
        yield Event(at=closes, kind="notice_over", uid=str(uid))
    announced = Announcement.objects.filter(notice__round=round)
    for uid, at in announced.values_list("uid", "announced_at"):
        yield Event(at=at, kind="announced", uid=str(uid))
