"""A table handed in for a roster: looked at, and its columns matched."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingyun.audit.errors import Conflict, Refused
from xingyun.documents.sheets import Line, Sheet, SheetError, reading
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.jobs import actions as jobs
from xingyun.jobs.models import Job
from xingyun.registry.actions.roster.columns import digest, guess, head_of
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority, RosterColumns, RosterImport
from xingyun.registry.permissions import may_keep_roster
from xingyun.registry.states import NEEDED, RosterField


class Previewed(Protocol):
    """A table that was handed in, with its first rows."""

    preview: Any


KIND = "registry.import_roster"
SHOWN = 12


def take_in(
    *, authority: Authority, file: File, name: str, listed_on: date, actor: Actor, now: datetime
) -> RosterImport:
    """Keep a table that was handed in and look at its first rows; nothing is imported yet.

    Raises Refused (field "file") where it can't be read.
    """
    may_keep_roster(actor, authority)
    with opened(file) as sheet:
        first = [line for line, _n in zip(sheet.lines, range(SHOWN), strict=False)]
        preview = {"sheet": sheet.name, "sheets": sheet.sheets, "count": sheet.count, "rows": first}
    head = head_of(first)
    return RosterImport.objects.create(
        authority=authority,
        file=file,
        name=name[:255],
        preview=preview,
        head=head,
        columns=guess(authority, heads_of(first, head), below(first, head)),
        listed_on=listed_on,
        asked_by_id=actor.person,
        asked_at=now,
    )


def start_import(
    *, made: RosterImport, head: int, columns: Mapping[str, int], actor: Actor, now: datetime
) -> Job:
    """Import with these columns (from 0), and remember them for the next table with these headings.

    While it is not ended it may be asked for again: the same job, or another try after a failed one.
    """
    may_keep_roster(actor, made.authority)
    _must_match(columns)
    first = lines_of(made)
    heads = heads_of(first, head)
    with transaction.atomic():
        open_ = RosterImport.objects.filter(pk=made.pk, ended_at=None)
        if not open_.update(head=head, columns=dict(columns), started_at=now):
            raise Conflict(_("这份表格已经导入过了，结果在这一页。"))
        if heads:
            RosterColumns.objects.update_or_create(
                authority=made.authority, heads=digest(heads), defaults={"columns": dict(columns)}
            )
        payload = {"import": made.pk, "language": get_language() or ""}
        return jobs.enqueue(kind=KIND, key=str(made.uid), payload=payload, owner=actor.person, now=now)


def lines_of(made: Previewed) -> list[Line]:
    """The first rows as they were looked at."""
    return [Line(number, cells) for number, cells in made.preview["rows"]]


def heads_of(lines: Sequence[Line], head: int) -> list[str]:
    """The cells of the row with the headings; none where there is no such row."""
    return next((line.cells for line in lines if line.number == head), [])


def below(lines: Sequence[Line], head: int) -> list[Line]:
    """The rows below the headings."""
    return [line for line in lines if line.number > head]


@contextmanager
def opened(file: File) -> Iterator[Sheet]:
    """The table in a file. Raises Refused where it can't be read."""
    try:
        with reading(path(file)) as sheet:
            yield sheet
    except SheetError as error:
        said = error.en if (get_language() or "").startswith("en") else error.zh
        raise Refused(said, field="file") from error


def _must_match(columns: Mapping[str, int]) -> None:
    for field in NEEDED:
        if field not in columns:
            said = _("还没有选哪一列是“%s”。") % RosterField(field).label
            raise Refused(said, field="columns")
    if len(set(columns.values())) < len(columns):
        raise Refused(_("有一列选了两次。每样内容只能对应一列。"), field="columns")
