"""Reading the ledger: what it holds, and what of it counts under the rulebook."""

from xingyun.evidence.queries.confirmations import (
    Confirmations,
    confirmation_by,
    confirmations,
    confirmations_of,
    confirmations_of_row,
    contract_of,
    has_expired,
    holds,
)
from xingyun.evidence.queries.events import contract_events, invoice_events, payment_events
from xingyun.evidence.queries.findings import all_findings, has_open, open_counts, own_findings, waiting
from xingyun.evidence.queries.frozen import (
    freeze_contract,
    freeze_invoice,
    freeze_payment,
    said,
    thaw_contract,
    thaw_invoices,
    thaw_payment,
)
from xingyun.evidence.queries.readings import Piece, Said, is_read, notes, pieces, readings, written
from xingyun.evidence.queries.rereading import HowFar, how_far, to_read_again, to_settle
from xingyun.evidence.queries.rows import contracts, invoices, payments
from xingyun.evidence.queries.rulings import Explained, Rulings, history, odd_rows, rulings, rulings_of
from xingyun.evidence.queries.tally import Ledger, Row, Uncounted, ledger, spend_rule, tally

__all__ = [
    "Confirmations",
    "Explained",
    "HowFar",
    "Ledger",
    "Piece",
    "Row",
    "Rulings",
    "Said",
    "Uncounted",
    "all_findings",
    "confirmation_by",
    "confirmations",
    "confirmations_of",
    "confirmations_of_row",
    "contract_events",
    "contract_of",
    "contracts",
    "freeze_contract",
    "freeze_invoice",
    "freeze_payment",
    "has_expired",
    "has_open",
    "history",
    "holds",
    "how_far",
    "invoice_events",
    "invoices",
    "is_read",
    "ledger",
    "notes",
    "odd_rows",
    "open_counts",
    "own_findings",
    "payment_events",
    "payments",
    "pieces",
    "readings",
    "rulings",
    "rulings_of",
    "said",
    "spend_rule",
    "tally",
    "thaw_contract",
    "thaw_invoices",
    "thaw_payment",
    "to_read_again",
    "to_settle",
    "waiting",
    "written",
]
