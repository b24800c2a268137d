"""The record of a visit, filled in from what was handed in. Papers are Chinese."""

from collections.abc import Iterator, Mapping

from xingyun.applications.queries import Workspace
from xingyun.reviews.queries.summary import NOTHING, to_the_fen

COLUMNS = (
    {"label": "序号", "width": 12},
    {"label": "核查内容", "width": 34, "align": "left"},
    {"label": "申报情况", "align": "left"},
    {"label": "现场情况", "align": "left"},
    {"label": "是否一致", "width": 20},
)
# Where a visit is told by the form, the first of these that it asks for.
PLACES = ("contact_address", "registered_address")
# Rows that are left empty for what turns up on the spot.
SPARE = 3


def visit_record(work: Workspace) -> Mapping[str, object]:
    """Whom the visit is to, and row by row what the applicant says; the rest is written on the spot."""
    application, book = work.application, work.rulebook
    level = book.level(application.level).label if application.level else ""
    facts = {
        "企业名称": application.enterprise.name,
        "统一社会信用代码": application.enterprise.uscc,
        "申请级别": level,
        "受理单位": application.authority.name,
        "核查地点": _place(work),
        "核查时间": "",
        "核查人员": "",
        "企业陪同": "",
    }
    rows = [[str(n), *row, "", ""] for n, row in enumerate(_said(work), start=1)]
    spare = [[str(n), "", "", "", ""] for n in range(len(rows) + 1, len(rows) + 1 + SPARE)]
    return {
        "title": "现场核查记录",
        "number": application.number,
        "facts": [{"label": label, "value": value} for label, value in facts.items()],
        "table": {"columns": COLUMNS, "rows": rows + spare},
        "texts": [{"label": label, "value": ""} for label in ("核查情况", "核查结论")],
        "signs": [
            {"label": "核查人员（签字）", "key": "sign:visitors"},
            {"label": "企业负责人（签字）", "key": "sign:enterprise"},
        ],
        "date": "　　　　年　　月　　日",
    }


def _place(work: Workspace) -> str:
    fields = [work.rulebook.form.by_role(role) for role in PLACES]
    answers = [work.answers.get(field.key, "").strip() for field in fields if field]
    return next((answer for answer in answers if answer), "")


def _said(work: Workspace) -> Iterator[tuple[str, str]]:
    """What is to be looked at, and what the applicant says of it."""
    if work.rulebook.keeps_ledger:
        ledger = work.ledger
        spent = f"合同{len(ledger.contracts)}份，计入{to_the_fen(ledger.counted_fen)}万元"
        yield "上云支出", spent
        sellers = "、".join(dict.fromkeys(c.seller for c in ledger.contracts))
        yield "云服务商", sellers or NOTHING
    for domain in work.rulebook.domains:
        if domain.key in work.claims:
            yield domain.label, _pages(work, domain.key)


def _pages(work: Workspace, domain: str) -> str:
    """The files and pages that are said to prove a domain."""
    proofs = [f"{p.attachment.name}第{_span(p.first, p.last)}页" for p in work.claims[domain].pages]
    return "；".join(proofs) or "已勾选，没有标出证明页"


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}—{last}"
