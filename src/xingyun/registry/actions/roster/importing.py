"""The work of an import: the whole table read, checked, brought in, and what was refused made a table."""

import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from xingyun.clock import calendar_day
from xingyun.files import actions as files
from xingyun.files.models import File
from xingyun.registry.actions.roster import report, rows
from xingyun.registry.actions.roster.columns import cell
from xingyun.registry.actions.roster.handing_in import opened
from xingyun.registry.actions.roster.merging import ImportResult, import_rows
from xingyun.registry.actions.roster.rows import Row, RowFault, Wrong
from xingyun.registry.actors import Actor
from xingyun.registry.models import RosterImport
from xingyun.registry.permissions import may_keep_roster
from xingyun.registry.states import NEEDED

TOLD = 50
STEP = 2000

Progress = Callable[[int, int], None]


def carry_out_import(
    *,
    made: RosterImport,
    actor: Actor,
    now: datetime,
    progress: Progress = lambda _done, _total: None,
    check: Callable[[], None] = lambda: None,
    also: Callable[[], None] = lambda: None,
) -> None:
    """Import the whole table in one transaction: all of it, or after a crash nothing, and then once more.

    `progress` is told of rows; `check` is called first in the transaction and `also` last. Done already:
    only `also`. Raises Refused where the table can't be read.
    """
    may_keep_roster(actor, made.authority)
    if made.ended_at is not None:
        also()
        return
    good, wrong, heads = _read(made, now, progress)

    def done(result: ImportResult, file: File | None) -> None:
        RosterImport.objects.filter(pk=made.pk).update(
            ended_at=now,
            added=result.added,
            changed=result.changed,
            unchanged=result.unchanged,
            refused=len(result.wrong),
            disputed=result.disputed,
            refusals=[[w.number, w.name, w.uscc, w.message] for w in result.wrong[:TOLD]],
            report=file,
        )
        also()

    def told(wrong: Sequence[Wrong]) -> File | None:
        return _report(made, heads, wrong, now) if wrong else None

    import_rows(
        authority=made.authority, rows=good, wrong=wrong, listed_on=made.listed_on,
        actor=actor, now=now, check=check, told=told, done=done,
    )  # fmt: skip


def _read(
    made: RosterImport, now: datetime, progress: Progress
) -> tuple[list[Row], list[Wrong], Sequence[str]]:
    """The rows that may be taken, those that may not, and the headings."""
    own = [made.authority.name, *made.authority.aliases]
    today = calendar_day(now)
    good: list[Row] = []
    wrong: list[Wrong] = []
    heads: Sequence[str] = ()
    with opened(made.file) as sheet:
        for done, line in enumerate(sheet.lines):
            if done % STEP == 0:
                progress(done, sheet.count)
            if line.number <= made.head:
                heads = line.cells if line.number == made.head else heads
                continue
            try:
                good.append(rows.read(line, made.columns, own, today))
            except RowFault as fault:
                code, name = (cell(line, made.columns[one]) for one in NEEDED)
                wrong.append(Wrong(line.number, code, name, str(fault), tuple(line.cells)))
        progress(sheet.count, sheet.count)
    return good, wrong, heads


def _report(made: RosterImport, heads: Sequence[str], wrong: Sequence[Wrong], now: datetime) -> File:
    with tempfile.TemporaryDirectory() as folder:
        written = report.write(Path(folder) / "report.xlsx", heads, made.columns, wrong)
        return files.store(source=written, now=now, kind=report.MEDIA)
