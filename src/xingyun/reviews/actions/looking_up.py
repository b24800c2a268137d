"""What is kept elsewhere, looked up by the office and recorded: added to, never changed."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.applications.queries import get
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.hashing import canonical
from xingyun.clock import calendar_day
from xingyun.files.models import File
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.models import AnswerSheet, LookUp
from xingyun.reviews.permissions import may_look_up
from xingyun.reviews.queries.look_ups import Check, checks, look_ups
from xingyun.reviews.queries.standing import standing
from xingyun.reviews.states import Found

LONGEST = {"source": 200, "number": 120, "officer": 80, "remark": 1000}
MOST_ENTRIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUpData:
    """What was found: where, on which day, told by whom there; `entries` are the days of what was found."""

    found: str
    source: str
    looked_up_on: date
    number: str = ""
    officer: str = ""
    remark: str = ""
    entries: tuple[date, ...] = ()
    proof: File | None = None


def record_look_up(
    *,
    application: Application,
    condition: str,
    data: LookUpData,
    seen: int | None,
    actor: Actor,
    now: datetime,
) -> LookUp:
    """Record what was found for a condition; `seen` is the record that the page showed before, if any.

    Raises NotAllowed, Refused with `field`, Conflict when a colleague has recorded meanwhile.
    """
    get(actor, application.uid)
    sound(data, now)
    try:
        with transaction.atomic():
            held = hold(application)
            check = check_of(held, condition)
            office = may_look_up(actor, held, check)
            before = check.current
            if (before.pk if before else None) != seen:
                raise Conflict(_("同事刚刚登记过这一项。请先看看他的登记，再决定是否更正。"))
            made = keep(held, check, office, data, actor, now)
    except IntegrityError as error:
        raise Conflict(_("同事刚刚登记过这一项。请先看看他的登记，再决定是否更正。")) from error
    return made


def sound(data: LookUpData, now: datetime) -> None:
    """Raises Refused with `field` where a record can't be taken as it is."""
    today = calendar_day(now)
    if data.found not in Found.values:
        raise Refused(_("请选择结果：没有记录，或查到记录。"), field="found")
    if not data.source.strip():
        raise Refused(_("请写明查的是哪个单位或哪个名单。"), field="source")
    if data.looked_up_on > today:
        raise Refused(_("核查日期不能晚于今天。"), field="looked_up_on")
    if any(entry > today for entry in data.entries):
        raise Refused(_("记录的日期不能晚于今天。"), field="entries")
    if data.entries and data.found == Found.CLEAR:
        raise Refused(_("没有记录时不用写记录的日期。请核对结果。"), field="entries")
    if data.found == Found.LISTED and not (data.remark.strip() or data.number.strip() or data.proof):
        raise Refused(_("查到记录的，请写明文号、附上证明或者作出说明。"), field="remark")
    if len(data.entries) > MOST_ENTRIES:
        raise Refused(_("记录的日期最多写 %s 个。") % MOST_ENTRIES, field="entries")
    for name, limit in LONGEST.items():
        if len(getattr(data, name)) > limit:
            raise Refused(_("这一栏最多 %s 字。") % limit, field=name)


def check_of(held: Application, condition: str) -> Check:
    """The check of this key with its records. Raises NotAllowed where the application's rules have none."""
    for check in checks(standing(held), look_ups(held)):
        if check.key == condition:
            return check
    raise NotAllowed(_("本轮规则里没有这一项外部核查。"))


def keep(
    held: Application,
    check: Check,
    office: str,
    data: LookUpData,
    actor: Actor,
    now: datetime,
    sheet: AnswerSheet | None = None,
) -> LookUp:
    """Add a record behind the one that holds now, and to the application's stream; the row is held."""
    made = LookUp.objects.create(
        application=held,
        condition=check.key,
        authority=Authority.objects.get(key=office),
        found=data.found,
        source=data.source.strip(),
        looked_up_on=data.looked_up_on,
        entries=[day.isoformat() for day in sorted(data.entries)],
        number=data.number.strip(),
        officer=data.officer.strip(),
        proof=data.proof,
        remark=data.remark.strip(),
        sheet=sheet,
        supersedes=check.current,
        recorded_by_id=actor.person,
        recorded_at=now,
    )
    _record(held, made, actor, now)
    return made


def _record(held: Application, made: LookUp, actor: Actor, now: datetime) -> None:
    """Free text may name people: the record keeps its digest only."""
    words = {"source": made.source, "number": made.number, "remark": made.remark, "officer": made.officer}
    said = canonical(words)
    body = {
        "record": made.pk,
        "supersedes": made.supersedes_id,
        "condition": made.condition,
        "authority": made.authority.key,
        "found": made.found,
        "looked_up_on": made.looked_up_on.isoformat(),
        "entries": made.entries,
        "said": hashlib.sha256(said.encode()).hexdigest(),
        "proof": made.proof.sha256 if made.proof else None,
        "sheet": str(made.sheet.uid) if made.sheet else None,
    }
    audit.append(stream=held.stream, act="lookup.recorded", actor=actor, body=body, now=now)
