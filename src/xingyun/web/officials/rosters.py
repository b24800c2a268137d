"""Rosters: each authority keeps its own; the count that makes the year's places is released from above."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from xingyun import clock
from xingyun.audit.errors import NotAllowed, allowed
from xingyun.files.models import File
from xingyun.registry import queries
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority, RosterEntry, Snapshot
from xingyun.registry.permissions import may_keep_roster, may_release_snapshot
from xingyun.registry.queries import RosterLine
from xingyun.registry.states import RosterState
from xingyun.rounds.queries import current_rounds, rounds, rulebook_of
from xingyun.rulebook import Rulebook
from xingyun.rulebook.quotas import Places, places
from xingyun.rulebook.schema.levels import Quota
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials import paging
from xingyun.web.officials.roster_forms import ImportForm, SnapshotForm

SEARCH = 2
IMPORTS = 5
FOUND = 50
SHOWS = ("disputed", "delisted")


@dataclass(frozen=True, slots=True)
class Shares:
    """An authority's roster with the places that its count gives (released, or as it stands now)."""

    line: RosterLine
    places: list[tuple[Quota, Places]]

    @property
    def base(self) -> int:
        """The released count, else what is listed now."""
        return self.line.snapshot.count if self.line.snapshot else self.line.counted


@require_safe
@require_seat()
def index(request: ActorRequest) -> HttpResponse:
    """The rosters of the authorities that this person sees, with the places that follow."""
    year, books = year_and_books()
    seen = visible(request.actor)
    lines = [shares(line, books) for line in queries.rosters(seen, year)]
    bases = [line for line in lines if line.places]
    totals = [sum(line.places[n][1].cap or 0 for line in bases) for n in range(len(heads(bases)))]
    words = request.GET.get("q", "").strip()
    listed = everywhere(seen, words)
    context = {
        "words": words,
        "found": listed[:FOUND],
        "more": len(listed) > FOUND,
        "lines": bases,
        "quotas": heads(bases),
        "totals": totals,
        "year": year,
        "book": the_only(books),
        "disputed": queries.claims(request.actor).values("uscc").distinct().count(),
    }
    return answers.page(request, "officials/rosters.html", {**context, "missing": missing(bases)})


@require_safe
@require_seat()
def detail(request: ActorRequest, key: str) -> HttpResponse:
    """One roster: its entries page by page, import, snapshot."""
    return answers.page(request, "officials/roster.html", context_of(request, found(request, key)))


def context_of(request: ActorRequest, authority: Authority) -> dict[str, object]:
    """What the page of one roster shows."""
    year, books = year_and_books()
    words = request.GET.get("q", "").strip()
    show = request.GET.get("show", "")
    line = queries.rosters([authority], year)[0]
    page = paging.by_id(matching(entries(authority, show), words), request.GET.get("after", ""))
    return {
        "authority": authority,
        "book": the_only(books),
        "year": year,
        "shares": shares(line, books),
        "page": page,
        "words": words,
        "show": show if show in SHOWS else "",
        "frozen": line.snapshot is not None and listed_then(line.snapshot),
        "imports": list(queries.imports(authority)[:IMPORTS]),
        "keeps": allowed(may_keep_roster, request.actor, authority),
        "releases": allowed(may_release_snapshot, request.actor, authority),
        "form": ImportForm(initial={"listed_on": clock.today()}),
        "snapshot_form": SnapshotForm(initial={"counted_on": clock.today()}),
    }


def entries(authority: Authority, show: str) -> QuerySet[RosterEntry]:
    """The live entries, only those that are claimed elsewhere too, or those that were taken out."""
    if show == "delisted":
        return queries.delisted(authority)
    live = queries.roster(authority)
    return live.filter(state=RosterState.DISPUTED) if show == "disputed" else live


def listed_then(snapshot: Snapshot) -> bool:
    """Whether the list that a released count stands for was kept; a bare figure has none."""
    return File.objects.filter(sha256=snapshot.digest).exists()


def matching(entries: QuerySet[RosterEntry], words: str) -> QuerySet[RosterEntry]:
    """The entries whose name or code holds these words (two signs suffice)."""
    if len(words) < SEARCH:
        return entries
    return entries.filter(Q(name__icontains=words) | Q(uscc__startswith=words.upper()))


def everywhere(authorities: list[Authority], words: str) -> list[RosterEntry]:
    """The live entries of all these rosters with these words, one more than is shown."""
    if len(words) < SEARCH:
        return []
    live = RosterEntry.objects.filter(authority__in=authorities, delisted_on=None)
    return list(matching(live, words).select_related("authority").order_by("name", "id")[: FOUND + 1])


def visible(actor: Actor) -> list[Authority]:
    """The authorities whose rosters this person sees: its own and those below; an auditor all."""
    known = Authority.objects.select_related("parent").order_by("id")
    if not actor.is_auditor:
        known = known.filter(pk__in=queries.oversees(actor))
    return list(known)


def found(request: ActorRequest, key: str) -> Authority:
    """The authority, if this person sees its roster."""
    authority = get_object_or_404(Authority.objects.select_related("parent"), key=key)
    if not (request.actor.is_auditor or authority.pk in queries.oversees(request.actor)):
        raise NotAllowed("")
    return authority


def year_and_books() -> tuple[int, list[Rulebook]]:
    """The year whose places are counted now, and the rulebooks that count them on the roster."""
    known = current_rounds() or list(rounds()[:1])
    counting = [(one.year, rulebook_of(one.edition)) for one in known]
    counting = [(year, book) for year, book in counting if any(quota.base for quota in book.quotas)]
    latest = max((year for year, _book in counting), default=known[0].year if known else clock.today().year)
    return latest, [book for year, book in counting if year == latest]


def the_only(books: list[Rulebook]) -> Rulebook | None:
    """The edition that a page is about where one programme alone counts on the roster."""
    return books[0] if len(books) == 1 else None


def shares(line: RosterLine, books: Iterable[Rulebook]) -> Shares:
    """What the roster's count comes to under each quota of its tier."""
    quotas = [q for book in books for q in book.quotas if q.tier == line.authority.tier and q.base]
    base = line.snapshot.count if line.snapshot else line.counted
    return Shares(line, [(quota, places(quota, base, line.authority.key)) for quota in quotas])


def heads(lines: list[Shares]) -> list[Quota]:
    """The quotas that the columns stand for: those of the first line, which all share."""
    return [quota for quota, _places in lines[0].places] if lines else []


def missing(lines: list[Shares]) -> int:
    """How many rosters have no released snapshot yet."""
    return sum(line.line.snapshot is None for line in lines)
