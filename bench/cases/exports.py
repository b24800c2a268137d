"""A list of 10,000 rows as a file, against csv.writer and XlsxWriter that have the rows in hand already."""

import csv
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter
from django.db import connection

from bench.cases.queues import grow
from bench.measure import Row, measure, peak_since
from xingyun.accounts.models import User
from xingyun.documents.tables import Value, write_csv, write_xlsx
from xingyun.lists.queries import Choice, known
from xingyun.lists.queries import rows as rows_of
from xingyun.registry.queries import actor_for
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of

MANY = 10_000
COLUMNS = (
    "number", "name", "uscc", "authority", "level", "state", "submitted_at", "industry", "spend", "domains",
)  # fmt: skip


def rows() -> list[Row]:
    """Both kinds of file, each beside its measure; as an auditor, who sees all of them."""
    round_ = Round.objects.select_related("edition").latest("id")
    grow(0, MANY)
    columns = [one for key, one in known(rulebook_of(round_.edition)).items() if key in COLUMNS]
    heads = [one.column for one in columns]
    actor, filters = actor_for(User.objects.get(username="city-sj")), Choice().filters(round_.pk)

    def lines() -> Iterator[Sequence[Value]]:
        return rows_of(actor, filters, columns, lambda _done: None)

    kept = list(rows_of(actor, filters, columns, lambda _done: None))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        least = measure(f"csv.writer, {len(kept):,} rows in hand", lambda: plain_csv(out, kept), times=8)
        ours = measure(
            "the same list exported as CSV (aim 5 ×)",
            lambda: write_csv(out, columns=heads, rows=lines()),
            times=8,
        )
        sheet = measure(f"XlsxWriter, {len(kept):,} rows in hand", lambda: plain_xlsx(out, kept), times=4)
        with peak_since() as peak:
            excel = measure(
                "the same list exported as Excel (aim 2 ×)",
                lambda: write_xlsx(out, columns=heads, rows=lines()),
                times=4,
            )
    return [
        least,
        noted(ours, least, f"{connection.vendor}; read, told and written"),
        sheet,
        noted(excel, sheet, f"peak grew by {peak.megabytes:.0f} MB"),
    ]


def noted(row: Row, least: Row, note: str) -> Row:
    """A row beside its measure."""
    return Row(row.name, row.p50, row.p95, row.per_second, f"{row.p50 / least.p50:.1f} × the measure; {note}")


def plain_csv(out: Path, kept: Sequence[Sequence[Value]]) -> None:
    """The rows as they are."""
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(kept)


def plain_xlsx(out: Path, kept: Sequence[Sequence[Value]]) -> None:
    """The rows as they are, each written by its type."""
    with xlsxwriter.Workbook(str(out), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(kept):
            sheet.write_row(n, 0, row)
