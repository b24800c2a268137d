"""What anybody may know of a round's results in figures; nothing before the announcement."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun.registry.models import Authority
from xingyun.results.queries import Kept, kept_for_all
from xingyun.web import answers
from xingyun.web.charts.files import file_of
from xingyun.web.charts.public import sections
from xingyun.web.charts.section import Section
from xingyun.web.charts.tiles import tile_map
from xingyun.web.public.edition import Current, current
from xingyun.web.public.programmes import which


@require_safe
def page(request: HttpRequest, programme: str = "") -> HttpResponse:
    """The figures of the programme's round."""
    found = current(programme)
    if found is None:
        return which(request, "figures", _("看哪个项目的统计？"))
    counted = kept_for_all(found.round)
    levels = counted.figures.get("levels", ()) if counted else ()
    context: dict[str, object] = {"found": found, "book": found.book, "kept": counted, "sections": []}
    if counted and levels:
        keys = dict(Authority.objects.values_list("id", "key"))
        sums: dict[str, int] = {}
        for office, _level, n in levels:
            sums[keys[office]] = sums.get(keys[office], 0) + n
        context |= {
            "sections": sections_of(found, counted),
            "map": tile_map(found.book, sums),
            "total": sum(sums.values()),
            "path": found.at("figures"),
        }
    return answers.page(request, "public/statistics.html", context)


@require_safe
def file(request: HttpRequest, table: str, form: str, programme: str = "") -> HttpResponse:
    """One table as CSV or XLSX."""
    found = current(programme)
    if found is None:
        return which(request, "figures", _("看哪个项目的统计？"))
    counted = kept_for_all(found.round)
    listed = sections_of(found, counted) if counted and counted.figures.get("levels") else []
    tables = {section.key: section.table for section in listed}
    return file_of(tables.get(table), form, f"{found.round.year}", public=True)


def sections_of(found: Current, counted: Kept) -> list[Section]:
    """The sections of the page."""
    return sections(counted.figures, found.book, dict(Authority.objects.values_list("id", "key")))
