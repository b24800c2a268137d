"""Pages as running text: lines that were only broken by the margin are joined again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from xingyun.documents.evidence_reading.layout import WIDE, Row, Sheet, narrow

# What begins a paragraph however full the line before it was.
_BEGINS = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[条章节款]|[一二三四五六七八九十]{1,3}[、.]|\(?\d{1,2}[、.)]|[甲乙丙]方|合同编号"
)
_ENDS = re.compile(r"[。;!?:]$")
SENTENCE = re.compile(r"[。;!?\n\t]")
LONGEST = 160


@dataclass(frozen=True)
class Prose:
    """A page's text: paragraphs on lines, columns parted by tabs. `plain` is to search, as long."""

    page: int
    shown: str

    @cached_property
    def plain(self) -> str:
        """Full-width signs narrowed."""
        return narrow(self.shown)

    def sentence(self, start: int, end: int) -> str:
        """The sentence around a place, at most LONGEST signs of it."""
        plain = self.plain
        far = max(0, start - LONGEST)
        before = max((m.end() for m in SENTENCE.finditer(plain, far, start)), default=far)
        after = SENTENCE.search(plain, end, end + LONGEST)
        stop = after.start() + (after.group() == "。") if after else min(len(plain), end + LONGEST)
        if stop - before > LONGEST:
            before = max(before, start - LONGEST // 2)
            stop = min(stop, before + LONGEST)
        return self.shown[before:stop].strip()


def prose_of(sheet: Sheet) -> Prose:
    """The text of a page."""
    right = max((row.glyphs[-1].right for row in sheet.rows), default=0.0)
    out = ""
    before: Row | None = None
    for row in sheet.rows:
        line = _line(row)
        if before is not None and _goes_on(before, row, right):
            out += line
        else:
            out += ("\n" if out else "") + line
        before = row
    return Prose(sheet.number, out)


def _goes_on(before: Row, row: Row, right: float) -> bool:
    full = before.glyphs[-1].right > right - 2.5 * max(before.height, 2.0)
    near = row.base - before.base < 4 * max(row.height, before.height, 2.0)
    return full and near and not _BEGINS.match(row.text) and not _ENDS.search(before.text)


def _line(row: Row) -> str:
    out = row.glyphs[0].sign
    for n in range(1, len(row.glyphs)):
        gap = row.gap(n)
        if gap > WIDE:
            out += "\t"
        elif gap > 0.2 and _western(row.glyphs[n - 1].sign) and _western(row.glyphs[n].sign):
            out += " "
        out += row.glyphs[n].sign
    return out


def _western(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def pages_of(sheets: Sequence[Sheet]) -> list[Prose]:
    """The pages that have text."""
    return [prose_of(sheet) for sheet in sheets if sheet.has_text]
