"""Places that are free while others went without: whom an office may take up again."""

from dataclasses import dataclass

from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.registry.models import Authority
from xingyun.reviews.models import Decision
from xingyun.reviews.queries.meters import Meter, meter_for, meters
from xingyun.reviews.states import Outcome
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook

SIZE = 50


@dataclass(frozen=True, slots=True)
class Freed:
    """Free places of one meter, and the applications that had qualified without one (the first of them)."""

    meter: Meter
    level: str
    kind: str
    applications: tuple[Application, ...]


def freed(authority: Authority, round: Round) -> list[Freed]:
    """Where an office may take up somebody again (three queries); nothing where nobody waits."""
    waiting = Decision.objects.filter(
        authority=authority,
        outcome=Outcome.NO_PLACE,
        revoked_at=None,
        application__round=round,
        application__holder=authority,
        application__state=State.NOT_AWARDED,
    )
    rows = waiting.select_related("application__enterprise").defer("application__answers")
    found = list(rows.order_by("level", "kind", "application__number"))
    if not found:
        return []
    known = meters(authority, round)
    quotas = _quotas(rulebook_of(round.edition), authority)
    grouped: dict[tuple[str, str, str | None], list[Application]] = {}
    for decision in found:
        key = (decision.level, decision.kind, decision.application.batch)
        grouped.setdefault(key, []).append(decision.application)
    out: list[Freed] = []
    for (level, kind, batch), applications in grouped.items():
        meter = meter_for(known, quotas.get((level, kind)), batch)
        if meter is not None and meter.free:
            out.append(Freed(meter, level, kind, tuple(applications[:SIZE])))
    return out


def _quotas(book: Rulebook, authority: Authority) -> dict[tuple[str, str], str | None]:
    """Which quota each of the office's acts takes its places from."""
    acts = (act for level in book.levels for act in book.path(level.key, frozenset(), authority.key))
    return {(act.level, act.kind): act.quota for act in acts if act.tier == authority.tier}
