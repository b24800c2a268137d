"""Enterprises that two rosters list: shown to whoever keeps one of them, ruled from above."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry import actions, queries
from xingyun.registry.models import Authority, RosterEntry
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.acted import Acted

PAGE = "officials/roster_claims.html"
SIZE = 20
RULED = 20


@dataclass(frozen=True, slots=True)
class Claimed:
    """A code with the entries that claim it, and whether this person rules."""

    uscc: str
    entries: list[RosterEntry]
    rules: bool


@require_safe
@require_seat()
def index(request: ActorRequest) -> HttpResponse:
    """The claims that wait, and the last rulings."""
    return answers.page(request, PAGE, context_of(request, request.GET.get("after", "")))


def context_of(request: ActorRequest, after: str) -> dict[str, object]:
    """What the page shows: so many codes at a time, in their own order."""
    visible = queries.claims(request.actor)
    later = visible.filter(uscc__gt=after) if after else visible
    codes = distinct(later)
    claimed = queries.claimants(codes[:SIZE])
    shown = list(with_rulers(request, claimed))
    rulings = list(queries.rulings(request.actor)[:RULED])
    return {
        "claimed": shown,
        "after": codes[SIZE - 1] if len(codes) > SIZE else "",
        "count": visible.values("uscc").distinct().count(),
        "rulings": rulings,
        "acted": Acted(f"authority:{one.authority.key}" for one in rulings),
        "rules": any(one.rules for one in shown),
    }


def distinct(entries: QuerySet[RosterEntry]) -> list[str]:
    """The next codes, one more than a page takes."""
    return list(entries.order_by("uscc").values_list("uscc", flat=True).distinct()[: SIZE + 1])


def with_rulers(request: ActorRequest, claimed: dict[str, list[RosterEntry]]) -> Iterable[Claimed]:
    """Each code with whether this person rules."""
    lines = queries.lines_above()
    for code, entries in claimed.items():
        above = queries.common(lines, [one.authority_id for one in entries])
        yield Claimed(code, entries, any(request.actor.serves(one) for one in above))


@require_POST
@require_seat()
def rule(request: ActorRequest, code: str) -> HttpResponse:
    """Say whose it is."""
    to = Authority.objects.filter(key=request.POST.get("to", "")).first()
    claimed = queries.claimants([code]).get(code, [])
    lines = queries.lines_above()
    above = queries.common(lines, [one.authority_id for one in claimed])
    if not claimed or not any(request.actor.serves(one) for one in above):
        raise NotAllowed("")
    reason = request.POST.get("reason", "")
    try:
        if to is None:
            raise Refused(_("请选归哪个单位。"), field="to")
        actions.rule_claim(uscc=code, to=to, reason=reason, actor=request.actor, now=clock.now())
    except Refused as refused:
        typed = {"code": code, "to": request.POST.get("to", ""), "reason": reason}
        return answers.again(request, refused, PAGE, {**context_of(request, ""), "typed": typed})
    said = _("%(code)s 已裁定归%(name)s，几方都收到消息。") % {"code": code, "name": to.name}
    return answers.done(request, said, "roster_claims")
