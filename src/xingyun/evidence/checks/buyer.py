"""Whom an invoice names as its buyer: the applicant, or somebody that was explained."""

from collections.abc import Iterator

from xingyun.evidence.checks.base import Check, Found, Subject, plain
from xingyun.rulebook import Text

ANOTHER = Text(
    "发票 {number} 的购买方是“{buyer}”，不是“{own}”。",
    "Invoice {number} names {buyer} as its buyer, not {own}.",
)
REPAIR = Text(
    "集团统一采购、曾用名等，在这张发票的“特殊情况”里写明并附证明；不是本单位的发票请移出台账。",
    "Bought by the group or under a former name: prove it under special cases; take out what is not yours.",
)
CODE = Text(
    "发票 {number} 的购买方税号 {found} 不是本单位的 {own}。",
    "Invoice {number} has the buyer's tax number {found}, yours is {own}.",
)


def look(subject: Subject) -> Iterator[Found]:
    """By name, and where the name is the applicant's, by code too."""
    enterprise = subject.dossier.enterprise
    for row, held, piece in subject.read_invoices():
        buyer, code = piece.text("buyer"), piece.text("buyer_tax_id")
        if buyer and plain(buyer) not in {plain(enterprise.name), plain(row.buyer)}:
            said = ANOTHER.fill(number=row.number, buyer=buyer, own=row.buyer or enterprise.name)
            key: tuple[object, ...] = (row.uid, plain(buyer))
            page, box = piece.spot("buyer")
        elif code and not row.odd and code != enterprise.uscc:
            said = CODE.fill(number=row.number, found=code, own=enterprise.uscc)
            key = (row.uid, code)
            page, box = piece.spot("buyer_tax_id")
        else:
            continue
        yield Found(
            key=key, words=said, repair=REPAIR, row=row.uid, held=held, page=page, box=box,
            clause=subject.clause,
        )  # fmt: skip


CHECK = Check("buyer", Text("购买方", "Buyer"), look)
