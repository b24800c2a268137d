"""A summary table as Excel, out of the same data as its PDF and Word: cells hold what is printed."""

import re
from pathlib import Path

from xingyun.documents.shapes import Column as Described
from xingyun.documents.shapes import SummaryTableData
from xingyun.documents.tables import FEN, Column, Kind, Value, write_xlsx

PRINTED = re.compile(r"-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
PER_MM = 0.55
WIDEST_OPEN = 34
NUMBERS = ("int", "yuan", "wan")


def write_summary(data: SummaryTableData, out: Path) -> Path:
    """Write the table with its sums, unit, day and signature line; money as numbers, the rest as text."""
    described = data["table"]["columns"]
    columns = [_column(one) for one in described]
    total = data["table"].get("total")
    signs = "　　　　　　".join(f"{label}：" for label in data["signs"])
    above = [text for text in (data.get("annex", ""), _unit(data)) if text]
    return write_xlsx(
        out,
        columns=columns,
        rows=[
            [_value(c, text) for c, text in zip(columns, row, strict=True)] for row in data["table"]["rows"]
        ],
        title=data["title"],
        total=None if total is None else [_value(c, text) for c, text in zip(columns, total, strict=True)],
        sheet="汇总表",
        lines_above=above,
        lines_below=[text for text in (data.get("note", ""), signs) if text],
    )


def _unit(data: SummaryTableData) -> str:
    day = f"　　　　{data['date']}" if data.get("date") else ""
    return f"{data['unit']['label']}：{data['unit']['value']}{day}"


def _column(described: Described) -> Column:
    width = described.get("width")
    kind: Kind = described.get("kind", "text")
    return Column(described["label"], kind, WIDEST_OPEN if width is None else max(6, round(width * PER_MM)))


def _value(column: Column, text: str) -> Value:
    """A printed number as a whole number of its smallest parts; anything else stays text."""
    if column.kind not in NUMBERS or not PRINTED.fullmatch(text):
        return text
    digits = len(str(FEN.get(column.kind, 1))) - 1
    whole, _point, part = text.replace(",", "").partition(".")
    return text if len(part) > digits else int(whole + part.ljust(digits, "0"))
