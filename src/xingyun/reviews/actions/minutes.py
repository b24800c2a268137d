"""The minutes of the meeting that decided together."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Refused
from xingyun.clock import calendar_day
from xingyun.files.models import File
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.reviews.models import Minutes
from xingyun.reviews.permissions import serving
from xingyun.rounds.models import Round


def add_minutes(
    *, round: Round, authority: Authority, number: str, held_on: date, file: File, actor: Actor, now: datetime
) -> Minutes:
    """Keep the minutes of a meeting: number, day, scan. Decisions are signed on them."""
    serving(actor, authority.pk)
    if not number.strip():
        raise Refused(_("请填写会议纪要的编号。"), field="number")
    if held_on > calendar_day(now):
        raise Refused(_("会议日期不能晚于今天。"), field="held_on")
    try:
        with transaction.atomic():
            made = Minutes.objects.create(
                round=round,
                authority=authority,
                number=number.strip(),
                held_on=held_on,
                file=file,
                added_by_id=actor.person,
                added_at=now,
            )
            body = {"number": made.number, "held_on": held_on.isoformat(), "file": file.sha256}
            audit.append(
                stream=f"authority:{authority.key}", act="minutes.added", actor=actor, body=body, now=now
            )
    except IntegrityError as error:
        raise Refused(_("本单位已有同一编号的会议纪要。请核对编号。"), field="number") from error
    return made
