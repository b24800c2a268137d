"""The text of an OFD page, sign by sign with its place. Coordinates are millimetres from the upper left."""

import math
from collections.abc import Iterator, Sequence

from lxml import etree

from xingyun.documents.evidence_reading.layout import Glyph, Sheet, legible, sheet
from xingyun.documents.evidence_reading.safe_xml import local

A4 = (210.0, 297.0)


class Page:
    """A page being gathered from its template and its own content."""

    def __init__(self, number: int, box: tuple[float, float] | None, most: int) -> None:
        self.number, self.most = number, most
        self.width, self.height = box or A4
        self.glyphs: list[Glyph] = []
        self.texts: dict[str, str] = {}

    def sheet(self) -> Sheet:
        """The page with its rows; text that lies outside of it is not on it."""
        seen = [g for g in self.glyphs if -1 <= g.left <= self.width + 1 and -1 <= g.base <= self.height + 1]
        return sheet(self.number, self.width, self.height, seen)


def box_of(area: etree._Element | None) -> tuple[float, float] | None:
    """Width and height of a PageArea or Area, or None."""
    for element in area.iter() if area is not None else ():
        if local(element) == "PhysicalBox":
            sides = _numbers(element.text or "")
            if len(sides) == 4 and 0 < sides[2] < 10_000 and 0 < sides[3] < 10_000:
                return sides[2], sides[3]
    return None


def page_of(root: etree._Element, page: Page) -> None:
    """Add the text objects of a page or template to `page`."""
    own = next((box for e in root if local(e) == "Area" and (box := box_of(e))), None)
    if own:
        page.width, page.height = own
    for element in root.iter():
        if local(element) == "TextObject" and len(page.glyphs) < page.most:
            glyphs = list(_glyphs(element, page.most - len(page.glyphs)))
            page.glyphs += glyphs
            if name := element.get("ID"):
                page.texts[name] = "".join(glyph.sign for glyph in glyphs)


def _glyphs(element: etree._Element, most: int) -> Iterator[Glyph]:
    boundary = _numbers(element.get("Boundary", ""))
    at = (boundary[0], boundary[1]) if len(boundary) >= 2 else (0.0, 0.0)
    matrix = _numbers(element.get("CTM", ""))
    if len(matrix) != 6:
        matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    size = next(iter(_numbers(element.get("Size", ""))), 3.0)
    tall = abs(size) * (math.hypot(matrix[2], matrix[3]) or 1.0)
    x = y = 0.0
    for code in element:
        if local(code) != "TextCode":
            continue
        x, y = _start(code.get("X"), x), _start(code.get("Y"), y)
        text = (code.text or "").strip("\r\n")[:most]
        xs = _steps(code.get("DeltaX"), len(text), [size * (1.0 if s >= "\u2e80" else 0.5) for s in text])
        ys = _steps(code.get("DeltaY"), len(text), [0.0] * len(text))
        # Where signs stand below each other, they do not step to the right as well.
        if code.get("DeltaY") and not code.get("DeltaX"):
            xs = [0.0] * len(text)
        here_x, here_y = x, y
        for sign, step_x, step_y in zip(text, xs, ys, strict=True):
            if not sign.isspace():
                yield _placed(sign, here_x, here_y, size, at, matrix, tall)
            here_x, here_y = here_x + step_x, here_y + step_y


def _placed(
    sign: str, x: float, y: float, size: float, at: tuple[float, float], matrix: Sequence[float], tall: float
) -> Glyph:
    a, b, c, d, e, f = matrix
    left, base = at[0] + a * x + c * y + e, at[1] + b * x + d * y + f
    wide = abs(a * size) * (0.9 if sign >= "\u2e80" else 0.45)
    return Glyph(legible(sign), left, left + wide, base, min(tall, 200.0))


def _start(text: str | None, before: float) -> float:
    return next(iter(_numbers(text or "")), before)


def _steps(text: str | None, count: int, default: list[float]) -> list[float]:
    """`3 3 3`, or `g 3 3.0` for three times 3.0; what is not told goes on as the sign's own width."""
    found: list[float] = []
    words = (text or "").split()
    n = 0
    while n < len(words) and len(found) < count:
        if words[n] == "g" and n + 2 < len(words):
            times, step = _number(words[n + 1]), _number(words[n + 2])
            found += [step] * min(max(int(times), 0), count)
            n += 3
        else:
            found.append(_number(words[n]))
            n += 1
    return [*found[:count], *default[len(found) :]]


def _numbers(text: str) -> list[float]:
    return [_number(word) for word in text.split()[:16]]


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) and abs(value) < 1e6 else 0.0
