"""What is entered into the ledger. Sums are fen, days are days in Asia/Shanghai."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from xingyun.evidence.models import Contract, Invoice


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
class Explained:
    """What is odd about a row, if anything (keys of states.Odd), in words; `own_fen` is the applicant's part.

    None is all of it.
    """

    odd: tuple[str, ...] = ()
    explanation: str = ""
    own_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceData(Explained):
    """An invoice as typed in. A red-letter one has negative sums and may name its `original`.

    `shares` are the contracts that one invoice pays for together, with the sum (fen, with tax) of each;
    `buyer` is who it names where that is not the applicant; `foreign_sum` in `currency` (ISO 4217) times
    `rate` is the sum in yuan.
    """

    number: str
    issued_on: date
    net_fen: int
    tax_fen: int
    gross_fen: int
    code: str = ""
    seller: str = ""
    buyer: str = ""
    contract: Contract | None = None
    original: Invoice | None = None
    shares: tuple[tuple[Contract, int], ...] = ()
    currency: str = ""
    foreign_sum: str = ""
    rate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentData(Explained):
    """A payment as typed in; `number` is the bank's. A refund is negative."""

    number: str
    paid_on: date
    amount_fen: int
    payee: str = ""
    contract: Contract | None = None


def columns(data: InvoiceData | PaymentData) -> dict[str, Any]:
    """The values by column. Rows pointed to stay the rows that they are: nothing is copied deeply."""
    found = {field.name: getattr(data, field.name) for field in fields(data)}
    if isinstance(data, InvoiceData):
        found["shares"] = [[str(contract.uid), fen] for contract, fen in data.shares]
    return {**found, "odd": list(data.odd)}
