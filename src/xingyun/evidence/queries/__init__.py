"""Reading the ledger: what it holds, and what of it counts under the rulebook."""

from xingyun.evidence.queries.events import contract_events, invoice_events, payment_events
from xingyun.evidence.queries.frozen import (
    freeze_contract,
    freeze_invoice,
    freeze_payment,
    said,
    thaw_contract,
    thaw_invoices,
    thaw_payment,
)
from xingyun.evidence.queries.rows import contracts, invoices, payments
from xingyun.evidence.queries.rulings import Explained, Rulings, history, odd_rows, rulings
from xingyun.evidence.queries.tally import Ledger, Row, Uncounted, ledger, spend_rule, tally

__all__ = [
    "Explained",
    "Ledger",
    "Row",
    "Rulings",
    "Uncounted",
    "contract_events",
    "contracts",
    "freeze_contract",
    "freeze_invoice",
    "freeze_payment",
    "history",
    "invoice_events",
    "invoices",
    "ledger",
    "odd_rows",
    "payment_events",
    "payments",
    "rulings",
    "said",
    "spend_rule",
    "tally",
    "thaw_contract",
    "thaw_invoices",
    "thaw_payment",
]
