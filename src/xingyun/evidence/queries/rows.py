"""The rows of a ledger that have not been taken out."""

from django.db.models import QuerySet

from xingyun.evidence.models import Contract, Dossier, Invoice, Payment


def contracts(dossier: Dossier) -> QuerySet[Contract]:
    """The contracts in the ledger, by the day they were signed."""
    return Contract.objects.filter(dossier=dossier, removed_at=None).order_by("signed_on", "id")


def invoices(dossier: Dossier) -> QuerySet[Invoice]:
    """The invoices in the ledger with their contracts, by date."""
    live = Invoice.objects.filter(dossier=dossier, removed_at=None)
    return live.select_related("contract", "original").order_by("issued_on", "id")


def payments(dossier: Dossier) -> QuerySet[Payment]:
    """The payments in the ledger with their contracts, by date."""
    live = Payment.objects.filter(dossier=dossier, removed_at=None)
    return live.select_related("contract").order_by("paid_on", "id")
