"""More time for reports, granted with a reason by the authority that leads, beyond the rulebook's day."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Refused
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.rounds.models import Extension, Round
from xingyun.rounds.permissions import may_lead
from xingyun.rounds.queries import rulebook_of
from xingyun.rounds.states import RoundState
from xingyun.rulebook.calendar import last_moment

LONGEST = 500


def extend_reporting(
    *,
    round: Round,
    deadline: str,
    authority: Authority | None,
    until: datetime,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Extension:
    """Let reports that `deadline` binds be sent before `until`, by one authority or (None) by all.

    The one before is replaced and stays. Raises NotAllowed, Refused with `field`.
    """
    may_lead(actor, round.authority)
    reason = reason.strip()
    if not reason:
        raise Refused(_("请写明延长的理由，各单位会看到。"), field="reason")
    if len(reason) > LONGEST:
        raise Refused(_("这一栏最多 %s 字。") % LONGEST, field="reason")
    _check(round, deadline, authority, until, now)
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=round.pk)
        live = Extension.objects.filter(round=round, authority=authority, deadline=deadline, replaced_at=None)
        live.update(replaced_at=now)
        made = Extension.objects.create(
            round=round,
            authority=authority,
            deadline=deadline,
            until=until,
            reason=reason,
            granted_by_id=actor.person,
            granted_at=now,
        )
        body = {
            "authority": authority.key if authority else None,
            "deadline": deadline,
            "until": until.isoformat(),
        }
        audit.append(stream=round.stream, act="reporting.extended", actor=actor, body=body, now=now)
    return made


def _check(round: Round, deadline: str, authority: Authority | None, until: datetime, now: datetime) -> None:
    if round.state != RoundState.OPEN:
        raise Refused(_("批次不在进行中，不能延长。"))
    book = rulebook_of(round.edition)
    tiers = {rule.from_ for rule in book.reports if rule.deadline == deadline}
    if not tiers or (authority is not None and authority.tier not in tiers):
        raise Refused(_("本轮规则没有这个上报期限。"), field="deadline")
    rule = book.deadline(deadline)
    own = last_moment(rule.on, book.programme.timezone, inclusive=rule.inclusive)
    if until <= own:
        raise Refused(_("延长的期限要晚于规则里的期限。"), clause=rule.clause[0], field="until_on")
    if until <= now:
        raise Refused(_("延长的期限要晚于现在。"), field="until_on")
