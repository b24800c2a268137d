"""The figures behind a chart: the same rows on the page and in the file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from xingyun.documents.tables import Column, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of figures: sums are fen, `tenths` tenths of one; `key` is its name in addresses."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]] = field(default_factory=list)
    total: Sequence[Value] | None = None

    @property
    def shown(self) -> list[list[str]]:
        """The rows as a page writes them."""
        return [self._texts(row) for row in self.rows]

    @property
    def shown_total(self) -> list[str]:
        """The last line; empty where there is none."""
        return self._texts(self.total) if self.total is not None else []

    def _texts(self, row: Sequence[Value]) -> list[str]:
        return [text(column, value) for column, value in zip(self.columns, row, strict=True)]


def text(column: Column, value: Value) -> str:
    """A cell; sums are rounded to 0.1 万元, the file has them to the fen."""
    if value is None:
        return "—"
    if not isinstance(value, int):
        return str(value)
    if column.kind in ("wan", "tenths"):
        tenths = (value + 50_000) // 100_000 if column.kind == "wan" else value
        return f"{tenths // 10:,}.{tenths % 10}"
    return f"{value:,}"
