"""Whether what must be known before a grant is known: for many applications in as many queries as for one."""

from collections.abc import Iterable
from dataclasses import dataclass

from xingyun.applications import queries as applications
from xingyun.reviews.queries.look_ups import Check, checks, look_ups_of, told
from xingyun.reviews.queries.standing import Standing


@dataclass(frozen=True, slots=True)
class Ready:
    """What was looked up elsewhere, and how many odd rows of the ledger wait for a ruling."""

    checks: tuple[Check, ...]
    unruled: int


def readiness(known: Iterable[Standing]) -> dict[int, Ready]:
    """By application (five queries); one that was never handed in is left out."""
    standings = {standing.application.pk: standing for standing in known}
    records = look_ups_of(list(standings))
    found = applications.judged(
        (standing.application for standing in standings.values()),
        {pk: told(records[pk], standing.rulebook) for pk, standing in standings.items()},
        {pk: tuple(standing.held) for pk, standing in standings.items()},
    )
    return {
        pk: Ready(
            checks(standings[pk], records[pk], one.verdict),
            one.unruled if standings[pk].rulebook.keeps_ledger else 0,
        )
        for pk, one in found.items()
    }
