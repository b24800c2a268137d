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
CODE = Text(
    "发票 {number} 的销售方与合同 {contract} 的供应方同名，税号 {found} 却不是合同上的 {code}。",
    "Invoice {number} names the provider of contract {contract}, but its tax number {found} is not {code}.",
)


def look(subject: Subject) -> Iterator[Found]:
    """By what was read, else by what was typed; where the names agree, by code too: namesakes are two."""
    read = {row.uid: piece for row, _held, piece in subject.read_invoices()}
    for row in subject.ledger.invoices:
        contract, piece = row.contract, read.get(row.uid)
        seller = (piece.text("seller") if piece else "") or row.seller
        if contract is None or not seller or row.odd:
            continue
        code = piece.text("seller_tax_id") if piece else ""
        if plain(seller) != plain(contract.seller):
            said = ANOTHER.fill(
                number=row.number, seller=seller, contract=contract.number, provider=contract.seller
            )
            key: tuple[object, ...] = (row.uid, plain(seller), contract.uid, plain(contract.seller))
            spot = "seller"
        elif code and contract.seller_uscc and code != contract.seller_uscc:
            said = CODE.fill(
                number=row.number, contract=contract.number, found=code, code=contract.seller_uscc
            )
            key = (row.uid, code, contract.uid, contract.seller_uscc)
            spot = "seller_tax_id"
        else:
            continue
        yield Found(
            key=key,
            words=said,
            repair=REPAIR,
            row=row.uid,
            clause=subject.clause,
            **subject.shown(row, spot, "number"),
        )


CHECK = Check("seller", Text("销售方", "Seller"), look)
