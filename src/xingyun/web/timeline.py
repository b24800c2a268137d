"""The time line of a round as a page draws it: what was, where we are, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from xingyun.registry.models import Authority
from xingyun.results.queries import Dates, Event
from xingyun.rounds.models import Window
from xingyun.rulebook import Rulebook
from xingyun.web import wording
from xingyun.web.addresses import url

# What ends at its moment, so that midnight is written as the day before, 24:00.
ENDS = frozenset({"closes", "deadline", "batch", "notice_over"})
# What is only a day.
DAYS = frozenset({"issued", "amended"})
SIGNS = {
    "issued": "document",
    "begun": "send",
    "opens": "upload",
    "closes": "lock",
    "batch": "lock",
    "deadline": "clock",
    "noticed": "people",
    "notice_over": "people",
    "announced": "result",
    "amended": "edit",
    "ended": "lock",
}
NEXT = 5


@dataclass(frozen=True, slots=True)
class Line:
    """An event in words; `past` tells on which side of now it lies, `next` the first that comes."""

    at: datetime
    day: str
    time: str
    title: str
    whose: str
    ref: str
    sign: str
    href: str
    past: bool
    next: bool


@dataclass(frozen=True, slots=True)
class Own:
    """An authority's dates of a stage (None: of all that set none), and how far they are."""

    stage: str
    whose: str
    window: Window
    state: str
    ref: str


def lines(dates: Dates, book: Rulebook, now: datetime) -> list[Line]:
    """Everything in its order."""
    coming = next((event for event in dates.events if event.at > now), None)
    return [line(event, book, now, next_=event is coming) for event in dates.events]


def line(event: Event, book: Rulebook, now: datetime, *, next_: bool) -> Line:
    """One event."""
    whole = wording.until(event.at) if event.kind in ENDS else wording.when(event.at)
    day, _space, time = whole.rpartition(" ")
    return Line(
        at=event.at,
        day=wording.day(event.at) if event.kind in DAYS else day,
        time="" if event.kind in DAYS else time,
        title=title(event),
        whose=names(event.offices, book),
        ref=event.ref,
        sign=SIGNS[event.kind],
        href=href(event),
        past=event.at <= now,
        next=next_,
    )


def title(event: Event) -> str:
    """What happens, in words."""
    name = wording.tell(event.name)
    words = {
        "issued": _("通知印发"),
        "begun": _("批次开启"),
        "opens": _("%(name)s开始") % {"name": name},
        "closes": _("%(name)s截止") % {"name": name},
        "batch": _("%(name)s截止") % {"name": name},
        "deadline": name,
        "noticed": _("拟认定名单开始公示"),
        "notice_over": _("公示结束"),
        "announced": _("公布认定结果"),
        "amended": _("修订后的规则起用"),
        "ended": _("批次结束"),
    }
    return words[event.kind]


def href(event: Event) -> str:
    """Where there is more of it, for everybody."""
    if event.kind in ("noticed", "notice_over"):
        return url("public_notice", event.uid)
    return url("announcement", event.uid) if event.kind == "announced" else ""


def names(offices: Iterable[Authority], book: Rulebook) -> str:
    """The offices in the language of the page; empty for all."""
    known = {a.key: wording.tell(a.name) for a in book.authorities}
    return _("、").join(known.get(office.key, office.name) for office in offices)


def coming(listed: Iterable[Line]) -> list[Line]:
    """What comes next, with the days that are left."""
    return [one for one in listed if not one.past][:NEXT]


def own_dates(dates: Dates, book: Rulebook, now: datetime) -> list[Own]:
    """Every authority's dates, in the rulebook's order of the stages."""
    found = []
    for stage in book.windows:
        for window in (w for w in dates.windows if w.stage == stage.key):
            whose = names([window.authority], book) if window.authority else ""
            state = "later" if now < window.opens else "open" if now < window.closes else "over"
            found.append(Own(wording.tell(stage.name), whose, window, state, stage.clause[0]))
    return found


def stage_names(book: Rulebook) -> dict[str, str]:
    """What the stages are called."""
    return {stage.key: wording.tell(stage.name) for stage in book.windows}
