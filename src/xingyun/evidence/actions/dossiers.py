"""The dossier of an enterprise in a round: one, however often it is asked for."""

from xingyun.evidence.models import Dossier
from xingyun.registry.models import Enterprise
from xingyun.rounds.models import Round


def open_dossier(*, enterprise: Enterprise, round: Round) -> Dossier:
    """The enterprise's ledger in this round, begun if need be. A second application goes on with it."""
    found, _made = Dossier.objects.get_or_create(enterprise=enterprise, round=round)
    return found
