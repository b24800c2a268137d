"""The summary table of a report as a spreadsheet, which the notice asks for beside the paper (三、3)."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from xingyun.documents.tables import Column, Value, write_xlsx
from xingyun.reviews.models import Decision, Report
from xingyun.reviews.queries import points_of
from xingyun.reviews.queries.reporting import Row
from xingyun.reviews.queries.sheets import VERBS, WORDS
from xingyun.reviews.states import Kind, Outcome
from xingyun.rulebook import Rulebook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SIGNS = "填表人：　　　　审核人：　　　　负责人："


def columns(book: Rulebook) -> tuple[Column, ...]:
    """An official paper: Chinese whatever the language of the page; points and spending where they count."""
    return (
        Column("序号", "int", 6),
        Column("企业名称", width=34),
        Column("统一社会信用代码", width=22),
        Column("申请级别", width=16),
        *((Column("得分", "int", 8),) if book.points else ()),
        *((Column("上云支出（万元）", "wan", 16),) if book.keeps_ledger else ()),
        Column("认定和推荐结果", width=44),
    )


def workbook(report: Report, rows: Sequence[Row], book: Rulebook) -> HttpResponse:
    """The table as an xlsx to save, the rows as they stand on the report."""
    points = points_of(row.application for row in rows) if book.points else {}
    title = f"{report.round.year}年{book.programme.award}认定和推荐企业项目汇总表"
    with tempfile.TemporaryDirectory() as folder:
        made = write_xlsx(
            Path(folder) / "summary.xlsx",
            columns=columns(book),
            rows=[cells(n, row, book, points.get(row.application.pk)) for n, row in enumerate(rows, 1)],
            title=title,
            lines_below=(
                f"填报单位（盖章）：{report.authority.issuer}",
                "填表人：　　　　审核人：　　　　负责人：",
            ),
        ).read_bytes()
    name = f"{report.authority.name}-{report.round.year}-{report.seq}-项目汇总表.xlsx"
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(made, content_type=XLSX, headers=headers)


def cells(number: int, row: Row, book: Rulebook, points: int | None) -> list[Value]:
    """One application; its points, its spend in fen."""
    application = row.application
    return [
        number,
        application.enterprise.name,
        application.enterprise.uscc,
        book.level(application.level).label,
        *([points] if book.points else []),
        *([application.spend_fen] if book.keeps_ledger else []),
        "；".join(words(decision, book) for decision in row.decisions) or "转报",
    ]


def words(decision: Decision, book: Rulebook) -> str:
    """A decision as the paper says it."""
    verb, outcome = VERBS[Kind(decision.kind)], WORDS[Outcome(decision.outcome)]
    return f"{verb}{book.level(decision.level).label}：{outcome}"
