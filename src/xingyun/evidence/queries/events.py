"""The ledger's rows in the rulebook's terms. What was entered twice is one: the second doesn't count."""

from collections.abc import Collection, Hashable, Iterable, Iterator
from typing import TypeVar
from uuid import UUID

from xingyun.evidence.models import Contract, Invoice, Payment
from xingyun.evidence.queries.rulings import Explained, Rulings
from xingyun.rulebook.facts import Contract as ContractFact
from xingyun.rulebook.facts import Event, Oddity

R = TypeVar("R")


def contract_events(
    contracts: Iterable[Contract], confirmed: Collection[UUID] = ()
) -> tuple[ContractFact, ...]:
    """Contracts, dated by the day on which they were signed; `confirmed` by their providers are these."""
    return tuple(
        ContractFact(
            on=c.signed_on,
            fen=c.amount_fen,
            says_cloud=c.says_cloud,
            confirmed=c.uid in confirmed,
            starts=c.starts_on,
            ends=c.ends_on,
            key=str(c.uid),
        )
        for c in contracts
    )


def invoice_events(
    invoices: Iterable[Invoice], ruled: Rulings, proved: Collection[UUID] = ()
) -> tuple[Event, ...]:
    """Invoices; one with the code and number of an earlier row doesn't count.

    Of an odd one counts what was ruled, before that what its applicant says is its own. A red-letter invoice
    stands where the one that it takes back stands: if that lies outside the window, so does this.
    `proved` are the rows to whose explanation pages are attached.
    """
    told = _once((i, (i.code, i.number)) for i in invoices)
    return tuple(
        Event(
            on=(i.original or i).issued_on,
            fen=own(i, ruled),
            net_fen=_net(i, own(i, ruled)),
            counts=first and own(i, ruled) != 0,
            oddity=_oddity(i, ruled, proved),
            key=str(i.uid),
        )
        for i, first in told
    )


def payment_events(
    payments: Iterable[Payment], ruled: Rulings, proved: Collection[UUID] = ()
) -> tuple[Event, ...]:
    """Payments; one with the number, day and sum of an earlier row doesn't count. Banks know no tax."""
    told = _once((p, (p.number, p.paid_on, p.amount_fen)) for p in payments)
    return tuple(
        Event(
            on=p.paid_on,
            fen=own(p, ruled),
            counts=first and own(p, ruled) != 0,
            oddity=_oddity(p, ruled, proved),
            key=str(p.uid),
        )
        for p, first in told
    )


def own(row: Explained, ruled: Rulings) -> int:
    """How much of a row is the applicant's (fen, with tax): as ruled, else as said, else all of it."""
    ruling = ruled.get(row.uid)
    return row.told_fen if ruling is None else ruling.fen


def _net(invoice: Invoice, fen: int) -> int:
    """The part without tax of a part with tax, rounded half up."""
    if fen == invoice.gross_fen:
        return invoice.net_fen
    return (2 * fen * invoice.net_fen + invoice.gross_fen) // (2 * invoice.gross_fen)


def _oddity(row: Explained, ruled: Rulings, proved: Collection[UUID]) -> Oddity:
    if not row.odd:
        return "none"
    if row.uid in ruled:
        return "ruled"
    return "proved" if row.uid in proved else "bare"


def _once(marked: Iterable[tuple[R, Hashable]]) -> Iterator[tuple[R, bool]]:
    seen: set[Hashable] = set()
    for row, mark in marked:
        yield row, mark not in seen
        seen.add(mark)
