"""What an application will take, by the answers of the self-check: a list to print and tick off."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun import clock
from xingyun.rounds.models import Window
from xingyun.rounds.queries import taking, windows_of
from xingyun.rulebook import Rulebook
from xingyun.rulebook.engine.self_check import Needed, needed, self_check
from xingyun.rulebook.schema.levels import Level
from xingyun.web import answers
from xingyun.web.public.edition import Current, current
from xingyun.web.public.home import in_force
from xingyun.web.public.programmes import which
from xingyun.web.public.self_check import asked_of, clear, read, top
from xingyun.web.wording import tell


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is handed in and when: the area that was answered, and its own window."""

    name: str
    window: Window | None


@require_safe
def materials(request: HttpRequest, programme: str = "") -> HttpResponse:
    """The list for one level (`?level=`, else the highest that nothing stands in the way of)."""
    found = current(programme)
    if found is None:
        return which(request, "self_check_materials", _("看哪个项目的材料？"))
    given = read(found.book, request.GET)
    level = _level(found.book, given, request.GET.get("level", ""))
    kept = request.GET.copy()
    kept.pop("level", None)
    rows = needed(found.book, given, level.key)
    context = {
        "here": found,
        "book": found.book,
        "level": level,
        "top": top(found.book),
        "rows": rows,
        "to_bring": sum(_to_bring(row) for row in rows),
        "asked": [asked_of(found.book, q, given.get(q.key, "")) for q in found.book.questions],
        "query": kept.urlencode(),
        "place": _place(found, given),
    }
    return answers.page(request, "public/materials.html", context)


def _level(book: Rulebook, given: dict[str, str], wanted: str) -> Level:
    known = {level.key: level for level in book.levels}
    if wanted in known:
        return known[wanted]
    checks = self_check(book, given)
    free = clear(checks) or [check for check in checks if not check.obstacles]
    return free[-1].level if free else book.levels[0]


def _to_bring(row: Needed) -> bool:
    return row.certain and row.material.need == "required"


def _place(found: Current, given: dict[str, str]) -> Place | None:
    """The answered area and its window; nothing where no area was asked or answered."""
    key = next((given.get(q.key, "") for q in found.book.questions if q.asks == "authority"), "")
    name = next((tell(a.name) for a in found.book.authorities if a.key == key), "")
    if not name:
        return None
    known = list(windows_of(found.round))
    office = next((w.authority for w in known if w.authority is not None and w.authority.key == key), None)
    window = next(iter(in_force(known, office).values()), None)
    return Place(name, taking(window, found.book, clock.today()))
