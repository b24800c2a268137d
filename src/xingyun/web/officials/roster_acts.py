"""What is done to a roster: rows imported, the count released."""

from typing import NamedTuple

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.registry import actions
from xingyun.registry.actions.roster import ImportResult
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.roster_forms import ImportForm, SnapshotForm
from xingyun.web.officials.rosters import context_of, found
from xingyun.web.officials.sheets import Line, from_file, from_text

SHOWN = 500


class Wrong(NamedTuple):
    """A row that was left out: where it stands in the file, what it says, why."""

    number: int
    code: str
    name: str
    message: str


class Told(NamedTuple):
    """What an import did, with the rows that were left out to be mended."""

    result: ImportResult
    read: int
    wrong: list[Wrong]

    @property
    def mend(self) -> str:
        """The wrong rows as lines to mend and send again."""
        return "\n".join(f"{row.code}\t{row.name}" for row in self.wrong)


@require_POST
@require_seat()
def import_rows(request: ActorRequest, key: str) -> HttpResponse:
    """Import a file or pasted lines; the page tells which rows were left out and why."""
    authority = found(request, key)
    form = ImportForm(request.POST, request.FILES)
    context = context_of(request, authority)
    if not form.is_valid():
        return answers.page(request, "officials/roster.html", {**context, "form": form}, status=422)
    try:
        rows = read(form)
        result = actions.import_roster(
            authority=authority,
            rows=[(row.code, row.name) for row in rows],
            listed_on=form.cleaned_data["listed_on"],
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        return answers.again(request, refused, "officials/roster.html", {**context, "form": form})
    told = Told(result, len(rows), [wrong(rows[e.row - 1], e.message) for e in result.errors[:SHOWN]])
    fresh = {**context_of(request, authority), "result": told}
    return answers.page(request, "officials/roster.html", fresh)


def read(form: ImportForm) -> list[Line]:
    """The rows of the file, else of the pasted lines."""
    given = form.cleaned_data["file"]
    return from_file(given.file, given.name) if given else from_text(form.cleaned_data["lines"])


def wrong(line: Line, message: str) -> Wrong:
    """A line with what is wrong with it."""
    return Wrong(line.number, line.code, line.name, message)


@require_POST
@require_seat()
def release(request: ActorRequest, key: str) -> HttpResponse:
    """Release the count of the year; from now on it can't be changed."""
    authority = found(request, key)
    form = SnapshotForm(request.POST)
    context = {**context_of(request, authority), "snapshot_form": form}
    if not form.is_valid():
        return answers.page(request, "officials/roster.html", context, status=422)
    try:
        made = actions.release_snapshot(
            authority=authority,
            year=int(str(context["year"])),
            actor=request.actor,
            now=clock.now(),
            **form.cleaned_data,
        )
    except Refused as refused:
        return answers.again(request, refused, "officials/roster.html", context)
    said = _("已发布%(name)s %(year)s 年的基数：%(count)s 家。")
    values = {"name": authority.name, "year": made.year, "count": f"{made.count:,}"}
    return answers.done(request, said % values, "roster", key)
