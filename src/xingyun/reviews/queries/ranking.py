"""The applications that compete for the same places, in the order that was published before the round."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

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
    """The order, the rule that makes it, and the meter of the places (None: no limit)."""

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
    points = _points(known) if "points" in by else {}
    ordered = sorted(known, key=_order(by, points))
    quota = rulebook.quota_for(level, _kind(kind), authority.tier)
    meter = next((m for m in meters(authority, round) if quota and m.quota.key == quota.key), None)
    return Ranking(_rows(ordered, level, kind, points, meter), by, rule.clause if rule else "", meter)


def _competing(authority: Authority, round: Round, level: str, kind: str) -> list[Standing]:
    decided = Decision.objects.filter(authority=authority, level=level, kind=kind, revoked_at=None)
    here = Q(holder=authority, state__in=AT_WORK) | Q(pk__in=decided.values("application"))
    found = standings(with_relations(Application.objects.filter(here, round=round))).values()
    act = (level, kind, authority.tier)
    return [s for s in found if any((a.level, a.kind, a.tier) == act for a in s.path)]


def _points(known: list[Standing]) -> dict[int, int]:
    ids = [s.application.pk for s in known]
    rows = Submission.objects.filter(application__in=ids).order_by("version")
    frozen = dict(rows.values_list("application_id", "facts__points"))
    return {pk: points for pk, points in frozen.items() if isinstance(points, int)}


def _order(by: tuple[str, ...], points: dict[int, int]) -> Callable[[Standing], tuple[float, ...]]:
    """More comes first; of the submission's moment the earlier."""
    keys: dict[str, Callable[[Application], float]] = {
        "points": lambda a: -points.get(a.pk, 0),
        "domains_proved": lambda a: -a.domains,
        "spend": lambda a: -a.spend_fen,
        "submitted_at": lambda a: _seconds(a.submitted_at),
        "meeting": lambda _a: 0,
    }
    return lambda standing: (*(keys[key](standing.application) for key in by), standing.application.pk)


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else float("inf")


def _rows(
    ordered: list[Standing], level: str, kind: str, points: dict[int, int], meter: Meter | None
) -> tuple[Ranked, ...]:
    cap = meter.cap if meter else None
    rows = []
    for position, standing in enumerate(ordered, start=1):
        decision = next((d for d in standing.decisions if (d.level, d.kind) == (level, kind)), None)
        holds = decision is not None and decision.outcome == Outcome.GRANTED
        inside = holds if decision is not None else cap is None or position <= cap
        rows.append(Ranked(position, standing, decision, points.get(standing.application.pk), inside))
    return tuple(rows)


def _kind(kind: str) -> ActKind:
    return "decide" if kind == "decide" else "recommend"
