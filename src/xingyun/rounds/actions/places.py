"""The places of a year. One conditional update takes one; the database refuses one too many."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Refused
from xingyun.registry.actors import Actor, SystemActor
from xingyun.registry.models import Authority
from xingyun.rounds.models import QuotaLine, Round
from xingyun.rounds.permissions import may_lead
from xingyun.rounds.queries import groups_of, rulebook_of, snapshots
from xingyun.rulebook.quotas import cap
from xingyun.rulebook.schema.levels import Quota


def ensure_lines(*, round: Round) -> int:
    """Write the quota lines that the released snapshots give and that are not there yet; how many."""
    rulebook = rulebook_of(round.edition)
    known = set(
        QuotaLine.objects.filter(programme=round.programme, year=round.year).values_list(
            "authority_id", "group"
        )
    )
    fresh = [line for quota in rulebook.quotas for line in _lines(round, quota)]
    missing = [line for line in fresh if (line.authority_id, line.group) not in known]
    return len(QuotaLine.objects.bulk_create(missing))


def settle_places(*, round: Round, actor: Actor | SystemActor, now: datetime) -> int:
    """Set the places of counts that were released after the round was opened; how many lines were written."""
    may_lead(actor, round.authority)
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=round.pk)
        made = ensure_lines(round=round)
        audit.append(stream=round.stream, act="places.settled", actor=actor, body={"lines": made}, now=now)
    return made


def _lines(round: Round, quota: Quota) -> list[QuotaLine]:
    released = snapshots(round.year)
    groups = groups_of(round, quota)
    lines: list[QuotaLine] = []
    for authority in Authority.objects.filter(tier=quota.tier).order_by("id"):
        snapshot = released.get(authority.pk)
        if quota.base is not None and snapshot is None:
            continue
        base = snapshot.count if quota.base is not None and snapshot else 0
        if (places := cap(quota, base, authority.key)) is not None:
            lines += [
                QuotaLine(
                    programme=round.programme,
                    authority=authority,
                    year=round.year,
                    group=group,
                    base=base,
                    cap=places,
                )
                for group in groups
            ]
    return lines


def take_place(*, line: QuotaLine) -> None:
    """Take one place inside the decision's own transaction; Refused when none is left (三、2)."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a place is taken in the decision's own transaction")
    if not QuotaLine.objects.filter(pk=line.pk, used__lt=F("cap")).update(used=F("used") + 1):
        raise Refused(
            _("名额已满：共 %(cap)s 个，已用 %(cap)s 个。可先撤销一项决定，或改为“符合条件，名额所限”。")
            % {"cap": line.cap}
        )


def free_place(*, line: QuotaLine) -> None:
    """Give a place back, inside the transaction that revokes its decision."""
    QuotaLine.objects.filter(pk=line.pk, used__gt=0).update(used=F("used") - 1)
