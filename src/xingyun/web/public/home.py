"""The first page: the deadline first, then the way of the round, the levels, what is new."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun import clock
from xingyun.registry.models import Authority
from xingyun.results.queries import open_notice
from xingyun.rounds.models import Window
from xingyun.rounds.queries import windows_of
from xingyun.rulebook import Rulebook
from xingyun.rulebook.schema.levels import Level
from xingyun.web import answers
from xingyun.web.public import course, nebula, programmes
from xingyun.web.public.edition import Current, current
from xingyun.web.public.figures import figures
from xingyun.web.public.programmes import phase
from xingyun.web.public.self_check import Asked, asked_of
from xingyun.web.wording import tell


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level as the table shows it."""

    level: Level
    forms: str
    decided: str
    places: str


@require_safe
def home(request: HttpRequest, programme: str = "") -> HttpResponse:
    """What runs, by when, for whom; `?at=` names the authority whose dates are shown."""
    found = current(programme)
    if found is None:
        return programmes.listing(request)
    return answers.page(request, "public/home.html", page_of(found, request.GET.get("at", ""), clock.now()))


def page_of(found: Current, wanted: str, now: datetime) -> dict[str, Any]:
    """Everything that the page shows."""
    book = found.book
    all_windows = list(windows_of(found.round))
    own = [w.authority for w in all_windows if w.authority is not None]
    offices = list({office.pk: office for office in own}.values())
    at = chosen(offices, wanted, all_windows, now)
    windows = in_force(all_windows, at)
    running = open_notice(found.round, now)
    return {
        "here": found,
        "round": found.round,
        "running": running,
        "figures": figures(found.round),
        "book": book,
        "offices": offices,
        "at": at,
        "places": {office.key: place_name(book, office) for office in offices},
        "phase": phase(found.round, windows.values(), now, noticed=running is not None),
        "dues": course.dues(book, windows),
        "points": course.course(book, windows, now),
        "levels": list(level_rows(book)),
        **nebula.drawn(book),
        "question": first_question(book),
        "counts_roster": any(quota.base for quota in book.quotas),
    }


def chosen(
    offices: list[Authority], wanted: str, windows: Iterable[Window], now: datetime
) -> Authority | None:
    """The authority that is looked at: the one asked for, else the one whose window closes first."""
    asked = next((office for office in offices if office.key == wanted), None)
    coming = [w for w in windows if w.authority is not None and w.closes > now]
    soonest = min(coming, key=lambda w: w.closes, default=None)
    return asked or (soonest.authority if soonest else None)


def place_name(book: Rulebook, office: Authority) -> str:
    """The office's place in the language of the page, where the edition knows it."""
    known = {a.key: tell(a.name) for a in book.authorities}
    return known.get(office.key, office.name)


def in_force(windows: Iterable[Window], at: Authority | None) -> Mapping[str, Window]:
    """The windows by stage that hold for an authority: its own before the one for all."""
    listed = list(windows)
    general = {w.stage: w for w in listed if w.authority_id is None}
    own = {w.stage: w for w in listed if at is not None and w.authority_id == at.pk}
    return {**general, **own}


def first_question(book: Rulebook) -> Asked | None:
    """The first question of the self-check, to begin with here."""
    if not book.questions:
        return None
    return asked_of(book, book.questions[0])


def level_rows(book: Rulebook) -> Iterable[LevelRow]:
    """The levels from the lowest up: forms of cloud, who decides, how many places."""
    for level in book.levels:
        names = [tell(book.deployment(key).name) for key in level.deployments]
        tiers = [_("%(tier)s推荐") % {"tier": tell(book.tier(key).name)} for key in level.recommended_by]
        tiers.append(_("%(tier)s评定") % {"tier": tell(book.tier(level.decided_by).name)})
        acts = [book.quota_for(level.key, "decide"), book.quota_for(level.key, "recommend")]
        limits = [tell(quota.words) for quota in acts if quota]
        yield LevelRow(
            level, _("、").join(names) or _("不限"), _("，").join(tiers), " ".join(limits) or _("不限")
        )
