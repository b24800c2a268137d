"""What one enterprise spends in one round, what its files say of it, and what is odd about both."""

from xingyun.evidence.models.confirmations import Confirmation
from xingyun.evidence.models.findings import Finding, TextBand, TextPrint
from xingyun.evidence.models.ledger import Contract, Dossier, Invoice, Payment, Ruling
from xingyun.evidence.models.readings import PageLook, Reading

__all__ = [
    "Confirmation",
    "Contract",
    "Dossier",
    "Finding",
    "Invoice",
    "PageLook",
    "Payment",
    "Reading",
    "Ruling",
    "TextBand",
    "TextPrint",
]
