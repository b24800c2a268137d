"""The applications that compete for the same places, in the order that was published before the round."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Q

from xingyun.applications.models import Application
from xingyun.registry.models import Authority
from xingyun.reviews.models import Decision, Shift
from xingyun.reviews.queries.basis import Basis, basis_of
from xingyun.reviews.queries.meters import Meter, meters
from xingyun.reviews.queries.order import NOTHING, Frozen, Key, frozen_of, key_by, ordered, shifts_of
from xingyun.reviews.queries.standing import Standing, standings, with_relations
from xingyun.reviews.states import AT_WORK, Outcome
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook.schema.levels import ActKind


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in the order; `inside`: within the places there are, or holding one already.

    `cut`: the places end above it. `shift` is how it came here by hand, `key` what the published keys say of
    it, `equals` how many others they can't tell from it.
    """

    position: int
    standing: Standing
    decision: Decision | None
    points: int | None
    inside: bool
    waits: bool = False
    cut: bool = False
    shift: Shift | None = None
    key: Key = ()
    equals: int = 0


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order, the rule that makes it, and the meter of the places (None: no limit).

    Where each batch has its own places, each is ordered by itself, and the meter is the last batch's.
    `seen` is the number of the last shift.
    """

    rows: tuple[Ranked, ...]
    basis: Basis
    clause: str
    meter: Meter | None
    seen: int = 0

    @property
    def by(self) -> tuple[str, ...]:
        """The keys in their order."""
        return self.basis.by


def ranking(authority: Authority, round: Round, level: str, kind: str) -> Ranking:
    """Who competes at this office for an act on this level, and where the places end (a constant of queries).

    `meeting` as first key: the meeting settles the order, what follows is for orientation.
    """
    rulebook = rulebook_of(round.edition)
    rule = rulebook.ranking
    basis = basis_of(round, authority)
    known = _competing(authority, round, level, kind)
    counted = {"points", "preferences"} & set(basis.by) or rulebook.points is not None
    frozen = frozen_of(s.application for s in known) if counted else {}
    key = key_by(basis.computed, frozen)
    shifts = shifts_of(authority, round, level, kind)
    every = ordered(known, basis, key, shifts)
    equal = Counter(key(s.application) for s in known) if basis.computed else Counter[Key]()
    quota = rulebook.quota_for(level, _kind(kind), authority.tier)
    found = tuple(m for m in meters(authority, round) if quota and m.quota.key == quota.key)
    last = {shift.application_id: shift for shift in shifts}
    rows: list[Ranked] = []
    for meter in found or (None,):
        own = [s for s in every if meter is None or meter.batch in (None, s.application.batch)]
        for row in _rows(own, (level, kind, authority.tier), frozen, meter, last):
            told = key(row.standing.application)
            rows.append(replace(row, key=told, equals=max(equal[told] - 1, 0)))
    seen = shifts[-1].seq if shifts else 0
    return Ranking(tuple(rows), basis, rule.clause if rule else "", found[-1] if found else None, seen)


def _competing(authority: Authority, round: Round, level: str, kind: str) -> list[Standing]:
    decided = Decision.objects.filter(authority=authority, level=level, kind=kind, revoked_at=None)
    here = Q(holder=authority, state__in=AT_WORK) | Q(pk__in=decided.values("application"))
    found = standings(with_relations(Application.objects.filter(here, round=round))).values()
    act = (level, kind, authority.tier)
    return [s for s in found if any((a.level, a.kind, a.tier) == act for a in s.path)]


def _rows(
    own: list[Standing],
    act: tuple[str, str, str],
    frozen: dict[int, Frozen],
    meter: Meter | None,
    last: Mapping[int, Shift],
) -> list[Ranked]:
    """The places go down the list to those who wait; who holds one keeps it wherever it stands."""
    free = meter.free if meter else None
    left, over, rows = free or 0, False, []
    for position, standing in enumerate(own, start=1):
        pk = standing.application.pk
        decision = next((d for d in standing.decisions if (d.level, d.kind) == act[:2]), None)
        waits = any((a.level, a.kind, a.tier) == act for a in standing.pending)
        takes = waits and (free is None or left > 0)
        left -= takes
        inside = takes if decision is None else decision.outcome == Outcome.GRANTED
        cut = waits and not takes and not over
        over = over or cut
        points = frozen.get(pk, NOTHING).points
        rows.append(Ranked(position, standing, decision, points, inside, waits, cut, last.get(pk)))
    return rows


def _kind(kind: str) -> ActKind:
    return "decide" if kind == "decide" else "recommend"
