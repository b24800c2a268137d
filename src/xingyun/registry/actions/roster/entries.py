"""One entry of a roster: mended, taken out, taken back; each time with a reason that the record keeps."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.clock import calendar_day
from xingyun.registry.actions.roster import claims
from xingyun.registry.actions.roster.planning import elsewhere
from xingyun.registry.actions.roster.rows import NAME_SIGNS, PROVIDER_SIGNS
from xingyun.registry.actions.roster.writing import lock_rosters
from xingyun.registry.actors import Actor
from xingyun.registry.models import RosterEntry
from xingyun.registry.permissions import may_keep_roster
from xingyun.registry.states import RosterState

LONGEST = 500


def edit_entry(
    *,
    entry: RosterEntry,
    name: str,
    listed_on: date,
    provider: str,
    reason: str,
    seen: str,
    actor: Actor,
    now: datetime,
) -> bool:
    """Mend what stands in an entry; False where nothing is different.

    The code itself is never changed: a wrong one is delisted and the right one imported. `seen` is the
    `RosterEntry.seen` of what was shown; raises Conflict where somebody has changed it since.
    """
    may_keep_roster(actor, entry.authority)
    reason = _reason(reason)
    name, provider = name.strip(), provider.strip()
    if not name or len(name) > NAME_SIGNS:
        raise Refused(_("企业名称要写，最多 %s 字。") % NAME_SIGNS, field="name")
    if listed_on > calendar_day(now):
        raise Refused(_("列入的日期不能晚于今天。"), field="listed_on")
    with transaction.atomic():
        fresh = _unchanged(entry, seen)
        if fresh.delisted_on is not None:
            raise Conflict(_("这家企业已经移出名录，不能再改。要改先恢复。"))
        wanted = {"name": name, "listed_on": listed_on, "provider": provider[:PROVIDER_SIGNS]}
        changed = [key for key, value in wanted.items() if getattr(fresh, key) != value]
        if not changed:
            return False
        RosterEntry.objects.filter(pk=entry.pk).update(**wanted)
        _record(entry, "roster.entry.changed", {"fields": changed, "reason": reason}, actor, now)
    return True


def delist_entry(*, entry: RosterEntry, reason: str, seen: str, actor: Actor, now: datetime) -> None:
    """Take an entry out. Where its code was claimed twice, the claim that is left counts from now on.

    A released count stays as it is. Raises Conflict where somebody has changed the entry since `seen`.
    """
    may_keep_roster(actor, entry.authority)
    reason = _reason(reason)
    with transaction.atomic():
        lock_rosters()
        if _unchanged(entry, seen).delisted_on is not None:
            raise Conflict(_("这家企业已经移出名录了。"))
        RosterEntry.objects.filter(pk=entry.pk).update(delisted_on=calendar_day(now), delisting=reason)
        claims.settle(entry.uscc)
        _record(entry, "roster.entry.delisted", {"reason": reason}, actor, now)


def relist_entry(*, entry: RosterEntry, reason: str, seen: str, actor: Actor, now: datetime) -> None:
    """Take an entry back that was delisted; where another authority lists the code, that is to be ruled."""
    may_keep_roster(actor, entry.authority)
    reason = _reason(reason)
    with transaction.atomic():
        lock_rosters()
        if _unchanged(entry, seen).delisted_on is None:
            raise Conflict(_("这家企业就在名录里，不用恢复。"))
        live = RosterEntry.objects.filter(uscc=entry.uscc, delisted_on=None)
        if live.filter(authority=entry.authority).exists():
            raise Conflict(_("同一代码已经另外列入，不用恢复。"))
        claimed = elsewhere(entry.authority, [entry.uscc])
        state = RosterState.COUNTED
        if claimed:
            live.update(state=RosterState.DISPUTED)
            state = RosterState.DISPUTED
            claims.tell(entry.authority, claimed, now)
        RosterEntry.objects.filter(pk=entry.pk).update(delisted_on=None, delisting="", state=state)
        _record(entry, "roster.entry.relisted", {"reason": reason}, actor, now)


def _reason(said: str) -> str:
    said = said.strip()
    if not said:
        raise Refused(_("请写明理由，操作记录里会保留。"), field="reason")
    if len(said) > LONGEST:
        raise Refused(_("理由最多 %s 字。") % LONGEST, field="reason")
    return said


def _unchanged(entry: RosterEntry, seen: str) -> RosterEntry:
    fresh = RosterEntry.objects.select_for_update().get(pk=entry.pk)
    if fresh.seen != seen:
        raise Conflict(_("这一条刚刚被别人改过。请刷新页面，看过再改。"))
    return fresh


def _record(entry: RosterEntry, act: str, more: dict[str, object], actor: Actor, now: datetime) -> None:
    body = {"uscc": entry.uscc, **more}
    stream = f"authority:{entry.authority.key}"
    audit.append(stream=stream, act=act, actor=actor, body=body, now=now)
