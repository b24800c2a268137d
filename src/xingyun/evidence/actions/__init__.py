"""The only writers of the ledger. They check what is entered; whether it may be entered is asked above."""

from xingyun.evidence.actions.confirmations import Answer, Asked, ask, ask_again, take_answer, take_back
from xingyun.evidence.actions.contracts import change_contract, record_contract, remove_contract
from xingyun.evidence.actions.data import ContractData, InvoiceData, PaymentData
from xingyun.evidence.actions.dossiers import open_dossier, state_audited_total
from xingyun.evidence.actions.findings import keep_prints, record_findings, rule_finding
from xingyun.evidence.actions.invoices import change_invoice, record_invoice, remove_invoice
from xingyun.evidence.actions.payments import change_payment, record_payment, remove_payment
from xingyun.evidence.actions.readings import expect_reading, forget_older, keep_reading
from xingyun.evidence.actions.rulings import rule

__all__ = [
    "Answer",
    "Asked",
    "ContractData",
    "InvoiceData",
    "PaymentData",
    "ask",
    "ask_again",
    "change_contract",
    "change_invoice",
    "change_payment",
    "expect_reading",
    "forget_older",
    "keep_prints",
    "keep_reading",
    "open_dossier",
    "record_contract",
    "record_findings",
    "record_invoice",
    "record_payment",
    "remove_contract",
    "remove_invoice",
    "remove_payment",
    "rule",
    "rule_finding",
    "state_audited_total",
    "take_answer",
    "take_back",
]
