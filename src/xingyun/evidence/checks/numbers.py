"""Whether numbers can be ones: their length, their signs, their check digits."""

import re
from collections.abc import Iterator

from xingyun.evidence.checks.base import Check, Found, Subject
from xingyun.evidence.models import Invoice
from xingyun.rulebook import Text, uscc

REPAIR = Text("请对照原件核对。", "Compare with the original.")
SHAPES = (
    (
        r"\d{20}",
        r"",
        Text("数电票没有发票代码，请清空", "a fully digital invoice has no code; leave it empty"),
    ),
    (
        r"\d{8}",
        r"\d{10}|\d{12}",
        Text("8 位号码的发票另有 10 或 12 位的代码", "one of 8 digits has a code of 10 or 12, too"),
    ),
)
CODE = Text("发票 {number}（代码 {code}）：{why}。", "Invoice {number} (code {code}): {why}.")
LENGTH = Text(
    "发票号码 {number} 是 {n} 位，增值税发票是 8 位或 20 位。",
    "Invoice number {number} has {n} signs; VAT invoices have 8 or 20 digits.",
)
USCC = Text(
    "{name}的统一社会信用代码 {code} 不对：{why}", "The credit code {code} of {name} can't be right: {why}"
)


def look(subject: Subject) -> Iterator[Found]:
    """Invoices of the ledger; credit codes that were read from files."""
    for row in subject.ledger.invoices:
        if (said := _wrong(row)) is not None:
            yield Found(
                key=(row.uid, row.code, row.number),
                words=said,
                repair=REPAIR,
                row=row.uid,
                clause=subject.clause,
                **subject.shown(row, "number"),
            )
    for held, piece in subject.pieces:
        for who, code in (("seller", "seller_tax_id"), ("buyer", "buyer_tax_id"), ("seller", "seller_uscc")):
            found = piece.text(code)
            fault = uscc.fault(found) if len(found) == uscc.LENGTH else None
            if fault is not None:
                page, box = piece.spot(code)
                yield Found(
                    key=(held.file.sha256, found),
                    words=USCC.fill(name=piece.text(who) or "—", code=found, why=fault.text),
                    repair=REPAIR,
                    held=held,
                    page=page,
                    box=box,
                    clause=held.clause,
                )


def _wrong(row: Invoice) -> Text | None:
    """Other kinds than VAT invoices are foreign ones, which have no shape to go by."""
    if row.currency:
        return None
    for number, code, why in SHAPES:
        if re.fullmatch(number, row.number):
            return (
                None
                if re.fullmatch(code, row.code)
                else CODE.fill(number=row.number, code=row.code or "—", why=why)
            )
    return LENGTH.fill(number=row.number, n=len(row.number))


CHECK = Check("numbers", Text("号码", "Numbers"), look)
