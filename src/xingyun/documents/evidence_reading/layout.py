"""Where the signs of a page stand, and the rows that they make; text order in a file tells nothing of it."""

import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

ROW = 0.45  # of a sign's height: what may lie between the baselines of one row
WIDE = 2.2  # of a sign's height: a gap that parts two columns


@dataclass(frozen=True, slots=True)
class Glyph:
    """One visible sign: millimetres from the top left corner of the upright page, `base` is its baseline."""

    sign: str
    left: float
    right: float
    base: float
    height: float


@dataclass(frozen=True)
class Row:
    """The signs on one baseline, from left to right."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        """For searching: no blanks, full-width signs narrowed; as many characters as signs."""
        return narrow(self.shown)

    @cached_property
    def shown(self) -> str:
        """As printed, without blanks."""
        return "".join(glyph.sign for glyph in self.glyphs)

    @cached_property
    def base(self) -> float:
        """The baseline, the mean of its signs."""
        return sum(glyph.base for glyph in self.glyphs) / len(self.glyphs)

    @cached_property
    def height(self) -> float:
        """How high its signs are, as a rule."""
        return statistics.median(glyph.height for glyph in self.glyphs)

    def gap(self, n: int) -> float:
        """The distance between sign `n` and the one before, in sign heights."""
        before, here = self.glyphs[n - 1], self.glyphs[n]
        return (here.left - before.right) / max(before.height, here.height, 0.5)

    def until_gap(self, start: int, *, wide: float = WIDE) -> int:
        """Where the column that sign `start` belongs to ends."""
        for n in range(start + 1, len(self.glyphs)):
            if self.gap(n) > wide:
                return n
        return len(self.glyphs)


@dataclass(frozen=True)
class Sheet:
    """A page's rows from top to bottom; width and height in millimetres.

    `turned` is by how many quarters the text stands turned (anticlockwise) on the page as it is shown.
    """

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    turned: int = 0
    garbled: bool = False

    @property
    def has_text(self) -> bool:
        """Whether there is a text layer worth the name: stray marks on a scan are none."""
        return sum(len(row.glyphs) for row in self.rows) >= 10

    @cached_property
    def text(self) -> str:
        """All rows for searching, one a line."""
        return "\n".join(row.text for row in self.rows)


def rows_of(glyphs: Iterable[Glyph]) -> tuple[Row, ...]:
    """Signs gathered into rows; a value printed a little above or below its label is in its row."""
    rows: list[Row] = []
    current: list[Glyph] = []
    bases = heights = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        count = len(current)
        if count and glyph.base - bases / count > ROW * max(heights / count, 1.0):
            rows.append(_row(current))
            current, bases, heights = [], 0.0, 0.0
        current.append(glyph)
        bases += glyph.base
        heights += glyph.height
    if current:
        rows.append(_row(current))
    return tuple(rows)


def sheet(number: int, width: float, height: float, glyphs: Sequence[Glyph], turned: int = 0) -> Sheet:
    """A page from its signs; a text layer of which most signs mean nothing is none."""
    wrong = sum(_meaningless(glyph.sign) for glyph in glyphs)
    if glyphs and wrong * 3 > len(glyphs):
        return Sheet(number, width, height, (), turned, garbled=True)
    return Sheet(number, width, height, rows_of(glyphs), turned)


def narrow(text: str) -> str:
    """Full-width and compatibility signs in their plain form, where that is one sign: the length stays."""
    out = []
    for sign in text:
        plain = unicodedata.normalize("NFKC", sign)
        out.append(plain if len(plain) == 1 else sign)
    return "".join(out).replace("−", "-").replace("—", "-").replace("–", "-")


def legible(sign: str) -> str:
    """A radical that some fonts put in the place of its character (⽤ for 用) replaced; others stay."""
    return unicodedata.normalize("NFKC", sign) if "\u2e80" <= sign <= "\u2fdf" else sign


def _row(glyphs: list[Glyph]) -> Row:
    """From left to right; a sign printed twice in the same place (false bold) counts once."""
    ordered = sorted(glyphs, key=lambda glyph: glyph.left)
    kept = ordered[:1]
    for glyph in ordered[1:]:
        last = kept[-1]
        if glyph.sign == last.sign and abs(glyph.left - last.left) < 0.15 * max(glyph.height, 1.0):
            continue
        kept.append(glyph)
    return Row(tuple(kept))


def _meaningless(sign: str) -> bool:
    return sign == "\ufffd" or unicodedata.category(sign) in {"Co", "Cn", "Cs", "Cc"}
