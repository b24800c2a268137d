"""Reading the ledger: what it holds, and what of it counts under the rulebook."""

from xingyun.evidence.queries.events import contract_events, invoice_events, payment_events
from xingyun.evidence.queries.rows import contracts, invoices, payments
from xingyun.evidence.queries.tally import Ledger, Row, Uncounted, ledger, spend_rule, tally

__all__ = [
    "Ledger",
    "Row",
    "Uncounted",
    "contract_events",
    "contracts",
    "invoice_events",
    "invoices",
    "ledger",
    "payment_events",
    "payments",
    "spend_rule",
    "tally",
]
