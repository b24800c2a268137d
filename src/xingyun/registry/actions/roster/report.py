"""The refused rows as a table: as they were handed in, each with its reason, to be mended and sent again."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from xingyun.documents.tables import Column, write_xlsx
from xingyun.registry.actions.roster.columns import PLACE, REASON
from xingyun.registry.actions.roster.rows import Wrong
from xingyun.registry.states import RosterField

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDE = {RosterField.USCC: 24, RosterField.NAME: 34}


def write(out: Path, heads: Sequence[str], columns: Mapping[str, int], wrong: Sequence[Wrong]) -> Path:
    """Write the table. Its own two columns come last and are left out again when a mended one is read."""
    width = max(len(heads), *(len(row.cells) for row in wrong), *(place + 1 for place in columns.values()))
    fields = {place: RosterField(field) for field, place in columns.items()}
    kept = [n for n in range(width) if _head(heads, n) not in (REASON, PLACE)]
    labels = [_head(heads, n) or _named(fields.get(n), n) for n in kept]
    widths = [WIDE.get(fields[n], 16) if n in fields else 14 for n in kept]
    return write_xlsx(
        out,
        columns=[
            *(Column(label, width=wide) for label, wide in zip(labels, widths, strict=True)),
            Column(PLACE, "int", 8),
            Column(REASON, width=60),
        ],
        rows=([*(_cell(row, n) for n in kept), row.number, row.message] for row in wrong),
        sheet="要改的行",
    )


def _head(heads: Sequence[str], n: int) -> str:
    return heads[n] if n < len(heads) else ""


def _named(field: RosterField | None, n: int) -> str:
    return str(field.label) if field else f"第 {n + 1} 列"


def _cell(row: Wrong, n: int) -> str:
    return row.cells[n] if n < len(row.cells) else ""
