"""Whether who issued an invoice is the provider of its contract."""

from collections.abc import Iterator

from xingyun.evidence.checks.base import Check, Found, Subject, plain
from xingyun.rulebook import Text

ANOTHER = Text(
    "发票 {number} 的销售方“{seller}”不是合同 {contract} 的供应方“{provider}”。",
    "Invoice {number} was issued by {seller}, contract {contract} is with {provider}.",
)
REPAIR = Text(
    "请核对这张发票属于哪份合同；供应方改名或由分公司开票的，在“特殊情况”里写明并附证明。",
    "See to which contract it belongs; a renamed provider or its branch: prove it under special cases.",
)


def look(subject: Subject) -> Iterator[Found]:
    """By what was read, else by what was typed."""
    read = {row.uid: piece for row, _held, piece in subject.read_invoices()}
    for row in subject.ledger.invoices:
        piece = read.get(row.uid)
        seller = (piece.text("seller") if piece else "") or row.seller
        if row.contract is None or not seller or plain(seller) == plain(row.contract.seller) or row.odd:
            continue
        said = ANOTHER.fill(
            number=row.number, seller=seller, contract=row.contract.number, provider=row.contract.seller
        )
        yield Found(
            key=(row.uid, plain(seller), row.contract.uid, plain(row.contract.seller)),
            words=said,
            repair=REPAIR,
            row=row.uid,
            clause=subject.clause,
            **subject.shown(row, "seller", "number"),
        )


CHECK = Check("seller", Text("销售方", "Seller"), look)
