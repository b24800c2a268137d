"""What is entered into the ledger. Sums are fen, days are days in Asia/Shanghai."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from xingyun.evidence.models import Contract


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractData:
    """A contract as typed in; `deployment` is a key of the rulebook's deployment models."""

    number: str
    title: str
    seller: str
    signed_on: date
    amount_fen: int
    deployment: str
    says_cloud: bool
    seller_uscc: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceData:
    """An invoice as typed in. A red-letter one has negative sums and says in `explanation` why."""

    number: str
    issued_on: date
    net_fen: int
    tax_fen: int
    gross_fen: int
    code: str = ""
    seller: str = ""
    explanation: str = ""
    contract: Contract | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentData:
    """A payment as typed in; `number` is the bank's. A refund is negative and says in `explanation` why."""

    number: str
    paid_on: date
    amount_fen: int
    payee: str = ""
    explanation: str = ""
    contract: Contract | None = None


def columns(data: InvoiceData | PaymentData) -> dict[str, Any]:
    """The values by column. The contract stays the row that it is, so nothing is copied deeply."""
    return {field.name: getattr(data, field.name) for field in fields(data)}
