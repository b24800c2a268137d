"""The only writers of applications."""

from xingyun.applications.actions.awaiting import await_scan, drop_awaited, infected
from xingyun.applications.actions.booklets import make_booklet
from xingyun.applications.actions.claims import claim, prove, unprove
from xingyun.applications.actions.confirming import (
    answer_confirmation,
    ask_confirmation,
    ask_confirmation_again,
    withdraw_confirmation,
)
from xingyun.applications.actions.creating import create
from xingyun.applications.actions.drafting import (
    FieldConflict,
    Saved,
    Section,
    save_answer,
    save_section,
)
from xingyun.applications.actions.evidence import attach, declare_absent, detach, move_attachment
from xingyun.applications.actions.ledger import (
    change_contract,
    change_invoice,
    change_payment,
    record_contract,
    record_invoice,
    record_payment,
    remove_contract,
    remove_invoice,
    remove_payment,
    state_audited_total,
)
from xingyun.applications.actions.recounting import recount
from xingyun.applications.actions.row_proofs import prove_row, unprove_row
from xingyun.applications.actions.scans import bring_scan, drop_scan, take_scan
from xingyun.applications.actions.submitting import Incomplete, submit, withdraw
from xingyun.applications.actions.taking_over import take_over
from xingyun.applications.actions.transferring import hand_over
from xingyun.applications.queries.answers import digest

__all__ = [
    "FieldConflict",
    "Incomplete",
    "Saved",
    "Section",
    "answer_confirmation",
    "ask_confirmation",
    "ask_confirmation_again",
    "attach",
    "await_scan",
    "bring_scan",
    "change_contract",
    "change_invoice",
    "change_payment",
    "claim",
    "create",
    "declare_absent",
    "detach",
    "digest",
    "drop_awaited",
    "drop_scan",
    "hand_over",
    "infected",
    "make_booklet",
    "move_attachment",
    "prove",
    "prove_row",
    "record_contract",
    "record_invoice",
    "record_payment",
    "recount",
    "remove_contract",
    "remove_invoice",
    "remove_payment",
    "save_answer",
    "save_section",
    "state_audited_total",
    "submit",
    "take_over",
    "take_scan",
    "unprove",
    "unprove_row",
    "withdraw",
    "withdraw_confirmation",
]
