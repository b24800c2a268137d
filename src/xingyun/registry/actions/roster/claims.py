"""Codes that two authorities list: told to both, ruled by whoever stands above them."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.clock import calendar_day
from xingyun.messages import actions as messages
from xingyun.registry.actions.roster.planning import pieces
from xingyun.registry.actions.roster.writing import lock_rosters
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority, RosterEntry, RosterRuling
from xingyun.registry.permissions import may_rule_claims
from xingyun.registry.queries import above, people_of
from xingyun.registry.states import Role, RosterState

LONGEST = 400


def rule_claim(*, uscc: str, to: Authority, reason: str, actor: Actor, now: datetime) -> RosterRuling:
    """Say which of the authorities that list this code has it; the others' entries are delisted.

    The reason is read by all of them. Raises Conflict where it was ruled or given up meanwhile.
    """
    if not reason.strip():
        raise Refused(_("请写明裁定理由，几方都会看到。"), field="reason")
    if len(reason.strip()) > LONGEST:
        raise Refused(_("理由最多 %s 字。") % LONGEST, field="reason")
    with transaction.atomic():
        lock_rosters()
        claims = list(
            RosterEntry.objects.filter(uscc=uscc, delisted_on=None, state=RosterState.DISPUTED)
            .select_related("authority")
            .order_by("authority_id")
        )
        if len(claims) < len(("one", "another")):
            raise Conflict(_("这家企业已经裁定，或者一方已经移出，请刷新页面查看。"))
        may_rule_claims(actor, above(claim.authority_id for claim in claims))
        if to.pk not in {claim.authority_id for claim in claims}:
            raise Refused(_("请选归哪个单位。"), field="to")
        made = RosterRuling.objects.create(
            uscc=uscc, authority=to, reason=reason.strip(), ruled_by_id=actor.person, ruled_at=now
        )
        _carry_out(claims, made, actor, now)
    return made


def _carry_out(claims: list[RosterEntry], made: RosterRuling, actor: Actor, now: datetime) -> None:
    said = _("裁定归%(name)s：%(why)s") % {"name": made.authority.name, "why": made.reason}
    losers = [claim.pk for claim in claims if claim.authority_id != made.authority_id]
    # The losers first: a code that counts twice is what the database forbids.
    RosterEntry.objects.filter(pk__in=losers).update(delisted_on=calendar_day(now), delisting=said[:500])
    RosterEntry.objects.filter(authority=made.authority, uscc=made.uscc, delisted_on=None).update(
        state=RosterState.COUNTED
    )
    for claim in claims:
        messages.send(
            to=people_of(claim.authority_id, Role.PREPARER),
            subject=_("两地都报的企业已裁定"),
            body=_("“%(name)s”（%(uscc)s）：%(said)s")
            % {"name": claim.name, "uscc": claim.uscc, "said": said},
            link=f"/officials/rosters/{claim.authority.key}/",
            dedupe_key=f"roster-ruled:{made.pk}:{claim.authority_id}",
            now=now,
        )
    body = {"uscc": made.uscc, "to": made.authority.key, "ruling": made.pk}
    # The heads of streams are locked last, in the order of their names.
    for stream in sorted(f"authority:{claim.authority.key}" for claim in claims):
        audit.append(stream=stream, act="roster.ruled", actor=actor, body=body, now=now)


def settle(uscc: str) -> None:
    """After a claim was given up: the one that is left counts. In the caller's transaction."""
    left = list(RosterEntry.objects.filter(uscc=uscc, delisted_on=None).values_list("pk", flat=True)[:2])
    if len(left) == 1:
        RosterEntry.objects.filter(pk=left[0]).update(state=RosterState.COUNTED)


def tell(authority: Authority, disputed: Collection[str], now: datetime) -> None:
    """Tell the other claimants, and whoever rules, that codes are claimed twice from now on."""
    others = _others(authority, sorted(disputed))
    ruling = above([authority.pk, *others])
    people = {user for one in {*others, *ruling} for user in people_of(one, Role.PREPARER)}
    messages.send(
        to=sorted(people),
        subject=_("有企业两地都报，待裁定"),
        body=_("%(name)s导入的名录里有 %(n)s 家别处也报了，裁定前两边都不计。")
        % {"name": authority.name, "n": len(disputed)},
        link="/officials/roster-claims/",
        dedupe_key=f"roster-claims:{authority.pk}:{now.isoformat()}",
        now=now,
    )


def _others(authority: Authority, codes: list[str]) -> Iterable[int]:
    found: set[int] = set()
    for piece in pieces(codes):
        claimed = RosterEntry.objects.filter(uscc__in=piece, delisted_on=None).exclude(authority=authority)
        found.update(claimed.values_list("authority_id", flat=True).distinct())
    return sorted(found)
