"""What providers were asked to confirm of contracts, and whether what they confirmed still holds (二、4)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from xingyun.evidence.models import Confirmation, Contract, Dossier
from xingyun.evidence.queries.frozen import said
from xingyun.evidence.states import ConfirmationState
from xingyun.rulebook import Rulebook

Confirmations = Mapping[UUID, Confirmation]


def confirmations(dossier: Dossier, rulebook: Rulebook, contracts: Iterable[Contract]) -> Confirmations:
    """The asking that each of these contracts stands by: the last one of what it says, else the last one.

    One query; none where the rulebook has nothing confirmed or every contract says cloud.
    """
    return confirmations_of({dossier.pk: contracts}, {dossier.pk: rulebook})[dossier.pk]


def confirmations_of(
    ledgers: Mapping[int, Iterable[Contract]], rulebooks: Mapping[int, Rulebook]
) -> Mapping[int, Confirmations]:
    """The same for many ledgers, by dossier (one query, or none)."""
    unsaid = {
        dossier: {one.uid: one for one in contracts if not one.says_cloud}
        for dossier, contracts in ledgers.items()
        if rulebooks[dossier].confirming
    }
    asked = [dossier for dossier, contracts in unsaid.items() if contracts]
    known = Confirmation.objects.filter(dossier__in=asked).order_by("id") if asked else ()
    found: dict[int, dict[UUID, Confirmation]] = {dossier: {} for dossier in ledgers}
    for one in known:
        contract, standing = unsaid[one.dossier_id].get(one.row), found[one.dossier_id]
        if contract is not None and (one.row not in standing or _rather(one, standing[one.row], contract)):
            standing[one.row] = one
    return found


def _rather(later: Confirmation, earlier: Confirmation, contract: Contract) -> bool:
    """Whether the later asking speaks for a contract: one of what it says now goes before all others."""
    now = said(contract)
    return later.said == now or earlier.said != now


def holds(one: Confirmation, contract: Contract) -> bool:
    """Whether this is a confirmation of what the contract says now."""
    return one.state == ConfirmationState.CONFIRMED and one.said == said(contract)


def has_expired(one: Confirmation, now: datetime) -> bool:
    """Whether nobody answered in time."""
    return one.state == ConfirmationState.EXPIRED or (
        one.state == ConfirmationState.ASKED and one.expires_at <= now
    )


def confirmations_of_row(dossier: Dossier, row: UUID) -> list[Confirmation]:
    """All that was asked of one contract, newest first, with who asked."""
    known = Confirmation.objects.filter(dossier=dossier, row=row).select_related("asked_by")
    return list(known.order_by("-id"))


def confirmation_by(digest: str) -> Confirmation | None:
    """The asking whose present link has the token of this digest."""
    return Confirmation.objects.select_related("dossier").filter(digest=digest).first()


def contract_of(one: Confirmation) -> Contract | None:
    """The contract as it stands in the ledger; None once it was taken out."""
    return Contract.objects.filter(dossier=one.dossier_id, uid=one.row, removed_at=None).first()
