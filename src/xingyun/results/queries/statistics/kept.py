"""The figures as they were counted last; each of these is one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from xingyun.registry.models import Authority
from xingyun.results.models import Statistics
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rounds
from xingyun.rounds.states import RoundState


@dataclass(frozen=True, slots=True)
class Kept:
    """Figures and when they were counted. Where nothing was counted of an office, it has nothing."""

    figures: dict[str, Any]
    counted_at: datetime


def kept(round: Round, authority: Authority | None) -> Kept | None:
    """The round's figures for an authority with all below it, or (None) for all.

    None before the first count.
    """
    wanted = Q(authority=None) if authority is None else Q(authority=authority) | Q(authority=None)
    rows: dict[int | None, Kept] = {
        office: Kept(figures, at)
        for office, figures, at in Statistics.objects.filter(wanted, round=round, public=False).values_list(
            "authority", "figures", "counted_at"
        )
    }
    whole = rows.get(None)
    if authority is None or whole is None:
        return whole
    return rows.get(authority.pk) or Kept({}, whole.counted_at)


def kept_for_all(round: Round) -> Kept | None:
    """What anybody may know of the round; None before the first count."""
    row = Statistics.objects.filter(round=round, public=True).values_list("figures", "counted_at").first()
    return Kept(*row) if row else None


def to_count() -> QuerySet[Round]:
    """The rounds whose figures may have changed: those that run, and that ended since the last count."""
    since = Statistics.objects.filter(round=OuterRef("pk"), counted_at__gt=OuterRef("closed_at"))
    return rounds().filter(Q(state=RoundState.OPEN) | Q(state=RoundState.CLOSED) & ~Exists(since))
