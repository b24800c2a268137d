"""The applications that compete for the same places, in the order that was published before the round."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from xingyun.applications.models import Application, Submission
from xingyun.registry.models import Authority
from xingyun.reviews.models import Decision
from xingyun.reviews.queries.meters import Meter, meters
from xingyun.reviews.queries.standing import Standing, standings, with_relations
from xingyun.reviews.states import AT_WORK, Outcome
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook.schema.levels import ActKind


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in the order; `inside`: within the places there are, or holding one already."""

    position: int
    standing: Standing
    decision: Decision | None
    points: int | None
    inside: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order, the rule that makes it, and the meter of the places (None: no limit).

    Where each batch has its own places, each is ordered by itself, and the meter is the last batch's.
    """

    rows: tuple[Ranked, ...]
    by: tuple[str, ...]
    clause: str
    meter: Meter | None


def ranking(authority: Authority, round: Round, level: str, kind: str) -> Ranking:
    """Who competes at this office for an act on this level, and where the places end (a constant of queries).

    `meeting` as first key: the meeting settles the order, what follows is for orientation.
    """
    rulebook = rulebook_of(round.edition)
    rule = rulebook.ranking
    by = tuple(rule.by) if rule else ("submitted_at",)
    known = _competing(authority, round, level, kind)
    frozen = _frozen(known) if {"points", "preferences"} & set(by) else {}
    ordered = sorted(known, key=_order(by, frozen))
    quota = rulebook.quota_for(level, _kind(kind), authority.tier)
    found = tuple(m for m in meters(authority, round) if quota and m.quota.key == quota.key)
    rows: list[Ranked] = []
    for meter in found or (None,):
        own = [s for s in ordered if meter is None or meter.batch in (None, s.application.batch)]
        rows += _rows(own, level, kind, frozen, meter)
    return Ranking(tuple(rows), by, rule.clause if rule else "", found[-1] if found else None)


def _competing(authority: Authority, round: Round, level: str, kind: str) -> list[Standing]:
    decided = Decision.objects.filter(authority=authority, level=level, kind=kind, revoked_at=None)
    here = Q(holder=authority, state__in=AT_WORK) | Q(pk__in=decided.values("application"))
    found = standings(with_relations(Application.objects.filter(here, round=round))).values()
    act = (level, kind, authority.tier)
    return [s for s in found if any((a.level, a.kind, a.tier) == act for a in s.path)]


def points_of(applications: Iterable[Application]) -> dict[int, int]:
    """The points of the last submissions by application, where points are counted (one query)."""
    told = _frozen_of(applications)
    return {pk: frozen.points for pk, frozen in told.items() if frozen.points is not None}


class Frozen(NamedTuple):
    """What the last submission says of points and of preferences met; None where it says nothing."""

    points: int | None = None
    preferences: int | None = None


NOTHING = Frozen()


def _frozen(known: list[Standing]) -> dict[int, Frozen]:
    return _frozen_of(s.application for s in known)


def _frozen_of(applications: Iterable[Application]) -> dict[int, Frozen]:
    ids = [application.pk for application in applications]
    rows = Submission.objects.filter(application__in=ids).order_by("version")
    told = rows.values_list("application_id", "facts__points", "facts__preferences")
    return {pk: Frozen(points, preferences) for pk, points, preferences in told}


def _order(by: tuple[str, ...], frozen: dict[int, Frozen]) -> Callable[[Standing], tuple[float, ...]]:
    """More comes first; of the submission's moment the earlier."""
    keys: dict[str, Callable[[Application], float]] = {
        "points": lambda a: -(frozen.get(a.pk, NOTHING).points or 0),
        "preferences": lambda a: -(frozen.get(a.pk, NOTHING).preferences or 0),
        "domains_proved": lambda a: -a.domains,
        "spend": lambda a: -a.spend_fen,
        "submitted_at": lambda a: _seconds(a.submitted_at),
        "meeting": lambda _a: 0,
    }
    return lambda standing: (*(keys[key](standing.application) for key in by), standing.application.pk)


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else float("inf")


def _rows(
    ordered: list[Standing], level: str, kind: str, frozen: dict[int, Frozen], meter: Meter | None
) -> list[Ranked]:
    cap = meter.cap if meter else None
    rows = []
    for position, standing in enumerate(ordered, start=1):
        decision = next((d for d in standing.decisions if (d.level, d.kind) == (level, kind)), None)
        holds = decision is not None and decision.outcome == Outcome.GRANTED
        inside = holds if decision is not None else cap is None or position <= cap
        points = frozen.get(standing.application.pk, NOTHING).points
        rows.append(Ranked(position, standing, decision, points, inside))
    return rows


def _kind(kind: str) -> ActKind:
    return "decide" if kind == "decide" else "recommend"
