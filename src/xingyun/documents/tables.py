"""Tables as xlsx and CSV: text stays text, no cell becomes a formula, the same rows give the same bytes."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import xlsxwriter

Kind = Literal["text", "int", "tenths", "yuan", "wan", "date"]
Value = str | int | date | None
EPOCH = datetime(2000, 1, 1)
FORMATS = {
    "int": "#,##0",
    "tenths": "#,##0.0",
    "yuan": "#,##0.00",
    "wan": "#,##0.00####",
    "date": "yyyy-mm-dd",
}
FEN = {"yuan": 100, "wan": 1_000_000}
# Whole numbers that stand for parts of one: by what each kind is divided.
PARTS = {**FEN, "tenths": 10}
# The wide ones are taken for the narrow ones by spreadsheets of some languages.
FIRES = frozenset("=+-@\t\r\n＝＋－＠")
BOM = "\ufeff"
# So many rows are looked at together, column by column, which costs little more than half of row by row.
TOGETHER = 500


@dataclass(frozen=True)
class Column:
    """A column. `yuan` and `wan` take integer fen and show 元 or 万元, `tenths` takes tenths of one.

    `width` is in characters.
    """

    label: str
    kind: Kind = "text"
    width: int = 14


def write_xlsx(
    out: Path,
    *,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    title: str = "",
    total: Sequence[Value] | None = None,
    sheet: str = "Sheet1",
    lines_above: Sequence[str] = (),
    lines_below: Sequence[str] = (),
    footer: str = "",
) -> Path:
    """Write one sheet: title, lines, frozen header, rows, sums, lines such as signatures. Lying A4.

    `footer` stands below every printed page. Rows are taken one by one and leave the memory at once.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(out), options) as book:
        book.set_properties({"title": title, "created": EPOCH})
        page = book.add_worksheet(sheet)
        writer = _Sheet(book, page, columns)
        at = writer.head(title, lines_above)
        if footer:
            # An ampersand begins a code there; what is longer than 255 signs is refused.
            page.set_footer("&L" + footer.replace("&", "&&")[:200] + "&R&P / &N")
        for row in rows:
            writer.row(at, row)
            at += 1
        writer.foot(at, total, lines_below)
    return out


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """CSV line by line, with a byte order mark (Excel needs it for Chinese) and CRLF; to be sent as UTF-8."""
    yield BOM + _line([_safe(column.label) for column in columns])
    for row in _as_text(columns, rows):
        yield _line(row)


def write_csv(
    out: Path,
    *,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    lines_below: Sequence[str] = (),
) -> Path:
    """The same as a file in UTF-8, lines such as who exported it at the end."""
    # The encoding that sets the mark by itself is written in Python and called for every row.
    with out.open("w", encoding="utf-8", newline="") as file:
        file.write(BOM)
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([_safe(column.label) for column in columns])
        writer.writerows(_as_text(columns, rows))
        writer.writerows([_safe(line)] for line in lines_below)
    return out


def written_fen(fen: int, unit: Literal["yuan", "wan"]) -> str:
    """Integer fen as an exact decimal: 12345 → "123.45" 元, 862000000 → "862.00" 万元."""
    places = len(str(FEN[unit])) - 1
    digits = str(abs(fen)).zfill(places + 1)
    whole, part = digits[:-places], digits[-places:]
    return f"{'-' if fen < 0 else ''}{whole}.{part[:2]}{part[2:].rstrip('0')}"


class _Sheet:
    """Formats and writers of one worksheet."""

    def __init__(self, book: Any, page: Any, columns: Sequence[Column]) -> None:
        base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        box = {**base, "border": 1, "text_wrap": True}
        self.page, self.columns = page, columns
        self.base = book.add_format(base)
        self.name = book.add_format({**base, "font_size": 16, "bold": True, "align": "center"})
        self.header = book.add_format({**box, "bold": True, "align": "center", "bg_color": "#EEF1F5"})
        self.cells = [book.add_format({**box, **_style(column.kind)}) for column in columns]
        self.sums = [book.add_format({**box, **_style(column.kind), "bold": True}) for column in columns]

    def head(self, title: str, lines: Sequence[str]) -> int:
        """Write title, lines and header; returns the first row for data."""
        for number, column in enumerate(self.columns):
            self.page.set_column(number, number, column.width)
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        top = 0
        if title:
            self.page.set_row(0, 30)
            self.page.merge_range(0, 0, 0, max(len(self.columns) - 1, 1), title, self.name)
            top = 1
        for line in lines:
            self.page.write_string(top, 0, line, self.base)
            top += 1
        for number, column in enumerate(self.columns):
            self.page.write_string(top, number, column.label, self.header)
        self.page.freeze_panes(top + 1, 0)
        self.page.repeat_rows(top)
        return top + 1

    def row(self, at: int, values: Sequence[Value], formats: Sequence[Any] | None = None) -> None:
        for number, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            self._cell(at, number, column.kind, value, (formats or self.cells)[number])

    def foot(self, at: int, total: Sequence[Value] | None, lines: Sequence[str]) -> None:
        if total is not None:
            self.row(at, total, self.sums)
            at += 1
        for line in lines:
            at += 1
            self.page.write_string(at, 0, line, self.base)

    def _cell(self, at: int, number: int, kind: Kind, value: Value, style: Any) -> None:
        if value is None or value == "":
            self.page.write_blank(at, number, None, style)
        elif isinstance(value, date):
            self.page.write_datetime(at, number, datetime(value.year, value.month, value.day), style)
        elif isinstance(value, int) and kind != "text":
            self.page.write_number(at, number, value / PARTS.get(kind, 1), style)
        else:
            self.page.write_string(at, number, str(value), style)


def _style(kind: Kind) -> dict[str, str]:
    if kind == "text":
        return {"num_format": "@"}
    return {"num_format": FORMATS[kind], "align": "center" if kind == "date" else "right"}


def _as_text(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[str]]:
    """The rows as they stand in a CSV; most of it is text, which is looked at and left as it is."""
    some = iter(rows)
    while together := list(islice(some, TOGETHER)):
        cells = (
            [
                value if type(value) is str and value[:1] not in FIRES else _plain(column, value)
                for value in values
            ]
            for column, values in zip(columns, zip(*together, strict=True), strict=True)
        )
        yield from zip(*cells, strict=True)


def _plain(column: Column, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, int) and column.kind == "tenths":
        return f"{value // 10}.{value % 10}"
    if isinstance(value, int):
        return written_fen(value, column.kind) if column.kind in ("yuan", "wan") else str(value)
    return value.isoformat() if isinstance(value, date) else _safe(value)


def _safe(text: str) -> str:
    """A leading apostrophe keeps a spreadsheet from running the cell."""
    return f"'{text}" if text[:1] in FIRES else text


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
