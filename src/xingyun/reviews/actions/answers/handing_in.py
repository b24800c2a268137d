"""A table of answers handed in: looked at, its columns matched, asked to be recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingyun.audit.errors import Conflict, Refused
from xingyun.clock import calendar_day
from xingyun.files.models import File
from xingyun.jobs import actions as jobs
from xingyun.jobs.models import Job
from xingyun.registry.actions.roster.columns import digest, head_of
from xingyun.registry.actions.roster.handing_in import SHOWN, heads_of, lines_of, opened
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.reviews.actions.answers.columns import guess
from xingyun.reviews.models import AnswerSheet
from xingyun.reviews.permissions import may_ask
from xingyun.reviews.queries import asking
from xingyun.reviews.states import ANSWER_NEEDED, AnswerField
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of

KIND = "reviews.record_answers"
LONGEST = {"source": 200, "officer": 80, "number": 120}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersData:
    """What is meant where the table names none: who answered, when, under which number; the scan."""

    source: str
    answered_on: date
    officer: str = ""
    number: str = ""
    proof: File | None = None


def take_in_answers(
    *,
    round: Round,
    authority: Authority,
    condition: str,
    file: File,
    name: str,
    data: AnswersData,
    actor: Actor,
    now: datetime,
) -> AnswerSheet:
    """Keep a table of answers and look at its first rows; nothing is recorded yet.

    Raises NotAllowed where the check is not this office's, Refused with `field` where something is missing or
    the table can't be read.
    """
    may_ask(actor, authority)
    asking.task(rulebook_of(round.edition), authority.key, condition)
    _sound(data, now)
    with opened(file) as sheet:
        first = [line for line, _n in zip(sheet.lines, range(SHOWN), strict=False)]
        preview = {"sheet": sheet.name, "sheets": sheet.sheets, "count": sheet.count, "rows": first}
    head = head_of(first)
    heads = heads_of(first, head)
    return AnswerSheet.objects.create(
        round=round,
        authority=authority,
        condition=condition,
        file=file,
        name=name[:255],
        preview=preview,
        head=head,
        heads=digest(heads) if heads else "",
        columns=guess(authority, condition, heads),
        source=data.source.strip(),
        answered_on=data.answered_on,
        officer=data.officer.strip(),
        number=data.number.strip(),
        proof=data.proof,
        asked_by_id=actor.person,
        asked_at=now,
    )


def start_answers(
    *, made: AnswerSheet, head: int, columns: Mapping[str, int], actor: Actor, now: datetime
) -> Job:
    """Record with these columns (from 0). While it is not ended it may be asked for again: the same job, or
    another try after a failed one. Raises Refused (field "columns"), Conflict once it is recorded.
    """
    may_ask(actor, made.authority)
    for field in ANSWER_NEEDED:
        if field not in columns:
            raise Refused(_("还没有选哪一列是“%s”。") % AnswerField(field).label, field="columns")
    if len(set(columns.values())) < len(columns):
        raise Refused(_("有一列选了两次。每样内容只能对应一列。"), field="columns")
    heads = heads_of(lines_of(made), head)
    with transaction.atomic():
        open_ = AnswerSheet.objects.filter(pk=made.pk, ended_at=None)
        known = {"head": head, "heads": digest(heads) if heads else "", "columns": dict(columns)}
        if not open_.update(started_at=now, **known):
            raise Conflict(_("这份答复已经登记过了，结果在这一页。"))
        payload = {"sheet": made.pk, "language": get_language() or ""}
        return jobs.enqueue(kind=KIND, key=str(made.uid), payload=payload, owner=actor.person, now=now)


def _sound(data: AnswersData, now: datetime) -> None:
    if not data.source.strip():
        raise Refused(_("请写明是哪个单位答复的。"), field="source")
    if data.answered_on > calendar_day(now):
        raise Refused(_("答复日期不能晚于今天。"), field="answered_on")
    for name, limit in LONGEST.items():
        if len(getattr(data, name).strip()) > limit:
            raise Refused(_("这一栏最多 %s 字。") % limit, field=name)
