"""An invoice that was entered before: here, in an earlier round, or by another applicant."""

from collections.abc import Iterator

from django.db.models import Q

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
    """By code and number."""
    rows = subject.ledger.invoices
    marks = [(row.code, row.number) for row in rows]
    for row in {(row.code, row.number): row for row in rows}.values():
        if (n := marks.count((row.code, row.number))) > 1:
            yield Found(
                key=("here", row.code, row.number), words=TWICE.fill(number=row.number, n=n),
                repair=TWICE_REPAIR, row=row.uid, clause=subject.clause, **subject.shown(row, "number"),
            )  # fmt: skip
    by_mark = {(row.code, row.number): row for row in rows}
    same = list(_same(subject, list(by_mark)))
    strangers = {one.dossier_id for one in same if one.dossier.enterprise_id != subject.dossier.enterprise_id}
    handed_in = set(subject.others.handed_in(strangers)) if subject.others and strangers else set()
    for one in same:
        row, year = by_mark[one.code, one.number], one.dossier.round.year
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


def _same(subject: Subject, marks: list[tuple[str, str]]) -> Iterator[Invoice]:
    """The live rows of other dossiers with one of these codes and numbers (one query for each 200)."""
    for start in range(0, len(marks), MOST):
        part = marks[start : start + MOST]
        wanted = Q(code__in={code for code, _n in part}, number__in={number for _c, number in part})
        found = Invoice.objects.filter(wanted, removed_at=None).exclude(dossier=subject.dossier)
        for row in found.select_related("dossier__round").order_by("id"):
            if (row.code, row.number) in part:
                yield row


CHECK = Check("same-invoice", Text("重复的发票", "Repeated invoices"), look)
