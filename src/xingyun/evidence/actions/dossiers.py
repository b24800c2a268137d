"""The dossier of an enterprise in a round: one, however often it is asked for."""

from django.utils.translation import gettext as _

from xingyun.audit.errors import Refused
from xingyun.evidence.models import Dossier
from xingyun.registry.models import Enterprise
from xingyun.rounds.models import Round


def open_dossier(*, enterprise: Enterprise, round: Round) -> Dossier:
    """The enterprise's ledger in this round, begun if need be. A second application goes on with it."""
    found, _made = Dossier.objects.get_or_create(enterprise=enterprise, round=round)
    return found


def state_audited_total(*, dossier: Dossier, fen: int | None) -> None:
    """Keep what the audit report comes to; None where there is no report (yet)."""
    if fen is not None and fen < 0:
        raise Refused(_("审核报告的合计不会是负数，请照报告的结论填。"), field="fen")
    dossier.audited_fen = fen
    dossier.save(update_fields=["audited_fen"])
