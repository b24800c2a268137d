"""Several programmes beside each other: what is open, the deadline first, and which one is meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun import clock
from xingyun.applications.queries import apply_stage
from xingyun.results.models import Notice
from xingyun.rounds.models import Round, Window
from xingyun.rounds.states import RoundState
from xingyun.web import answers
from xingyun.web.public import nebula
from xingyun.web.public.edition import Current, currents


@dataclass(frozen=True, slots=True)
class Entry:
    """A programme: how far its round is, until when applications are taken (the earliest end to come).

    `own_dates`: other authorities close on other days. `running` is its proposed list on public notice.
    """

    here: Current
    phase: str
    closes: datetime | None
    own_dates: bool
    running: Notice | None

    @property
    def open(self) -> bool:
        """Whether its round is open."""
        return bool(self.here.round.state == RoundState.OPEN)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The first page where there are several programmes; they may be none yet."""
    entries = entries_of(currents(), clock.now())
    if not entries:
        return answers.page(request, "public/nothing.html", {})
    mapped = next((e.here.book for e in entries if e.open and e.here.book.domains), None)
    drawn = nebula.drawn(mapped) if mapped else {}
    return answers.page(request, "public/programmes.html", {"entries": entries, "mapped": mapped, **drawn})


def which(request: HttpRequest, page: str, question: str) -> HttpResponse:
    """The page of that name exists once for each programme: which one is meant?"""
    entries = entries_of(currents(), clock.now())
    if not entries:
        return answers.page(request, "public/nothing.html", {})
    context = {"entries": entries, "page": page, "question": question}
    return answers.page(request, "public/which.html", context)


def entries_of(found: list[Current], now: datetime) -> list[Entry]:
    """The programmes, those first whose applications close next (two queries)."""
    rounds = [one.round.pk for one in found]
    windows = list(Window.objects.filter(round__in=rounds, replaced_at=None)) if rounds else []
    notices = Notice.objects.filter(round__in=rounds, opens__lte=now, closes__gt=now).order_by("-seq")
    running = {notice.round_id: notice for notice in reversed(notices)} if rounds else {}
    entries = [
        entry(one, [w for w in windows if w.round_id == one.round.pk], running.get(one.round.pk), now)
        for one in found
    ]
    return sorted(entries, key=lambda e: (not e.open, e.closes is None, e.closes or now))


def entry(here: Current, windows: list[Window], running: Notice | None, now: datetime) -> Entry:
    """One programme."""
    stage = apply_stage(here.book)
    ends = {w.closes for w in windows if w.stage == stage and w.closes > now}
    said = phase(here.round, windows, now, noticed=running is not None)
    return Entry(here, said, min(ends, default=None), len(ends) > 1, running)


def phase(round_: Round, windows: Iterable[Window], now: datetime, *, noticed: bool) -> str:
    """Where a round stands, in a few words: whose time runs out comes first, then a notice that runs."""
    known = list(windows)
    if round_.state == RoundState.CLOSED:
        return _("结果已经公布")
    if any(w.opens <= now < w.closes for w in known):
        return _("正在申报")
    if noticed:
        return _("拟认定名单正在公示")
    if any(now < w.opens for w in known) or not known:
        return _("即将开始申报")
    return _("正在评定")
