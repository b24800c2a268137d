"""The course of a round as the public sees it: what is dated, what runs now, what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import gettext as _

from xingyun.clock import ZONE
from xingyun.rounds.models import Window
from xingyun.rulebook import Rulebook
from xingyun.rulebook.calendar import last_moment
from xingyun.rulebook.schema.procedure import Deadline, Stage
from xingyun.web import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of the time line; state is done, now, due or empty."""

    when: str
    label: str
    note: str
    state: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that has to be done before `ends` (exclusive)."""

    label: str
    ends: datetime
    ref: str
    own_dates: bool = False


def dues(book: Rulebook, windows: Mapping[str, Window]) -> list[Due]:
    """What is due, by windows (of the authority that is looked at) and by the notice's own deadlines."""
    found = [
        Due(wording.tell(w.name), windows[w.key].closes, w.clause[0], w.set_by is not None)
        for w in book.windows
        if w.key in windows
    ]
    found += [Due(wording.tell(d.name), end_of(d), d.clause[0]) for d in book.deadlines]
    return sorted(found, key=lambda due: due.ends)


def end_of(deadline: Deadline) -> datetime:
    """The exclusive end of a deadline."""
    return last_moment(deadline.on, inclusive=deadline.inclusive)


def course(book: Rulebook, windows: Mapping[str, Window], now: datetime) -> list[Point]:
    """The points in the order of the rulebook's stages, after the day of the notice."""
    issued = datetime.combine(book.issued_on, time.min, ZONE)
    issuer = book.programme.issuer_en if wording.english() else book.programme.issuer
    first = Point(when=wording.day(issued), label=_("通知印发"), note=issuer, state="done")
    return [first, *(point for leg in legs(book, windows) for point in leg.points(now))]


@dataclass(frozen=True, slots=True)
class Leg:
    """A stage between two moments, as far as they are known; `own` where the dates are the stage's own."""

    stage: Stage
    begins: datetime | None
    ends: datetime | None
    own: bool

    def points(self, now: datetime) -> Iterable[Point]:
        """The stage; behind an open window its end is a point of its own."""
        label, note, ref = wording.tell(self.stage.name), wording.tell(self.stage.words), self.stage.clause[0]
        yield Point(when=self.when(), label=label, note=note, state=self.state(now), ref=ref)
        if self.stage.window and self.ends:
            over = "done" if self.ends <= now else "due"
            late = _("%(stage)s截止") % {"stage": label}
            yield Point(
                when=wording.until(self.ends), label=late, note=_("逾期不予受理"), state=over, ref=ref
            )

    def state(self, now: datetime) -> str:
        """done, now, due (a date to be kept) or empty."""
        if self.ends and self.ends <= now:
            return "done"
        if self.begins and self.begins <= now and self.ends:
            return "now"
        return "due" if self.own and not self.stage.window else ""

    def when(self) -> str:
        """The dates in words."""
        if self.stage.window and self.begins:
            return _("%(day)s 起") % {"day": wording.day(self.begins)}
        if self.own and self.ends:
            return wording.until(self.ends)
        if self.begins and self.ends:
            return _("%(first)s至 %(last)s") % {
                "first": wording.day(self.begins),
                "last": wording.last_day(self.ends),
            }
        return _("随后")


def legs(book: Rulebook, windows: Mapping[str, Window]) -> list[Leg]:
    """The stages with their dates; left out is what comes before the first dated one, open at any time."""
    dated = [stage.window in windows or stage.deadline is not None for stage in book.stages]
    stages = book.stages[dated.index(True) :] if any(dated) else book.stages
    found: list[Leg] = []
    for n, stage in enumerate(stages):
        window = windows.get(stage.window or "")
        begins = window.opens if window else next((leg.ends for leg in reversed(found) if leg.own), None)
        own_end = _own_end(book, stage, windows)
        ends = own_end or next((e for s in stages[n + 1 :] if (e := _own_end(book, s, windows))), None)
        found.append(Leg(stage, begins, ends, own_end is not None))
    return found


def _own_end(book: Rulebook, stage: Stage, windows: Mapping[str, Window]) -> datetime | None:
    if stage.deadline:
        return end_of(book.deadline(stage.deadline))
    return windows[stage.window].closes if stage.window and stage.window in windows else None
