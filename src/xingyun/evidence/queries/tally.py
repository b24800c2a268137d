"""What a ledger comes to under the rulebook, and why some of it does not count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from xingyun.evidence.models import Contract, Dossier, Invoice, Payment
from xingyun.evidence.queries.confirmations import Confirmations, confirmations, holds
from xingyun.evidence.queries.events import contract_events, invoice_events, own, payment_events
from xingyun.evidence.queries.rows import contracts, invoices, payments
from xingyun.evidence.queries.rulings import Explained, Rulings, odd_rows, rulings
from xingyun.rulebook import Facts, Rulebook
from xingyun.rulebook.engine.span import Span
from xingyun.rulebook.engine.sums import Sum, events, span, total
from xingyun.rulebook.schema.conditions import Spend

Row = Contract | Invoice | Payment


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A row that is not part of the sum: why, in words, and under which clause.

    `twice` tells one that was entered before.
    """

    row: Row
    reason: str
    clause: str
    twice: bool = False

    @property
    def fen(self) -> int:
        """What it comes to, with tax."""
        return self.row.gross_fen if isinstance(self.row, Invoice) else self.row.amount_fen


@dataclass(frozen=True, slots=True)
class Ledger:
    """Contracts, invoices and payments with their sums in fen.

    `counted_fen` is the spend that the rulebook counts: of `counted` rows of the kind that it looks at;
    `audited_fen` what the audit report says that it is; `ruled` what offices ruled on odd rows;
    `confirmations` what providers were asked of contracts that do not say cloud.
    """

    contracts: tuple[Contract, ...]
    invoices: tuple[Invoice, ...]
    payments: tuple[Payment, ...]
    counted: int
    counted_fen: int
    uncounted: tuple[Uncounted, ...]
    audited_fen: int | None = None
    ruled: Rulings = field(default_factory=dict)
    confirmations: Confirmations = field(default_factory=dict)

    @property
    def confirmed(self) -> frozenset[UUID]:
        """The contracts of which providers have confirmed what they say now."""
        asked = ((one, self.confirmations.get(one.uid)) for one in self.contracts)
        return frozenset(contract.uid for contract, one in asked if one and holds(one, contract))

    @property
    def odd(self) -> list[Explained]:
        """The rows that were explained, and are ruled."""
        return odd_rows((*self.invoices, *self.payments))

    @property
    def unruled(self) -> list[Explained]:
        """Of these the ones that wait for it."""
        return [row for row in self.odd if row.uid not in self.ruled]

    def share(self, row: Explained) -> int | None:
        """How much of a row is counted as the applicant's (fen, with tax); None where it is all of it."""
        found = own(row, self.ruled)
        return None if found == row.whole_fen else found

    @property
    def gap_fen(self) -> int | None:
        """By how much what counts exceeds what the audit report says; None without a report."""
        return None if self.audited_fen is None else self.counted_fen - self.audited_fen

    @property
    def contracts_fen(self) -> int:
        """What all contracts come to."""
        return sum(contract.amount_fen for contract in self.contracts)

    @property
    def uncounted_fen(self) -> int:
        """What the rows that do not count come to, with tax."""
        return sum(line.fen for line in self.uncounted)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.contracts) + len(self.invoices) + len(self.payments)


def ledger(dossier: Dossier, rulebook: Rulebook, until: date) -> Ledger:
    """The ledger as it counts on the day `until`.

    Three queries; one more where a row is odd, and where a contract does not say cloud.
    """
    found = (tuple(contracts(dossier)), tuple(invoices(dossier)), tuple(payments(dossier)))
    ruled = rulings(dossier, (*found[1], *found[2]))
    asked = confirmations(dossier, rulebook, found[0])
    return tally(*found, rulebook, until, dossier.audited_fen, ruled, asked)


def tally(
    contracts: Sequence[Contract],
    invoices: Sequence[Invoice],
    payments: Sequence[Payment],
    rulebook: Rulebook,
    until: date,
    audited_fen: int | None = None,
    ruled: Rulings | None = None,
    asked: Confirmations | None = None,
) -> Ledger:
    """What of these rows counts: dated inside the rulebook's span, each once, on its tax basis."""
    rows = (tuple(contracts), tuple(invoices), tuple(payments))
    ruled, asked, rule = ruled or {}, asked or {}, spend_rule(rulebook)
    if rule is None:
        return Ledger(*rows, 0, 0, (), audited_fen, ruled, asked)
    told = Facts(
        contracts=contract_events(contracts),
        invoices=invoice_events(invoices, ruled),
        payments=payment_events(payments, ruled),
        day=until,
    )
    found = total(rule, told)
    by_key = {str(row.uid): row for kind in rows for row in kind}
    left_out = tuple(_uncounted(rule, found, told, by_key, ruled))
    return Ledger(*rows, len(found.counted), found.fen, left_out, audited_fen, ruled, asked)


def spend_rule(rulebook: Rulebook) -> Spend | None:
    """The rulebook's condition on spending, if it has one."""
    return next((rule for rule in rulebook.conditions if isinstance(rule, Spend)), None)


def _uncounted(
    rule: Spend, found: Sum, told: Facts, rows: dict[str, Row], ruled: Rulings
) -> Iterator[Uncounted]:
    clause, window = "、".join(rule.clause), span(rule, told.day)
    early, late = {e.key for e in found.before}, {e.key for e in found.after}
    for event in events(rule, told):
        if event.key in early:
            yield Uncounted(rows[event.key], _early(window), clause)
        elif event.key in late:
            yield Uncounted(rows[event.key], _late(window), clause)
        elif (ruling := ruled.get(rows[event.key].uid)) is not None and ruling.fen == 0:
            yield Uncounted(rows[event.key], _("审核认定不计入：%s") % ruling.reason, clause)
        elif not event.counts:
            yield Uncounted(rows[event.key], _("同一张票据录了两次，只计一次。"), clause, twice=True)


def _early(window: Span) -> str:
    said = _("早于 %s，不计入，也不影响申报。") if window.first_in else _("不晚于 %s，不计入，也不影响申报。")
    return said % window.first


def _late(window: Span) -> str:
    return (_("晚于 %s，不计入。") if window.last_in else _("不早于 %s，不计入。")) % window.last
