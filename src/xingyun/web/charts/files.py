"""A table of figures as a file to save."""

import tempfile
from pathlib import Path

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from xingyun.documents.tables import csv_lines, write_xlsx
from xingyun.web.charts.table import Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = ("csv", "xlsx")


def file_of(table: Table | None, form: str, name: str, *, public: bool = False) -> HttpResponse:
    """The table as CSV or XLSX, `name` in front of its own. Raises Http404 for another form or no table."""
    if table is None or form not in FORMS:
        raise Http404
    title = f"{name}-{table.title}"
    made = _xlsx(table, title) if form == "xlsx" else "".join(_csv(table)).encode()
    headers = {
        "Content-Disposition": content_disposition_header(True, f"{title}.{form}") or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=300" if public else "private, no-store",
    }
    return HttpResponse(
        made, content_type=XLSX if form == "xlsx" else "text/csv; charset=utf-8", headers=headers
    )


def _csv(table: Table) -> list[str]:
    rows = [*table.rows, table.total] if table.total is not None else table.rows
    return list(csv_lines(table.columns, rows))


def _xlsx(table: Table, title: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "figures.xlsx"
        written = write_xlsx(out, columns=table.columns, rows=table.rows, title=title, total=table.total)
        return written.read_bytes()
