"""Odd rows of the ledger that an office still has to rule on."""

from xingyun.applications import queries as applications
from xingyun.reviews.queries.standing import Standing


def unruled(standing: Standing) -> int:
    """How many wait; asks for nothing where the rulebook keeps no ledger."""
    if not standing.rulebook.keeps_ledger:
        return 0
    return len(applications.handed_in_ledger(standing.application).unruled)
