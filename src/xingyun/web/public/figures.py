"""How far the round is, in a few numbers. They are counted anew after five minutes, not for every visitor."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count

from xingyun import clock
from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.registry.models import Enterprise
from xingyun.registry.states import EnterpriseState
from xingyun.rounds.models import Round
from xingyun.rounds.queries import snapshots

FRESH_SECONDS = 300
# What was never handed in, and what is handed in and not yet taken up.
DRAFTS = (State.DRAFT,)
WAITING = (State.SUBMITTED, State.RETURNED, State.WITHDRAWN, State.NOT_ACCEPTED)


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of enterprises at one moment; `base` is what the rosters of `offices` add up to."""

    counted_at: datetime
    registered: int
    drafts: int
    submitted: int
    accepted: int
    base: int
    offices: int


def figures(round_: Round) -> Figures:
    """The numbers of a round, at most five minutes old."""
    key = f"public-figures-{round_.pk}"
    kept: Figures | None = cache.get(key)
    if kept is None:
        kept = count(round_)
        cache.set(key, kept, FRESH_SECONDS)
    return kept


def count(round_: Round) -> Figures:
    """Count them now (three queries)."""
    rows = Application.objects.filter(round=round_).order_by().values_list("state").annotate(n=Count("id"))
    states = dict(rows)
    drafts = sum(states.get(state, 0) for state in DRAFTS)
    waiting = sum(states.get(state, 0) for state in WAITING)
    bases = snapshots(round_.year)
    return Figures(
        counted_at=clock.now(),
        registered=Enterprise.objects.filter(state=EnterpriseState.ACTIVE).count(),
        drafts=drafts,
        submitted=sum(states.values()) - drafts,
        accepted=sum(states.values()) - drafts - waiting,
        base=sum(snapshot.count for snapshot in bases.values()),
        offices=len(bases),
    )
