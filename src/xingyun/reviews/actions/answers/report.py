"""The refused rows of a table of answers: as they were handed in, each with its reason, to be sent again."""

from collections.abc import Sequence
from pathlib import Path

from xingyun.documents.tables import Column, write_xlsx
from xingyun.registry.actions.roster.columns import PLACE, REASON
from xingyun.registry.actions.roster.report import MEDIA
from xingyun.registry.actions.roster.rows import Wrong

__all__ = ["MEDIA", "write"]


def write(out: Path, heads: Sequence[str], wrong: Sequence[Wrong]) -> Path:
    """Write the table; our own two columns come last and are left out again when a mended one is read."""
    width = max(len(heads), *(len(row.cells) for row in wrong))
    named = [heads[n] if n < len(heads) else "" for n in range(width)]
    kept = [n for n in range(width) if named[n] not in (REASON, PLACE)]
    labels = [Column(named[n] or f"第 {n + 1} 列", width=20) for n in kept]
    return write_xlsx(
        out,
        columns=[*labels, Column(PLACE, "int", 8), Column(REASON, width=60)],
        rows=(
            [*(row.cells[n] if n < len(row.cells) else "" for n in kept), row.number, row.message]
            for row in wrong
        ),
        sheet="要改的行",
    )
