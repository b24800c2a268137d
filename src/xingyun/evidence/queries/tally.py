"""Reading the ledger: what it holds, and what of it counts under the rulebook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xingyun.evidence.models import Contract, Dossier, Invoice
from xingyun.rulebook import Rulebook
from xingyun.rulebook.schema.conditions import Spend


@dataclass(frozen=True, slots=True)
class Uncounted:
    """An invoice that is not part of the sum: why, in words, and under which clause.

    `twice` tells one that was entered before.
    """

    invoice: Invoice
    reason: str
    clause: str
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """Contracts and invoices with their sums in fen; `counted_fen` is the spend that the rulebook counts."""

    contracts: tuple[Contract, ...]
    invoices: tuple[Invoice, ...]
    counted_fen: int
    uncounted: tuple[Uncounted, ...]

    @property
    def contracts_fen(self) -> int:
        """What all contracts come to."""
        return sum(contract.amount_fen for contract in self.contracts)

    @property
    def uncounted_fen(self) -> int:
        """What the invoices that do not count come to, with tax."""
        return sum(line.invoice.gross_fen for line in self.uncounted)


def contracts(dossier: Dossier) -> QuerySet[Contract]:
    """The contracts in the ledger, by the day they were signed."""
    return Contract.objects.filter(dossier=dossier, removed_at=None).order_by("signed_on", "id")


def invoices(dossier: Dossier) -> QuerySet[Invoice]:
    """The invoices in the ledger with their contracts, by date."""
    live = Invoice.objects.filter(dossier=dossier, removed_at=None)
    return live.select_related("contract").order_by("issued_on", "id")


def ledger(dossier: Dossier, rulebook: Rulebook, until: date) -> Ledger:
    """The ledger as it counts on the day `until` (two queries)."""
    return tally(tuple(contracts(dossier)), tuple(invoices(dossier)), rulebook, until)


def tally(
    contracts: Sequence[Contract], invoices: Sequence[Invoice], rulebook: Rulebook, until: date
) -> Ledger:
    """What of these rows counts: dated inside the rulebook's span, each number once, on its tax basis."""
    rule = spend_rule(rulebook)
    uncounted = tuple(_uncounted(invoices, rule, until))
    left_out = {line.invoice.uid for line in uncounted}
    counted = sum(_worth(invoice, rule) for invoice in invoices if invoice.uid not in left_out)
    return Ledger(tuple(contracts), tuple(invoices), counted, uncounted)


def spend_rule(rulebook: Rulebook) -> Spend | None:
    """The rulebook's condition on spending, if it has one."""
    return next((rule for rule in rulebook.conditions if isinstance(rule, Spend)), None)


def _worth(invoice: Invoice, rule: Spend | None) -> int:
    return invoice.net_fen if rule and rule.tax == "excluded" else invoice.gross_fen


def _uncounted(invoices: Sequence[Invoice], rule: Spend | None, until: date) -> Iterable[Uncounted]:
    clause = "、".join(rule.clause) if rule else ""
    end = until if rule is None or rule.to == "submission" else rule.to
    seen: set[tuple[str, str]] = set()
    for invoice in invoices:
        if rule and invoice.issued_on < rule.from_:
            reason = _("早于 %s，不计入，也不影响申报。") % rule.from_.isoformat()
            yield Uncounted(invoice, reason, clause)
        elif invoice.issued_on > end:
            yield Uncounted(invoice, _("晚于 %s，不计入。") % end.isoformat(), clause)
        elif (invoice.code, invoice.number) in seen:
            yield Uncounted(invoice, _("同一张发票录了两次，只计一次。"), clause, twice=True)
        else:
            seen.add((invoice.code, invoice.number))
