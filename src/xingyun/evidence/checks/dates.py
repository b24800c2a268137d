"""Invoices and payments outside the window of the rulebook, and invoices older than their contract."""

from collections.abc import Iterator
from datetime import date

from xingyun.evidence.checks.base import Check, Found, Subject
from xingyun.evidence.queries.tally import Row, spend_rule
from xingyun.rulebook import Text
from xingyun.rulebook.engine.sums import span

OUTSIDE = Text(
    "{number} 的日期 {on} 不在规定的时间内（{window}），不计入。",
    "{number} is dated {on}, outside the time that counts ({window}).",
)
OLDER = Text(
    "发票 {number} 开于 {on}，早于合同 {contract} 的签订日期 {signed}。",
    "Invoice {number} of {on} is older than contract {contract}, signed on {signed}.",
)
COMPARE = Text(
    "请对照原件核对日期；日期没有错的不用改，它只是不计入。",
    "Compare the date with the original; if it is right, nothing has to be done: it does not count.",
)
OLDER_REPAIR = Text(
    "请核对两个日期；先付款后补签合同的，在“特殊情况”里写明。",
    "Compare both dates; where the contract was signed later, say so under special cases.",
)


def look(subject: Subject) -> Iterator[Found]:
    """The window by the spend's rule; an invoice of a red letter's original stands where that one stands."""
    rule = spend_rule(subject.rulebook)
    if rule is not None:
        window = span(rule, subject.day)
        for row, on in _dated(subject, rule.event):
            if window.side(on) != "inside":
                said = OUTSIDE.fill(number=row.number, on=on.isoformat(), window=window.words)
                yield Found(
                    key=(row.uid, on), words=said, repair=COMPARE, row=row.uid, clause=subject.clause,
                    **subject.shown(row, "issued_on", "number"),
                )  # fmt: skip
    for invoice in subject.ledger.invoices:
        contract = invoice.contract
        if contract is not None and invoice.issued_on < contract.signed_on and not invoice.odd:
            said = OLDER.fill(
                number=invoice.number,
                on=invoice.issued_on,
                contract=contract.number,
                signed=contract.signed_on,
            )
            key = (invoice.uid, invoice.issued_on, contract.signed_on)
            yield Found(
                key=key, words=said, repair=OLDER_REPAIR, row=invoice.uid, clause=subject.clause,
                **subject.shown(invoice, "issued_on", "number"),
            )  # fmt: skip


def _dated(subject: Subject, event: str) -> list[tuple[Row, date]]:
    """The rows that the rule looks at, with the day that counts."""
    ledger = subject.ledger
    if event == "invoice":
        return [(one, (one.original or one).issued_on) for one in ledger.invoices]
    if event == "payment":
        return [(one, one.paid_on) for one in ledger.payments]
    return [(one, one.signed_on) for one in ledger.contracts]


CHECK = Check("dates", Text("日期", "Dates"), look)
