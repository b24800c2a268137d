"""Making an export, taking it, and letting it go when its days are over."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.clock import calendar_day
from xingyun.documents.tables import Value, write_csv, write_xlsx
from xingyun.files import actions as files
from xingyun.files.kept import workplace
from xingyun.files.models import File
from xingyun.lists.models import Export
from xingyun.lists.permissions import actor_in, may_export, may_see_export
from xingyun.lists.queries import Known, chosen, count, facts_of, known, rows
from xingyun.lists.queries.columns import moment
from xingyun.lists.queries.letters import blanks, hint, letter
from xingyun.lists.states import MEDIA, Form
from xingyun.registry.actors import Actor
from xingyun.rounds.queries import rulebook_of

KEPT = timedelta(days=7)
# A sheet has room for 1,048,576 rows; who needs more than this needs a database.
MOST = 200_000


def make_export(
    *,
    export: Export,
    actor: Actor,
    now: datetime,
    progress: Callable[[int, int], None],
    check: Callable[[], None],
    also: Callable[[], None],
) -> None:
    """Write the list and keep it for seven days; the row, the record and the job's end are one.

    `actor` is who asked, with its seats of now: who has left the office meanwhile gets nothing. Raises
    Refused then, and beyond 200,000 rows. Done twice it gives the same bytes, unless the rows changed.
    """
    if export.ended_at is not None:
        return
    may_export(actor, export.office, shared=export.shared, contacts=export.contacts)
    seen_by = actor_in(actor, export.office, shared=export.shared)
    columns = [one for key, one in known(rulebook_of(export.round.edition)).items() if key in export.columns]
    expected, lines = _lines(export, seen_by, columns, now)
    if expected > MOST:
        said = _("这份列表有 %(n)s 行，超过 %(most)s 行。请缩小筛选后再导出。")
        raise Refused(said % {"n": expected, "most": MOST})
    told = _Count()

    def each(done: int) -> None:
        told.rows = done
        progress(done, max(expected, done))

    with workplace() as folder:
        path = _written(folder, export, columns, lines(each))
        file = files.store(source=path, now=now, kind=MEDIA[Form(export.form)])
    _hold(export, file)
    with transaction.atomic():
        check()
        made = Export.objects.filter(pk=export.pk, ended_at=None).update(
            ended_at=now, expires_at=now + KEPT, rows=told.rows, file=file
        )
        also()
        if made:
            facts = {"condition": export.condition} if export.condition else facts_of(chosen(export.query))
            _record(export, "export.made", actor, now, rows=told.rows, **facts)


def take_export(*, export: Export, actor: Actor, now: datetime) -> File:
    """The file, for whoever may have it; each taking is recorded. Raises Conflict once it has expired."""
    may_see_export(actor, export)
    if export.file is None or export.expires_at is None or export.expires_at <= now:
        raise Conflict(_("这份列表已过期，文件已删除。需要时请重新导出。"))
    with transaction.atomic():
        _record(export, "export.taken", actor, now)
    return export.file


def purge_exports(*, now: datetime) -> int:
    """Delete the files of exports whose days are over; returns how many. Who exported what stays known."""
    given_up = Q(ended_at=None, asked_at__lte=now - KEPT)
    over = Export.objects.filter(Q(expires_at__lte=now) | given_up, file__isnull=False).select_related("file")
    gone = 0
    for export in over:
        Export.objects.filter(pk=export.pk).update(file=None)
        gone += export.file is not None and files.discard(file=export.file)
    return gone


def _hold(export: Export, file: File) -> None:
    """Let the row name what was written, before anything can go wrong: what no row names is never deleted."""
    before = File.objects.filter(pk=export.file_id).first() if export.file_id else None
    if not Export.objects.filter(pk=export.pk, ended_at=None).update(file=file):
        files.discard(file=file)
    if before is not None and before != file:
        files.discard(file=before)


def _lines(
    export: Export, seen_by: Actor, columns: Sequence[Known], now: datetime
) -> tuple[int, Callable[[Callable[[int], None]], Iterator[Sequence[Value]]]]:
    """How many rows there are, and the rows themselves: of the queue, or of an asking letter."""
    if export.condition:
        today = calendar_day(now)
        return letter(seen_by, export.office, export.round, export.condition, today)
    filters = chosen(export.query).filters(export.round_id)
    return count(seen_by, filters), lambda each: rows(seen_by, filters, columns, each)


class _Count:
    """How many rows were written."""

    rows = 0


def _written(
    folder: Path, export: Export, columns: Sequence[Known], lines: Iterator[Sequence[Value]]
) -> Path:
    stamp = stamp_of(export)
    heads = [one.column for one in columns] + (blanks() if export.condition else [])
    above = (hint(),) if export.condition else ()
    if export.form == Form.CSV:
        below = (stamp,) if export.contacts else ()
        return write_csv(folder / "list.csv", columns=heads, rows=lines, lines_below=below)
    return write_xlsx(
        folder / "list.xlsx",
        columns=heads,
        rows=lines,
        sheet=_("申请"),
        lines_above=(stamp,) if export.contacts else above,
        lines_below=(stamp,),
        footer=stamp,
    )


def stamp_of(export: Export) -> str:
    """Who exported it and when: stands in the file, so that a copy that turns up says where it came from."""
    office, who = export.office.name, export.asked_by.label
    said = {
        "who": who if who.startswith(office) else f"{office} {who}",
        "at": moment(export.asked_at),
        "number": str(export.uid)[:8],
    }
    line = _("%(who)s 于 %(at)s 导出，编号 %(number)s。") % said
    return line + (_("含联系方式，只用于写明的用途，不得转发。") if export.contacts else "")


def _record(export: Export, act: str, actor: Actor, now: datetime, **more: object) -> None:
    body = {
        "export": str(export.uid),
        "definition": export.definition,
        "round": str(export.round.uid),
        "columns": export.columns,
        "contacts": export.contacts,
        **more,
    }
    audit.append(stream=f"authority:{export.office.key}", act=act, actor=actor, body=body, now=now)
