"""One table that was handed in for a roster: its columns matched, its way, what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused, allowed
from xingyun.jobs.models import Job
from xingyun.jobs.queries import latest
from xingyun.jobs.states import OPEN, State
from xingyun.registry import actions
from xingyun.registry.actions.roster.columns import guess
from xingyun.registry.actions.roster.handing_in import KIND, below, heads_of, lines_of
from xingyun.registry.models import RosterImport
from xingyun.registry.permissions import may_keep_roster
from xingyun.registry.states import NEEDED, RosterField
from xingyun.reviews.models import AnswerSheet
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.columns import chosen
from xingyun.web.officials.rosters import found

PAGE = "officials/roster_load.html"
EXAMPLES = 3
PASTED = "pasted.csv"  # what lines are called that came without a file
Loaded = RosterImport | AnswerSheet


@dataclass(frozen=True, slots=True)
class Matched:
    """A column of the table: its letter and heading, what stands in it first, the field it is taken for."""

    place: int
    letter: str
    head: str
    examples: list[str]
    field: str


@require_safe
@require_seat()
def detail(request: ActorRequest, key: str, uid: UUID) -> HttpResponse:
    """Which column is which; later how far it is; in the end what came of it."""
    made = the_import(request, key, uid)
    return answers.page(request, PAGE, context_of(request, made, row_of(request.GET.get("head", ""), made)))


def row_of(said: str, made: Loaded) -> int:
    """The row of the headings that was asked for: one of the first rows, or 0 for none."""
    known = {str(line.number): line.number for line in lines_of(made)} | {"0": 0}
    return known.get(said, made.head)


def context_of(request: ActorRequest, made: RosterImport, head: int) -> dict[str, object]:
    """What the page shows."""
    job = latest(kind=KIND, key=str(made.uid))
    keeps = allowed(may_keep_roster, request.actor, made.authority)
    lines = lines_of(made)
    columns = made.columns
    if head != made.head:
        columns = guess(made.authority, heads_of(lines, head), below(lines, head))
    return {
        "authority": made.authority,
        "made": made,
        "brought": brought(made),
        "job": job if job and made.ended_at is None else None,
        "running": bool(job and job.state in OPEN and made.ended_at is None),
        "failed": bool(job and job.state == State.FAILED and made.ended_at is None),
        "follows": bool(job and job.owner_id == request.actor.user_id),
        "keeps": keeps,
        "head": head,
        "lines": lines,
        "rows": made.preview["count"] - sum(line.number <= head for line in lines),
        "columns": list(matched(made, head, columns)),
        "fields": [(field.value, field.label, field in NEEDED) for field in RosterField],
        "steps": steps(made, job),
    }


def brought(made: Loaded) -> str:
    """What the table is called: its file's name, where it came as one."""
    return _("粘贴的内容") if made.name == PASTED else made.name


def matched(made: Loaded, head: int, columns: dict[str, int]) -> Iterator[Matched]:
    """The columns of the table with what they are taken for."""
    lines = lines_of(made)
    heads, rest = heads_of(lines, head), below(lines, head)
    taken = {place: field for field, place in columns.items()}
    width = max([len(heads), *(len(line.cells) for line in rest)], default=0)
    for n in range(width):
        some = [line.cells[n] for line in rest if n < len(line.cells) and line.cells[n]]
        yield Matched(n, letter(n), heads[n] if n < len(heads) else "", some[:EXAMPLES], taken.get(n, ""))


def letter(n: int) -> str:
    """What a spreadsheet calls its n-th column (from 0): A … Z, AA …"""
    more, one = divmod(n, 26)
    return (letter(more - 1) if more else "") + chr(ord("A") + one)


def steps(made: Loaded, job: Job | None) -> list[tuple[str, str, str]]:
    """The way of a table, for the line of steps on top."""
    begun, ended = made.started_at is not None, made.ended_at is not None
    stopped = job is not None and job.state == State.FAILED
    return [
        (_("选文件"), brought(made), "done"),
        (_("对应列"), "", "done" if begun else "now"),
        (_("导入"), _("没有做成") if stopped and not ended else "", state(begun, ended)),
        (_("看结果"), "", "now" if ended else ""),
    ]


def state(begun: bool, ended: bool) -> str:
    """How the step stands."""
    if ended:
        return "done"
    return "now" if begun else ""


@require_POST
@require_seat()
def start(request: ActorRequest, key: str, uid: UUID) -> HttpResponse:
    """Import with the columns as they were matched."""
    made = the_import(request, key, uid)
    may_keep_roster(request.actor, made.authority)
    at = row_of(request.POST.get("head", ""), made)
    width = max((len(line.cells) for line in lines_of(made)), default=0)
    columns, twice = chosen(request.POST, RosterField.values, width)
    try:
        if twice:
            said = _("“%s”选了两列。请只留一列。") % RosterField(twice).label
            raise Refused(said, field="columns")
        actions.start_import(made=made, head=at, columns=columns, actor=request.actor, now=clock.now())
    except Refused as refused:
        context = {**context_of(request, made, at), "columns": list(matched(made, at, columns))}
        return answers.again(request, refused, PAGE, context)
    return answers.done(request, _("已开始导入，做完后在这一页显示结果。"), "roster_load", key, uid)


@require_safe
@require_seat()
def refused_rows(request: ActorRequest, key: str, uid: UUID) -> FileResponse:
    """The refused rows as a table, to be mended and handed in again."""
    made = the_import(request, key, uid)
    if made.report is None:
        raise Http404
    return serving.sent(made.report, _("要改的行-%s.xlsx") % made.name.rsplit(".", 1)[0][:60])


def the_import(request: ActorRequest, key: str, uid: UUID) -> RosterImport:
    """The table of this roster, if this person sees the roster."""
    authority = found(request, key)
    known = RosterImport.objects.select_related("authority__parent", "asked_by", "report", "file")
    return get_object_or_404(known, authority=authority, uid=uid)
