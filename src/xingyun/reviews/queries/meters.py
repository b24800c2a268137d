"""Quota meters: how many places there are, how they come about, how many are taken and by what."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from xingyun.registry.models import Authority
from xingyun.reviews.models import Decision
from xingyun.rounds.models import QuotaLine, Round
from xingyun.rounds.queries import group_of, quota_lines, rulebook_of
from xingyun.rulebook import Text
from xingyun.rulebook.quotas import places
from xingyun.rulebook.schema.levels import Quota

NO_BASE = Text("名录基数还没有发布，暂时没有名额", "The base is not released yet: there are no places")


@dataclass(frozen=True, slots=True)
class Meter:
    """One quota of an office. `taken` places are signed, `waiting` prepared only; `cap` None: no limit."""

    quota: Quota
    line: QuotaLine | None
    cap: int | None
    words: Text
    taken: int = 0
    waiting: int = 0

    @property
    def used(self) -> int:
        """Places that nobody else can have."""
        return self.taken + self.waiting

    @property
    def free(self) -> int | None:
        """Places left, None where there is no limit."""
        return None if self.cap is None else self.cap - self.used

    @property
    def clause(self) -> str:
        """The clause that limits it."""
        return self.quota.clause[0]


def meters(authority: Authority, round: Round) -> tuple[Meter, ...]:
    """The meters of an office in a round (two queries)."""
    rulebook = rulebook_of(round.edition)
    lines = quota_lines(round.programme, authority, round.year)
    counted = _counted(list(lines.values()))
    own = (quota for quota in rulebook.quotas if quota.tier == authority.tier)
    return tuple(_meter(q, lines.get(group_of(round, q.key, q.per)), counted) for q in own)


def _meter(quota: Quota, line: QuotaLine | None, counted: dict[int, tuple[int, int]]) -> Meter:
    if line is None:
        limited = quota.fixed is not None or quota.percent is not None
        return Meter(quota, None, 0 if limited else None, NO_BASE if limited else places(quota, 0).words)
    taken, waiting = counted[line.pk]
    return Meter(quota, line, line.cap, places(quota, line.base).words, taken, waiting)


def _counted(lines: list[QuotaLine]) -> dict[int, tuple[int, int]]:
    held = Decision.objects.filter(quota_line__in=lines, revoked_at=None).order_by().values("quota_line")
    rows = held.annotate(taken=Count("id", filter=Q(signed_at__isnull=False)), all=Count("id"))
    counted: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in rows:
        counted[row["quota_line"]] = (row["taken"], row["all"] - row["taken"])
    return counted
