"""Tables: fixed widths in millimetres, merged cells, a header that every page repeats."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from xingyun.documents.shapes import Listing
from xingyun.documents.word.marks import Look, mm, text

Lines = Literal["all", "none", "rows"]
Merge = Literal["", "restart", "continue"]
ALIGNED = {align: Look(align=align) for align in ("left", "center", "right")}


@dataclass(frozen=True)
class Cell:
    """A cell of finished paragraphs over `span` columns; `merge` joins it with the one above."""

    content: str
    span: int = 1
    merge: Merge = ""
    top: bool = False


@dataclass(frozen=True)
class Row:
    """A row; `height` in millimetres is the least one, a `head` is repeated, a `whole` one never breaks."""

    cells: Sequence[Cell]
    height: float = 0
    head: bool = False
    whole: bool = False


def table(
    widths: Sequence[float], rows: Sequence[Row], *, lines: Lines = "all", at_foot: bool = False
) -> str:
    """A table; with `at_foot` it stands at the bottom of its page's type area."""
    style = "TableGrid" if lines == "all" else "TableNormal"
    place = (
        '<w:tblpPr w:leftFromText="180" w:rightFromText="180" w:vertAnchor="margin" w:horzAnchor="margin"'
        ' w:tblpX="1" w:tblpYSpec="bottom"/>'
    )
    edges = ("top", "insideH", "bottom")
    columns = "".join(f'<w:gridCol w:w="{mm(width)}"/>' for width in widths)
    ruled = "".join(f'<w:{edge} w:val="single" w:sz="8" w:space="0" w:color="000000"/>' for edge in edges)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>{place if at_foot else ""}'
        f'<w:tblW w:w="{mm(sum(widths))}" w:type="dxa"/>'
        f"{f'<w:tblBorders>{ruled}</w:tblBorders>' if lines == 'rows' else ''}"
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
        f"{''.join(_row(row, widths) for row in rows)}</w:tbl>"
    )


def shared(listing: Listing, wide: float) -> list[float]:
    """The widths of a listing's columns; those without one share what is left."""
    given = [column.get("width") for column in listing["columns"]]
    open_ones = sum(width is None for width in given)
    left = (wide - sum(width or 0 for width in given)) / max(open_ones, 1)
    return [left if width is None else width for width in given]


def listing(data: Listing, wide: float, *, head: str = "Head", cell: str = "CellText") -> str:
    """A table of plain text as wide as the type area, its caption above."""
    caption = text(head, data["caption"], Look(before=12, after=6, kept=True)) if data.get("caption") else ""
    looks = [ALIGNED[column.get("align", "center")] for column in data["columns"]]
    rows = [Row([Cell(text(head, column["label"])) for column in data["columns"]], height=9, head=True)]
    rows += [_plain(row, cell, looks) for row in data["rows"]]
    if data.get("total") is not None:
        rows.append(_plain(data["total"], cell, [Look(align=look.align, bold=True) for look in looks]))
    return caption + table(shared(data, wide), rows)


def _plain(row: Sequence[str], style: str, looks: Sequence[Look]) -> Row:
    cells = [Cell(text(style, value, look)) for value, look in zip(row, looks, strict=True)]
    return Row(cells, height=7.5, whole=True)


def _row(row: Row, widths: Sequence[float]) -> str:
    properties = (
        ("<w:cantSplit/>" if row.whole or row.head else "")
        + (f'<w:trHeight w:val="{mm(row.height)}" w:hRule="atLeast"/>' if row.height else "")
        + ("<w:tblHeader/>" if row.head else "")
    )
    cells, at = [], 0
    for cell in row.cells:
        cells.append(_cell(cell, sum(widths[at : at + cell.span])))
        at += cell.span
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: float) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{mm(width)}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else "")
        + (f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else "")
        + ("" if cell.top else '<w:vAlign w:val="center"/>')
        + f"</w:tcPr>{cell.content or '<w:p/>'}</w:tc>"
    )
