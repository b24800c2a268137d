"""A part of a page of statistics: a chart, what its colours mean, the table behind it."""

from dataclasses import dataclass

from xingyun.web.charts.bars import Bars
from xingyun.web.charts.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`legend` is (colour, words); `note` says what is counted. `open`: the table stands open."""

    table: Table
    chart: Bars | None = None
    legend: tuple[tuple[str, str], ...] = ()
    note: str = ""
    open: bool = False

    @property
    def key(self) -> str:
        """Its name in addresses, and its place on the page."""
        return self.table.key
