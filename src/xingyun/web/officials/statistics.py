"""Statistics: of all for those who lead and audit, of its own applications for an office."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun import clock
from xingyun.applications.queries import apply_stage
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.results.queries import Kept, funnel, kept
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of, windows_of
from xingyun.rulebook import Rulebook
from xingyun.web import answers
from xingyun.web.charts import of_round
from xingyun.web.charts.daily import daily
from xingyun.web.charts.files import file_of
from xingyun.web.charts.section import Section
from xingyun.web.charts.table import Table
from xingyun.web.charts.tiles import TileMap, tile_map
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.nav import leads
from xingyun.web.officials.offices import IN_OFFICE, Shown, expected, office, offices, shown
from xingyun.web.wording import tell


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose applications are counted (None: all of the round), and what else may be chosen."""

    office: Authority | None
    choices: tuple[Authority, ...]
    whole: bool

    @property
    def key(self) -> str:
        """How addresses name it."""
        return self.office.key if self.office else ""


@require_safe
@require_seat(*IN_OFFICE, Role.AUDITOR)
def page(request: ActorRequest) -> HttpResponse:
    """The figures as they were counted last; `?office=` narrows to one authority."""
    about = shown(request)
    round_ = expected(about)
    scope = scope_of(request.actor, request.GET.get("office", ""))
    book = rulebook_of(round_.edition)
    found = kept(round_, scope.office)
    context = {
        "about": about,
        "round": round_,
        "book": book,
        "scope": scope,
        "kept": found,
        "file": file_address(about, scope),
        **(drawn(found, round_, book, scope, about) if found else {}),
    }
    return answers.page(request, "officials/statistics.html", context)


@require_safe
@require_seat(*IN_OFFICE, Role.AUDITOR)
def file(request: ActorRequest, table: str, form: str) -> HttpResponse:
    """One table as CSV or XLSX."""
    round_ = expected(shown(request))
    scope = scope_of(request.actor, request.GET.get("office", ""))
    book = rulebook_of(round_.edition)
    found = kept(round_, scope.office)
    tables = tables_of(found, round_, book, scope) if found else {}
    whose = f"{round_.year}-{scope.office.name}" if scope.office else f"{round_.year}"
    return file_of(tables.get(table), form, whose)


def scope_of(actor: Actor, key: str) -> Scope:
    """Whoever leads or audits may choose any office or all, an office's people only their own.

    Raises NotAllowed for another one's.
    """
    if not leads(actor):
        return Scope(office(actor, key), tuple(offices(actor)), whole=False)
    known = tuple(Authority.objects.exclude(parent=None).order_by("id"))
    own = next((one for one in known if one.key == key), None)
    return Scope(own if own or not key else office(actor, key), known, whole=True)


def file_address(about: Shown, scope: Scope) -> str:
    """What follows the address of a file: the round and the office."""
    kept_ = {"office": scope.key} if scope.office else {}
    if about.several and about.round:
        kept_["round"] = str(about.round.uid)
    return f"?{urlencode(kept_)}" if kept_ else ""


def drawn(found: Kept, round_: Round, book: Rulebook, scope: Scope, about: Shown) -> dict[str, object]:
    """What the page shows of the figures (two queries)."""
    figures, keys = found.figures, keys_of()
    listed = sections(found, book, keys)
    windows = [w for w in windows_of(round_) if w.stage == apply_stage(book) and _of(scope, w.authority)]
    sums: dict[str, int] = {}
    for pk, _level, n in figures.get("levels", ()):
        sums[keys[pk]] = sums.get(keys[pk], 0) + n
    return {
        "ways": of_round.ways(figures),
        "funnel": funnel(figures.get("states", {})),
        "sections": listed,
        "daily": daily(figures.get("days", ()), windows, clock.now()),
        "map": map_of(book, sums, about) if scope.office is None else None,
        "leading": leading(sums, book),
        "total": sum(sums.values()),
    }


def sections(found: Kept, book: Rulebook, keys: dict[int, str]) -> list[Section]:
    """Every section with a chart; those of which this rulebook knows nothing are left out."""
    figures = found.figures
    listed = [of_round.places(figures, book, keys, _("各单位与级别")), of_round.industries(figures)]
    # Side by side on a wide screen: what is long beside what is long.
    if book.keeps_ledger:
        listed += [of_round.providers(figures), of_round.spend(figures, book)]
    listed.append(of_round.stages(figures))
    if book.deployments:
        listed.append(of_round.deployments(figures, book))
    return listed


def tables_of(found: Kept, round_: Round, book: Rulebook, scope: Scope) -> dict[str, Table]:
    """Every table of the page by its key."""
    listed = [of_round.ways(found.figures), *sections(found, book, keys_of())]
    windows = [w for w in windows_of(round_) if w.stage == apply_stage(book) and _of(scope, w.authority)]
    days = daily(found.figures.get("days", ()), windows, clock.now()).table
    return {table.key: table for table in (*(section.table for section in listed), days)}


def map_of(book: Rulebook, sums: dict[str, int], about: Shown) -> TileMap | None:
    """The map; each tile leads to the figures of its office."""
    links = {a.key: f"?{urlencode({'office': a.key})}{about.query('&')}" for a in book.authorities}
    return tile_map(book, sums, links)


def keys_of() -> dict[int, str]:
    """The keys of all authorities (one query)."""
    return dict(Authority.objects.values_list("id", "key"))


def leading(sums: dict[str, int], book: Rulebook) -> tuple[list[str], int] | None:
    """The two offices with most applications and how many these are; None among few offices."""
    busy = sorted((key for key in sums if sums[key]), key=lambda key: -sums[key])
    if len(busy) < 4:
        return None
    names = {a.key: tell(a.name) for a in book.authorities}
    return [names.get(key, key) for key in busy[:2]], sums[busy[0]] + sums[busy[1]]


def _of(scope: Scope, authority: Authority | None) -> bool:
    return authority is None or scope.office is None or authority.pk == scope.office.pk
