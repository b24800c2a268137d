"""The ledger's rows in the rulebook's terms. What was entered twice is one: the second doesn't count."""

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from xingyun.evidence.models import Contract, Invoice, Payment
from xingyun.rulebook.facts import Contract as ContractFact
from xingyun.rulebook.facts import Event

R = TypeVar("R")


def contract_events(contracts: Iterable[Contract]) -> tuple[ContractFact, ...]:
    """Contracts, dated by the day on which they were signed."""
    return tuple(
        ContractFact(
            on=c.signed_on,
            fen=c.amount_fen,
            says_cloud=c.says_cloud,
            starts=c.starts_on,
            ends=c.ends_on,
            key=str(c.uid),
        )
        for c in contracts
    )


def invoice_events(invoices: Iterable[Invoice]) -> tuple[Event, ...]:
    """Invoices; one with the code and number of an earlier row doesn't count."""
    told = _once((i, (i.code, i.number)) for i in invoices)
    return tuple(
        Event(on=i.issued_on, fen=i.gross_fen, net_fen=i.net_fen, counts=first, key=str(i.uid))
        for i, first in told
    )


def payment_events(payments: Iterable[Payment]) -> tuple[Event, ...]:
    """Payments; one with the number, day and sum of an earlier row doesn't count. Banks know no tax."""
    told = _once((p, (p.number, p.paid_on, p.amount_fen)) for p in payments)
    return tuple(Event(on=p.paid_on, fen=p.amount_fen, counts=first, key=str(p.uid)) for p, first in told)


def _once(marked: Iterable[tuple[R, Hashable]]) -> Iterator[tuple[R, bool]]:
    seen: set[Hashable] = set()
    for row, mark in marked:
        yield row, mark not in seen
        seen.add(mark)
