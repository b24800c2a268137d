"""Deputies during leave: named by an administrator, with days and a reason; they end by themselves."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.accounts.models import User
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.clock import calendar_day
from xingyun.messages import actions as messages
from xingyun.registry.actors import OFFICIAL, Actor
from xingyun.registry.models import Authority, Deputy
from xingyun.registry.permissions import may_name_deputy
from xingyun.registry.queries import live_seats
from xingyun.registry.states import Role

STANDING_IN = (*OFFICIAL, Role.COUNTERSIGNER)
OF_OFFICE = (*STANDING_IN, Role.READER)
LONGEST, MOST_DAYS = 500, 366


def name_deputy(
    *,
    authority: Authority,
    role: str,
    principal: User | None,
    deputy: User,
    first_day: date,
    last_day: date,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Deputy:
    """Let a colleague stand in for a person of the office (None: for whoever has the role), these days.

    Whoever stands in acts under the own name "for" the other one: preparer, reviewer and signatory are still
    different people. Raises NotAllowed, Refused with `field`, Conflict where it is named already.
    """
    may_name_deputy(actor, authority)
    if role not in STANDING_IN:
        raise Refused(_("只有经办、复核、签发和财政会签可以由人代理。"), field="role")
    _days(first_day, last_day, now)
    seats = live_seats(calendar_day(now)).filter(authority=authority)
    if principal is not None and not seats.filter(user=principal, role=role).exists():
        raise Refused(_("被代理的人在这个单位没有这个岗位。"), field="principal")
    if principal == deputy or seats.filter(user=deputy, role=role).exists():
        raise Refused(_("代理人自己就在这个岗位上，不用代理。请选另一位同事。"), field="deputy")
    if not seats.filter(user=deputy, role__in=OF_OFFICE).exists():
        raise Refused(_("代理人须是本单位的同事。请先给他设置岗位。"), field="deputy")
    reason = reason.strip()
    if not reason or len(reason) > LONGEST:
        raise Refused(_("请写明理由，例如：出差、休假；最多 %s 字。") % LONGEST, field="reason")
    try:
        with transaction.atomic():
            made = Deputy.objects.create(
                authority=authority,
                role=role,
                principal=principal,
                deputy=deputy,
                first_day=first_day,
                last_day=last_day,
                reason=reason,
                named_by_id=actor.person,
                named_at=now,
            )
            _tell(made, now)
            _record(made, "deputy.named", actor, now)
    except IntegrityError as error:
        raise Conflict(_("这位代理人刚刚已经指定过。请刷新页面查看。")) from error
    return made


def end_deputy(*, deputy: Deputy, actor: Actor, now: datetime) -> None:
    """End it before its last day. Raises Conflict where it has ended."""
    may_name_deputy(actor, deputy.authority)
    with transaction.atomic():
        if not Deputy.objects.filter(pk=deputy.pk, ended_at=None).update(ended_at=now):
            raise Conflict(_("这项代理已经结束。"))
        _record(deputy, "deputy.ended", actor, now)


def _days(first: date, last: date, now: datetime) -> None:
    if last < first or last < calendar_day(now):
        raise Refused(_("最后一天不能早于开始那天，也不能早于今天。"), field="last_day")
    if (last - first).days >= MOST_DAYS:
        raise Refused(_("代理最长一年。时间更长的请设置岗位。"), field="last_day")


def _tell(made: Deputy, now: datetime) -> None:
    said = _("%(who)s 自 %(first)s 到 %(last)s 代理 %(whom)s，到期自动结束。办理时记为“代”办。")
    values = {
        "who": made.deputy.label,
        "whom": made.stands_for,
        "first": made.first_day.isoformat(),
        "last": made.last_day.isoformat(),
    }
    people = [made.deputy_id, *([made.principal_id] if made.principal_id else [])]
    messages.send(
        to=people,
        subject=_("指定了代理人"),
        body=said % values,
        link="/officials/",
        dedupe_key=f"deputy:{made.pk}",
        now=now,
    )


def _record(made: Deputy, act: str, actor: Actor, now: datetime) -> None:
    body = {
        "deputy": made.pk,
        "user": made.deputy.audit_id,
        "for": made.principal.audit_id if made.principal else None,
        "role": made.role,
        "from": made.first_day.isoformat(),
        "to": made.last_day.isoformat(),
    }
    stream = f"authority:{made.authority.key}"
    audit.append(stream=stream, act=act, actor=actor, body=body, now=now)
