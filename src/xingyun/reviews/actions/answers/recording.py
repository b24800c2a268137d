"""The work of recording answers: row by row, so that a try that was cut short goes on where it was."""

import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.audit import actions as audit
from xingyun.audit.errors import Refused
from xingyun.files import actions as files
from xingyun.files.models import File
from xingyun.registry.actions.roster.columns import cell
from xingyun.registry.actions.roster.handing_in import opened
from xingyun.registry.actions.roster.rows import RowFault, Wrong
from xingyun.registry.actors import Actor
from xingyun.reviews.actions.answers import report, rows
from xingyun.reviews.actions.answers.rows import Answer
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.actions.looking_up import LookUpData, check_of, keep, sound
from xingyun.reviews.models import AnswerSheet, LookUp
from xingyun.reviews.permissions import may_ask, may_look_up
from xingyun.reviews.queries import asking
from xingyun.reviews.states import AnswerField, Found
from xingyun.rounds.queries import rulebook_of

TOLD = 50
STEP = 20
PIECE = 500
Progress = Callable[[int, int], None]


def record_answers(
    *,
    made: AnswerSheet,
    actor: Actor,
    now: datetime,
    progress: Progress = lambda _done, _total: None,
    check: Callable[[], None] = lambda: None,
    also: Callable[[], None] = lambda: None,
) -> None:
    """Record the answers of a table, each enterprise's in a transaction of its own; twice changes nothing.

    `progress` is told of rows; `check` is called first and `also` last in the transaction that ends it. Done
    already: only `also`. Raises Refused where the table can't be read.
    """
    may_ask(actor, made.authority)
    if made.ended_at is not None:
        also()
        return
    good, wrong, heads = _read(made)
    known = _applications(made, actor, [row.uscc for row in good])
    unchanged = 0
    for done, row in enumerate(good):
        if done % STEP == 0:
            progress(done, len(good))
        try:
            unchanged += not _recorded(made, known.get(row.uscc), row, actor, now)
        except Refused as refused:
            wrong.append(row.refused(refused.message))
    wrong.sort(key=lambda row: row.number)
    file = _report(heads, wrong, now) if wrong else None
    with transaction.atomic():
        check()
        _end(made, unchanged, wrong, file, actor, now)
        also()


def _read(made: AnswerSheet) -> tuple[list[Answer], list[Wrong], Sequence[str]]:
    """The rows that may be taken, each code once, those that may not, and the headings."""
    good: dict[str, Answer] = {}
    wrong: list[Wrong] = []
    heads: Sequence[str] = ()
    with opened(made.file) as sheet:
        for line in sheet.lines:
            if line.number <= made.head:
                heads = line.cells if line.number == made.head else heads
                continue
            if rows.empty(line, made.columns):
                continue
            try:
                row = rows.read(line, made)
            except RowFault as fault:
                name = cell(line, made.columns.get(AnswerField.NAME))
                code = cell(line, made.columns[AnswerField.USCC])
                wrong.append(Wrong(line.number, code, name, str(fault), tuple(line.cells)))
                continue
            before = good.setdefault(row.uscc, row)
            if before is not row:
                said = _("第 %s 行已经有这家企业，只登记那一行。两行不一样的请先核对。")
                wrong.append(row.refused(said % before.number))
    return list(good.values()), wrong, heads


def _applications(made: AnswerSheet, actor: Actor, codes: Sequence[str]) -> dict[str, Application]:
    """The applications that the check concerns, by the code of the enterprise."""
    task = asking.task(rulebook_of(made.round.edition), made.authority.key, made.condition)
    concerned = asking.concerned(actor, made.round, task)
    found: dict[str, Application] = {}
    for at in range(0, len(codes), PIECE):
        for one in concerned.filter(enterprise__uscc__in=codes[at : at + PIECE]):
            found[one.enterprise.uscc] = one
    return found


def _recorded(
    made: AnswerSheet, application: Application | None, row: Answer, actor: Actor, now: datetime
) -> bool:
    """Record one answer; False where the same is recorded already. Raises Refused with the reason."""
    if application is None:
        raise Refused(_("本批次没有这家企业由本单位核查的申请，或者已经办结。"))
    sound(row.data, now)
    with transaction.atomic():
        held = hold(application)
        check = check_of(held, made.condition)
        office = may_look_up(actor, held, check)
        before = check.current
        if before is not None:
            if before.sheet_id == made.pk:
                # An earlier try got this far.
                return True
            if said(before) == _told(row.data):
                return False
            if before.looked_up_on > row.data.looked_up_on:
                words = _("已经登记了 %s 的答复，比这一份新，没有改动。")
                raise Refused(words % before.looked_up_on.isoformat())
        keep(held, check, office, row.data, actor, now, sheet=made)
    return True


def said(record: LookUp) -> tuple[object, ...]:
    """What a record says, to compare it with an answer; the scan is not part of it."""
    days = tuple(record.entries)
    words = (record.number, record.officer, record.remark)
    return (record.found, record.source, record.looked_up_on, days, *words)


def _told(data: LookUpData) -> tuple[object, ...]:
    days = tuple(day.isoformat() for day in data.entries)
    words = (data.number.strip(), data.officer.strip(), data.remark.strip())
    return (data.found, data.source.strip(), data.looked_up_on, days, *words)


def _report(heads: Sequence[str], wrong: Sequence[Wrong], now: datetime) -> File:
    with tempfile.TemporaryDirectory() as folder:
        written = report.write(Path(folder) / "report.xlsx", heads, wrong)
        return files.store(source=written, now=now, kind=report.MEDIA)


def _end(
    made: AnswerSheet, unchanged: int, wrong: list[Wrong], file: File | None, actor: Actor, now: datetime
) -> None:
    kept = list(LookUp.objects.filter(sheet=made).values_list("supersedes_id", "found"))
    counts = {
        "added": sum(before is None for before, _found in kept),
        "changed": sum(before is not None for before, _found in kept),
        "listed": sum(found == Found.LISTED for _before, found in kept),
    }
    AnswerSheet.objects.filter(pk=made.pk).update(
        ended_at=now,
        unchanged=unchanged,
        refused=len(wrong),
        refusals=[[w.number, w.name, w.uscc, w.message] for w in wrong[:TOLD]],
        report=file,
        **counts,
    )
    body = {
        "sheet": str(made.uid),
        "condition": made.condition,
        "round": str(made.round.uid),
        "file": made.file.sha256,
        "proof": made.proof.sha256 if made.proof else None,
        "unchanged": unchanged,
        "left_out": len(wrong),
        **counts,
    }
    stream = f"authority:{made.authority.key}"
    audit.append(stream=stream, act="answers.recorded", actor=actor, body=body, now=now)
