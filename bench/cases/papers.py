"""The papers of the procedure: the form as PDF and Word, a summary table of 3,000 rows in three formats."""

import tempfile
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings

from bench.cases.exports import noted
from bench.measure import Row, measure
from xingyun.documents import specimens, word
from xingyun.documents.fonts import find_fonts
from xingyun.documents.render import render
from xingyun.documents.spreadsheet import write_summary

MANY = 3_000


def rows() -> list[Row]:
    """Each paper once set, Excel beside its measure."""
    fonts = find_fonts(settings.FONTS)
    form, table = specimens.sample("form"), many(MANY)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        pdf = measure(
            "the form as PDF (aim 150 ms)", lambda: render("form", form, fonts=fonts, out=out), times=12
        )
        as_word = measure("the form as Word", lambda: word.write([("form", form)], out), times=12)
        sheet = measure(f"XlsxWriter, the table's {MANY:,} rows", lambda: plain_xlsx(out, table), times=6)
        excel = measure("the summary table as Excel (aim 3 ×)", lambda: write_summary(table, out), times=6)
        long = measure(
            f"the summary table as Word, {MANY:,} rows",
            lambda: word.write([("summary_table", table)], out),
            times=3,
        )
    return [
        pdf,
        as_word,
        sheet,
        noted(excel, sheet, "title, sums, signature line, printed numbers read"),
        long,
    ]


def many(count: int) -> Any:
    """The sample of the summary table with so many rows."""
    data = specimens.sample("summary_table")
    kept = data["table"]["rows"]
    listed = [[str(n + 1), *kept[n % len(kept)][1:]] for n in range(count)]
    return {**data, "table": {**data["table"], "rows": listed}}


def plain_xlsx(out: Path, data: Any) -> None:
    """The rows as they are."""
    with xlsxwriter.Workbook(str(out), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(data["table"]["rows"]):
            sheet.write_row(n, 0, row)
