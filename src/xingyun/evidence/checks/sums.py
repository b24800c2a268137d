"""Invoices against their contracts, and the ledger against the audit report."""

from collections import defaultdict
from collections.abc import Iterator

from xingyun.evidence.checks.base import Check, Found, Subject
from xingyun.evidence.queries.money import yuan
from xingyun.rulebook import Text

LEAST_FEN, PART = 100, 1000  # what may differ from the report: one yuan, or a thousandth
BEYOND = Text(
    "合同 {number} 金额 {amount} 元，它的发票合计 {sum} 元，多出 {more} 元。",
    "Contract {number} is of {amount} yuan, its invoices come to {sum}, {more} more.",
)
BEYOND_REPAIR = Text(
    "请核对发票归到了哪份合同；有补充协议的，把合同金额改成补充后的，并附协议。",
    "See to which contract each invoice belongs; with a supplement, enter the new sum and attach it.",
)
GAP = Text(
    "台账计入 {counted} 元，审核报告合计 {audited} 元，差 {gap} 元。",
    "The ledger counts {counted} yuan, the audit report comes to {audited}: {gap} apart.",
)
GAP_REPAIR = Text(
    "请核对有没有漏录、重复或跨期的发票；口径不同的，请审核机构出具说明，附在“其他证明材料”里。",
    "Look for missing, repeated or out-of-time invoices; attach the auditor's explanation.",
)

MISREAD = Text(
    "审核报告合计填的是 {typed} 元，从“{name}”里读出 {read} 元。",
    "The report's total was entered as {typed} yuan, {name} says {read}.",
)
MISREAD_REPAIR = Text(
    "请对照报告的结论改正；同一份报告里有几个合计的，填审定的上云支出。",
    "Compare with the report's conclusion; of several totals enter the audited spend.",
)


def look(subject: Subject) -> Iterator[Found]:
    """Shares of invoices over several contracts count for each; red letters take away."""
    ledger, paid = subject.ledger, defaultdict[str, int](int)
    for row in ledger.invoices:
        for uid, fen in row.shares or ([[row.contract.uid, row.gross_fen]] if row.contract else []):
            paid[str(uid)] += fen
    for contract in ledger.contracts:
        total = paid[str(contract.uid)]
        if total > contract.amount_fen:
            said = BEYOND.fill(
                number=contract.number,
                amount=yuan(contract.amount_fen),
                sum=yuan(total),
                more=yuan(total - contract.amount_fen),
            )
            key = (contract.uid, contract.amount_fen, total)
            yield Found(key=key, words=said, repair=BEYOND_REPAIR, row=contract.uid, clause=subject.clause)
    yield from _report(subject)
    audited = ledger.audited_fen
    if audited is not None and abs(ledger.counted_fen - audited) > max(LEAST_FEN, audited // PART):
        gap = yuan(abs(ledger.counted_fen - audited))
        said = GAP.fill(counted=yuan(ledger.counted_fen), audited=yuan(audited), gap=gap)
        of_both = ("audit", ledger.counted_fen, audited)
        yield Found(key=of_both, words=said, repair=GAP_REPAIR, clause=subject.clause)


def _report(subject: Subject) -> Iterator[Found]:
    """The total that was typed against the one that the report's file has, where it could be read."""
    typed = subject.ledger.audited_fen
    for held, piece in subject.pieces:
        said = [one.value for one in piece.fields.get("total_fen", ())] if piece.kind == "audit" else []
        if typed is None or not said or typed in said:
            continue
        page, box = piece.spot("total_fen")
        words = MISREAD.fill(name=held.name, typed=yuan(typed), read=yuan(said[0]))
        yield Found(
            key=("report", held.file.sha256, typed, said[0]), words=words, repair=MISREAD_REPAIR, held=held,
            page=page, box=box, clause=held.clause,
        )  # fmt: skip


CHECK = Check("sums", Text("金额合计", "Sums"), look)
