"""Quota meters: how many places there are, how they come about, how many are taken and by what."""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Count, Q

from xingyun.registry.models import Authority
from xingyun.reviews.models import Decision
from xingyun.rounds.models import QuotaLine, Round
from xingyun.rounds.queries import groups_of, quota_lines, rulebook_of
from xingyun.rulebook import Rulebook, Text
from xingyun.rulebook.quotas import places
from xingyun.rulebook.schema.levels import Quota
from xingyun.rulebook.text import join

NO_BASE = Text("名录基数还没有发布，暂时没有名额", "The base is not released yet: there are no places")


@dataclass(frozen=True, slots=True)
class Meter:
    """One quota of an office. `taken` places are signed, `waiting` prepared only; `cap` None: no limit.

    `batch` is the key of the batch whose places these are, where each has its own.
    """

    quota: Quota
    line: QuotaLine | None
    cap: int | None
    words: Text
    taken: int = 0
    waiting: int = 0
    batch: str | None = None

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
    """The meters of an office in a round, one a batch where each has its own places (two queries)."""
    rulebook = rulebook_of(round.edition)
    lines = quota_lines(round.programme, authority, round.year)
    counted = _counted(list(lines.values()))
    own = (quota for quota in rulebook.quotas if quota.tier == authority.tier)
    return tuple(
        _in_batch(_meter(q, lines.get(group), counted, authority.key), batch, rulebook)
        for q in own
        for group, batch in groups_of(round, q).items()
    )


def meter_for(found: tuple[Meter, ...], quota: str | None, batch: str | None) -> Meter | None:
    """The meter out of which an application of that batch takes a place of the quota (its key)."""
    return next((m for m in found if m.quota.key == quota and m.batch in (None, batch)), None)


def _in_batch(meter: Meter, key: str | None, rulebook: Rulebook) -> Meter:
    if key is None:
        return meter
    name = next(b.name for b in rulebook.batches if b.key == key)
    return replace(meter, batch=key, words=join([name, meter.words], "：", ": "))


def _meter(
    quota: Quota, line: QuotaLine | None, counted: dict[int, tuple[int, int]], authority: str
) -> Meter:
    if line is None:
        limited = quota.is_limited
        return Meter(quota, None, 0 if limited else None, NO_BASE if limited else places(quota, 0).words)
    taken, waiting = counted[line.pk]
    return Meter(quota, line, line.cap, places(quota, line.base, authority).words, taken, waiting)


def _counted(lines: list[QuotaLine]) -> dict[int, tuple[int, int]]:
    held = Decision.objects.filter(quota_line__in=lines, revoked_at=None).order_by().values("quota_line")
    rows = held.annotate(taken=Count("id", filter=Q(signed_at__isnull=False)), all=Count("id"))
    counted: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in rows:
        counted[row["quota_line"]] = (row["taken"], row["all"] - row["taken"])
    return counted
