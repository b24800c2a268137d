"""The round at a glance: how far applications are, authority by authority, and the places that are used."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from xingyun import clock
from xingyun.applications.models import Application
from xingyun.applications.queries import apply_stage
from xingyun.applications.states import State
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.results.queries import funnel, kept
from xingyun.results.queries import to_do as results_to_do
from xingyun.results.queries.statistics import ACCEPTED, REPORTED
from xingyun.reviews import queries
from xingyun.reviews.models import Decision, Report
from xingyun.reviews.queries import ToDo
from xingyun.reviews.states import GONE, ReportState
from xingyun.rounds.models import QuotaLine, Round, Window
from xingyun.rounds.queries import extensions, groups_of, longer, rulebook_of, windows_of
from xingyun.rulebook import Rulebook
from xingyun.rulebook.schema.levels import Quota
from xingyun.rulebook.schema.programme import Authority as Office
from xingyun.rulebook.text import Text
from xingyun.web import answers
from xingyun.web.charts.daily import daily
from xingyun.web.charts.tiles import tile_map
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.nav import must_lead
from xingyun.web.officials.offices import IN_OFFICE, Shown, expected, shown

Counts = dict[str, int]


@dataclass(slots=True)
class Line:
    """One authority: applications by level and by state, places used of those there are."""

    authority: Authority
    levels: Counts = field(default_factory=lambda: defaultdict(int))
    states: Counts = field(default_factory=lambda: defaultdict(int))
    places: list[tuple[int, int] | None] = field(default_factory=list)
    report: str = ""

    @property
    def submitted(self) -> int:
        """All that were handed in."""
        return sum(n for state, n in self.states.items() if state != State.DRAFT)


@require_safe
@require_seat(*IN_OFFICE, Role.AUDITOR)
def overview(request: ActorRequest) -> HttpResponse:
    """Numbers only: nothing of a single application is shown here."""
    must_lead(request.actor)
    about = shown(request)
    round_ = expected(about)
    book = rulebook_of(round_.edition)
    lines = lines_of(round_, book)
    total: Counts = defaultdict(int)
    for line in lines:
        for state, n in line.states.items():
            total[state] += n
    windows = list(windows_of(round_))
    counted = kept(round_, None)
    context = {
        "about": about,
        "round": round_,
        "book": book,
        "lines": lines,
        "most": max((n for line in lines for n in line.levels.values()), default=0),
        "funnel": funnel(total),
        "beside": [
            (State(s).label, total[s])
            for s in (
                State.RETURNED,
                State.NOT_ACCEPTED,
                State.WITHDRAWN,
                State.NOT_AWARDED,
                State.DISQUALIFIED,
            )
            if total[s]
        ],
        "quotas": quotas_of(book),
        "submitted": sum(line.submitted for line in lines),
        "accepted": sum(total[state] for state in ACCEPTED),
        "reports": sum(bool(line.report) for line in lines),
        "waiting": sum(todo.count for todo in waiting(request.actor)),
        "dates": dates(round_, book, windows),
        "counted_at": counted.counted_at if counted else None,
        "daily": daily(
            counted.figures.get("days", ()), [w for w in windows if w.stage == apply_stage(book)], clock.now()
        )
        if counted
        else None,
        "map": tile_map(
            book, {line.authority.key: sum(line.levels.values()) for line in lines}, links(book, about)
        ),
    }
    return answers.page(request, "officials/overview.html", context)


def waiting(actor: Actor) -> tuple[ToDo, ...]:
    """What waits for this person, here and on the desk of results."""
    now = clock.now()
    return (*queries.to_do(actor, now), *results_to_do(actor, now))


def _homes(book: Rulebook) -> list[Office]:
    """The authorities that have none below them."""
    parents = {a.parent for a in book.authorities}
    return [a for a in book.authorities if a.key not in parents]


def quotas_of(book: Rulebook) -> list[Quota]:
    """The quotas that limit the authorities with which applications are filed."""
    tiers = {a.tier for a in _homes(book)}
    return [quota for quota in book.quotas if quota.is_limited and quota.tier in tiers]


def _together(counts: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Places used and places there are, over all batches; None where none are settled yet."""
    return (sum(used for used, _cap in counts), sum(cap for _used, cap in counts)) if counts else None


def lines_of(round_: Round, book: Rulebook) -> list[Line]:
    """The authorities with which applications are filed (five queries)."""
    home = [a.key for a in _homes(book)]
    lines = {a.pk: Line(a) for a in Authority.objects.filter(key__in=home).order_by("id")}
    counted = Application.objects.filter(round=round_).order_by().values_list("authority", "state", "level")
    for authority, state, level, n in counted.annotate(n=Count("id")):
        if authority in lines:
            lines[authority].states[state] += n
            lines[authority].levels[level] += n if state != State.DRAFT else 0
    known = QuotaLine.objects.filter(programme=round_.programme, year=round_.year)
    told = reported(known)
    used = {(line.authority_id, line.group): (told.get(line.pk, 0), line.cap) for line in known}
    groups = [groups_of(round_, quota) for quota in quotas_of(book)]
    for line in lines.values():
        own = [[used.get((line.authority.pk, group)) for group in of_quota] for of_quota in groups]
        line.places = [_together([one for one in counts if one]) for counts in own]
    sent = Report.objects.filter(round=round_, state__in=GONE).order_by("seq")
    for authority, state in sent.values_list("authority", "state"):
        if authority in lines:
            lines[authority].report = str(ReportState(state).label)
    return list(lines.values())


def reported(lines: Iterable[QuotaLine]) -> dict[int, int]:
    """How many places of each line are held by applications that were reported (one query).

    What an office has decided and not reported yet is its own matter, and may still change.
    """
    held = Decision.objects.filter(quota_line__in=lines, revoked_at=None, application__state__in=REPORTED)
    return dict(held.order_by().values_list("quota_line").annotate(n=Count("id")))


def links(book: Rulebook, about: Shown) -> dict[str, str]:
    """Where each authority's figures are."""
    return {
        key: f"{reverse('statistics')}?office={key}{about.query('&')}"
        for key in (a.key for a in book.authorities)
    }


def dates(
    round_: Round, book: Rulebook, windows: Iterable[Window]
) -> list[tuple[datetime, Text, tuple[str, ...], str]]:
    """What comes next: when, what, whose (all, when nobody is named), by which clause."""
    now = clock.now()
    alike: dict[tuple[datetime, str], list[str]] = defaultdict(list)
    for w in windows:
        if w.closes > now:
            alike[w.closes, w.stage] += [w.authority.name] if w.authority else []
    found = [
        (at, book.window(stage).name, tuple(names), book.window(stage).clause[0])
        for (at, stage), names in alike.items()
    ]
    more = longer([round_])
    for rule in book.reports:
        due = queries.due_of(round_, rule.from_, None, more)
        if due and due.at > now:
            found.append((due.at, book.deadline(rule.deadline).name, (), due.clause))
    for one in extensions(round_).filter(replaced_at=None, authority__isnull=False, until__gt=now):
        deadline = book.deadline(one.deadline)
        whose = (one.authority.name,) if one.authority else ()
        found.append((one.until, deadline.name, whose, deadline.clause[0]))
    return sorted(found, key=lambda one: one[0])[:12]
