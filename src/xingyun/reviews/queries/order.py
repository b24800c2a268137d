"""Putting applicants in order: by the published keys, then as people have shifted rows."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from xingyun.applications.models import Application, Submission
from xingyun.registry.models import Authority
from xingyun.reviews.models import Shift
from xingyun.reviews.queries.basis import Basis
from xingyun.reviews.queries.standing import Standing
from xingyun.rounds.models import Round

Key = tuple[float, ...]


class Frozen(NamedTuple):
    """What the last submission says of points and of preferences met; None where it says nothing."""

    points: int | None = None
    preferences: int | None = None


NOTHING = Frozen()


def points_of(applications: Iterable[Application]) -> dict[int, int]:
    """The points of the last submissions by application, where points are counted (one query)."""
    told = frozen_of(applications)
    return {pk: frozen.points for pk, frozen in told.items() if frozen.points is not None}


def frozen_of(applications: Iterable[Application]) -> dict[int, Frozen]:
    """What the last submissions say of points and preferences, by application (one query)."""
    ids = [application.pk for application in applications]
    rows = Submission.objects.filter(application__in=ids).order_by("version")
    told = rows.values_list("application_id", "facts__points", "facts__preferences")
    return {pk: Frozen(points, preferences) for pk, points, preferences in told}


def key_by(by: Sequence[str], frozen: dict[int, Frozen]) -> Callable[[Application], Key]:
    """What to sort by: more comes first, of the submission's moment the earlier."""
    keys: dict[str, Callable[[Application], float]] = {
        "points": lambda a: -(frozen.get(a.pk, NOTHING).points or 0),
        "preferences": lambda a: -(frozen.get(a.pk, NOTHING).preferences or 0),
        "domains_proved": lambda a: -a.domains,
        "spend": lambda a: -a.spend_fen,
        "submitted_at": lambda a: _seconds(a.submitted_at),
    }
    return lambda application: tuple(keys[key](application) for key in by)


def shifts_of(authority: Authority, round: Round, level: str, kind: str) -> list[Shift]:
    """What was shifted by hand in an order, oldest first (one query)."""
    known = Shift.objects.filter(authority=authority, round=round, level=level, kind=kind)
    return list(known.select_related("shifted_by").order_by("seq"))


def ordered(
    known: Iterable[Standing], basis: Basis, key: Callable[[Application], Key], shifts: Sequence[Shift]
) -> list[Standing]:
    """By the keys, equal ones as they were entered; then shifted.

    By hand a row may go anywhere; where the keys decide, only among equals.
    """
    rows = sorted(known, key=lambda s: (*key(s.application), s.application.pk))
    for shift in shifts:
        rows = shifted(rows, shift.application_id, shift.ahead_of_id, shift.position)
    return rows if basis.by_hand else sorted(rows, key=lambda s: key(s.application))


def shifted(rows: list[Standing], application: int, ahead_of: int | None, position: int) -> list[Standing]:
    """The rows with one of them put before another; where that one is gone, at the same position."""
    mine = next((s for s in rows if s.application.pk == application), None)
    if mine is None:
        return rows
    left = [s for s in rows if s is not mine]
    places = (n for n, s in enumerate(left) if s.application.pk == ahead_of)
    at = next(places, len(left) if ahead_of is None else position - 1)
    return [*left[:at], mine, *left[at:]]


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else float("inf")
