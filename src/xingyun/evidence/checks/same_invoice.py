"""An invoice that was entered before: here, in an earlier round, or by another applicant."""

from collections.abc import Iterator

from xingyun.evidence.checks.base import Check, Found, Subject
from xingyun.evidence.models import Invoice
from xingyun.rulebook import Text

TWICE = Text("发票 {number} 在台账里录了 {n} 次。", "Invoice {number} was entered {n} times.")
TWICE_REPAIR = Text("请移出重复的，只留一张。", "Take out all but one.")
BEFORE = Text(
    "发票 {number} 在本单位 {year} 年的申报里录过。",
    "Invoice {number} was entered in your application of {year}.",
)
BEFORE_REPAIR = Text(
    "同一张发票只算一次。请核对是不是录错了号码；确实要分年计入的，在“特殊情况”里写明。",
    "An invoice counts once. Check the number; where it belongs to two years, say so under special cases.",
)
ELSEWHERE = Text(
    "发票 {number} 也在另一家企业的申报里（{year} 年）。",
    "Invoice {number} is in another enterprise's application, too ({year}).",
)
MOST = 200  # numbers that are asked for at once


def look(subject: Subject) -> Iterator[Found]:
    """By number, and by code or what else they have in common."""
    rows = subject.ledger.invoices
    for at, row in enumerate(rows):
        twins = [other for other in rows if is_same(row, other)]
        if len(twins) > 1 and not any(is_same(row, before) for before in rows[:at]):
            yield Found(
                key=("here", row.code, row.number), words=TWICE.fill(number=row.number, n=len(twins)),
                repair=TWICE_REPAIR, row=row.uid, clause=subject.clause, **subject.shown(row, "number"),
            )  # fmt: skip
    by_number: dict[str, list[Invoice]] = {}
    for row in rows:
        by_number.setdefault(row.number, []).append(row)
    same = list(_same(subject, by_number))
    strangers = {
        one.dossier_id for _row, one in same if one.dossier.enterprise_id != subject.dossier.enterprise_id
    }
    handed_in = set(subject.others.handed_in(strangers)) if subject.others and strangers else set()
    for row, one in same:
        year = one.dossier.round.year
        key, mine = (one.code, one.number, one.dossier_id), one.dossier_id not in strangers
        if mine:
            yield Found(
                key=key, words=BEFORE.fill(number=row.number, year=year), repair=BEFORE_REPAIR, row=row.uid,
                clause=subject.clause, **subject.shown(row, "number"),
            )  # fmt: skip
        elif one.dossier_id in handed_in:
            yield Found(
                key=key, words=ELSEWHERE.fill(number=row.number, year=year), row=row.uid,
                clause=subject.clause, across=True, other=one.dossier_id, **subject.shown(row, "number"),
            )  # fmt: skip


def is_same(one: Invoice, other: Invoice) -> bool:
    """Whether two rows with the same number are one invoice, even where its code was left out or mistyped.

    Numbers of eight digits come again under another code; day and sum of two such are hardly ever the same.
    """
    if one.number != other.number:
        return False
    alike = one.issued_on == other.issued_on and one.gross_fen == other.gross_fen
    return one.code == other.code or alike


def _same(subject: Subject, rows: dict[str, list[Invoice]]) -> Iterator[tuple[Invoice, Invoice]]:
    """Own rows (by number) with the live rows of other dossiers that are the same (a query for each 200)."""
    numbers = list(rows)
    for start in range(0, len(numbers), MOST):
        part = numbers[start : start + MOST]
        found = Invoice.objects.filter(number__in=part, removed_at=None).exclude(dossier=subject.dossier)
        for other in found.select_related("dossier__round").order_by("id"):
            own = next((row for row in rows[other.number] if is_same(row, other)), None)
            if own is not None:
                yield own, other


CHECK = Check("same-invoice", Text("重复的发票", "Repeated invoices"), look)
