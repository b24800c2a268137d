"""The ledger's rows as plain data, for what is kept for good, and back again."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from xingyun.audit.hashing import canonical
from xingyun.evidence.models import Contract, Invoice, Payment

Plain = dict[str, Any]
CONTRACT = ("number", "title", "seller", "seller_uscc", "amount_fen", "deployment", "says_cloud")
INVOICE = (
    "code",
    "number",
    "net_fen",
    "tax_fen",
    "gross_fen",
    "seller",
    "buyer",
    "odd",
    "own_fen",
    "shares",
    "currency",
    "foreign_sum",
    "rate",
    "explanation",
)
PAYMENT = ("number", "amount_fen", "payee", "odd", "own_fen", "explanation")


def freeze_contract(contract: Contract) -> Plain:
    """A contract; days as ISO text, sums in fen."""
    days = {key: _iso(getattr(contract, key)) for key in ("signed_on", "starts_on", "ends_on")}
    return {"uid": str(contract.uid), **_of(contract, CONTRACT), **days}


def freeze_invoice(invoice: Invoice) -> Plain:
    """An invoice; its contract and its original by their ids."""
    return {
        "uid": str(invoice.uid),
        "contract": _uid(invoice.contract),
        "original": _uid(invoice.original),
        "issued_on": invoice.issued_on.isoformat(),
        **_of(invoice, INVOICE),
    }


def freeze_payment(payment: Payment) -> Plain:
    """A payment; its contract by its id."""
    return {
        "uid": str(payment.uid),
        "contract": _uid(payment.contract),
        "paid_on": payment.paid_on.isoformat(),
        **_of(payment, PAYMENT),
    }


def thaw_contract(plain: Plain) -> Contract:
    """The contract as it was; shown, never saved."""
    days = {key: _day(plain[key]) for key in ("signed_on", "starts_on", "ends_on")}
    return Contract(**{**plain, **days, "uid": UUID(plain["uid"])})


def thaw_invoices(plain: list[Plain], contracts: Mapping[str, Contract]) -> list[Invoice]:
    """The invoices as they were, each with its contract and its original; shown, never saved."""
    made = {
        one["uid"]: Invoice(
            **{
                **one,
                "uid": UUID(one["uid"]),
                "issued_on": _day(one["issued_on"]),
                "contract": contracts.get(one["contract"] or ""),
                "original": None,
            }
        )
        for one in plain
    }
    for one in plain:
        made[one["uid"]].original = made.get(one.get("original") or "")
    return list(made.values())


def thaw_payment(plain: Plain, contracts: Mapping[str, Contract]) -> Payment:
    """The payment as it was; shown, never saved."""
    given = {
        "uid": UUID(plain["uid"]),
        "paid_on": _day(plain["paid_on"]),
        "contract": contracts.get(plain["contract"] or ""),
    }
    return Payment(**{**plain, **given})


def said(row: Contract | Invoice | Payment) -> str:
    """The digest of all that a row says: a ruling or a confirmation holds as long as it says the same."""
    plain = _frozen(row)
    return hashlib.sha256(canonical(plain).encode()).hexdigest()


def _frozen(row: Contract | Invoice | Payment) -> Plain:
    if isinstance(row, Contract):
        return freeze_contract(row)
    return freeze_invoice(row) if isinstance(row, Invoice) else freeze_payment(row)


def _of(row: Contract | Invoice | Payment, names: tuple[str, ...]) -> Plain:
    return {name: getattr(row, name) for name in names}


def _uid(row: Contract | Invoice | None) -> str | None:
    return str(row.uid) if row else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
