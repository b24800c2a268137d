"""What the ledger says of an invoice against what was read from its file."""

from collections.abc import Iterator
from typing import Any

from xingyun.evidence.checks.base import Check, Found, Held, Subject
from xingyun.evidence.models import Invoice
from xingyun.evidence.queries.readings import Piece, written
from xingyun.rulebook import Text

NAMES = {
    "code": Text("代码", "code"),
    "issued_on": Text("日期", "date"),
    "net_fen": Text("金额", "net"),
    "tax_fen": Text("税额", "tax"),
    "gross_fen": Text("价税合计", "total"),
}
DIFFERS = Text(
    "发票 {number} 的{name}：台账是 {typed}，从文件里读出 {read}。",
    "Invoice {number}, {name}: the ledger has {typed}, the file says {read}.",
)
NUMBER = Text(
    "台账的发票号码 {number} 没有从文件里读到；同一天、同样金额的发票号码读出 {read}。",
    "No file says the invoice number {number}; one of the same day and sum has {read}.",
)
REPAIR = Text(
    "请对照原件，改正台账里的数；读错了的不用改。",
    "Compare with the original and correct the ledger; a misreading needs nothing.",
)


def look(subject: Subject) -> Iterator[Found]:
    """Where any source says what the ledger says, all is well."""
    read = set()
    for row, held, piece in subject.read_invoices():
        read.add(row.number)
        for name in NAMES:
            typed, said = _typed(row, name), piece.fields.get(name, ())
            if said and typed not in [one.value for one in said]:
                words = DIFFERS.fill(
                    number=row.number, name=NAMES[name], typed=written(name, typed) or "—",
                    read=written(name, said[0].value),
                )  # fmt: skip
                yield _found(subject, row, held, piece, (row.uid, name, typed, said[0].value), words, name)
    yield from _mistyped(subject, {row.number for row in subject.ledger.invoices}, read)


def _mistyped(subject: Subject, typed: set[str], read: set[str]) -> Iterator[Found]:
    """A row whose number no file says, beside an invoice of its day and sum that no row has."""
    strays = [
        (held, piece)
        for held, piece in subject.pieces
        if piece.kind == "invoice" and piece.text("number") and piece.text("number") not in typed
    ]
    for row in subject.ledger.invoices:
        if row.number in read:
            continue
        for held, piece in strays:
            if (
                piece.text("issued_on") == row.issued_on.isoformat()
                and piece.value("gross_fen") == row.gross_fen
            ):
                number = piece.text("number")
                words = NUMBER.fill(number=row.number, read=number)
                yield _found(
                    subject, row, held, piece, (row.uid, "number", row.number, number), words, "number"
                )
                break


def _typed(row: Invoice, name: str) -> Any:
    return row.issued_on.isoformat() if name == "issued_on" else getattr(row, name)


def _found(
    subject: Subject, row: Invoice, held: Held, piece: Piece, key: tuple[object, ...], words: Text, name: str
) -> Found:
    page, box = piece.spot(name, "number")
    return Found(
        key=key, words=words, repair=REPAIR, row=row.uid, held=held, page=page, box=box, clause=subject.clause
    )


CHECK = Check("against-file", Text("台账与文件", "Ledger against file"), look)
