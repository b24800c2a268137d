"""The text layer of a PDF page: every sign with its place, upright however the page or its text is turned."""

import ctypes
import math
from collections import Counter
from typing import Any

import pypdfium2.raw as raw

from xingyun.documents.evidence_reading.layout import Glyph, Sheet, legible, sheet

MM = 25.4 / 72
SAMPLE = 400  # signs that decide how the text stands
ASKEW = math.radians(12)  # beyond which a sign belongs to a watermark or a seal, not to the text


def sheet_of(document: Any, number: int, most: int) -> Sheet:
    """Page `number` (from 1) of an opened document; of more than `most` signs the rest is left out."""
    page = document[number - 1]
    try:
        return _sheet(page, number, most)
    finally:
        page.close()


def _sheet(page: Any, number: int, most: int) -> Sheet:
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation() // 90
    textpage = page.get_textpage()
    try:
        count = min(raw.FPDFText_CountChars(textpage), most)
        turn = _turn(textpage, count)
        frame = _Frame(left, bottom, right, top, turn)
        glyphs = [
            glyph
            for n in range(count)
            if _straight(textpage, n, turn) and (glyph := _glyph(textpage, n, frame))
        ]
    finally:
        textpage.close()
    # How the text stands on the page as shown: its own turn, less the turn of the page (clockwise).
    return sheet(number, frame.width * MM, frame.height * MM, glyphs, (turn - rotation) % 4)


def _turn(textpage: Any, count: int) -> int:
    """By how many quarters most signs are turned, anticlockwise."""
    step = max(1, count // SAMPLE)
    seen: Counter[int] = Counter()
    for n in range(0, count, step):
        angle = raw.FPDFText_GetCharAngle(textpage, n)
        if math.isfinite(angle) and angle >= 0:
            seen[-round(angle / (math.pi / 2)) % 4] += 1  # PDFium counts clockwise
    return seen.most_common(1)[0][0] if seen else 0


def _straight(textpage: Any, n: int, turn: int) -> bool:
    angle = raw.FPDFText_GetCharAngle(textpage, n)
    if not math.isfinite(angle) or angle < 0:
        return True
    off = (angle + turn * math.pi / 2) % (2 * math.pi)
    return bool(min(off, 2 * math.pi - off) < ASKEW)


class _Frame:
    """Points of the page's own plane, from the lower left, to points of upright text, from the upper left."""

    def __init__(self, left: float, bottom: float, right: float, top: float, turn: int) -> None:
        self.left, self.bottom, self.right, self.top, self.turn = left, bottom, right, top, turn
        sides = (abs(right - left), abs(top - bottom))
        self.width, self.height = sides if turn % 2 == 0 else sides[::-1]

    def upright(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


def _glyph(textpage: Any, n: int, frame: _Frame) -> Glyph | None:
    code = raw.FPDFText_GetUnicode(textpage, n)
    sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    if sign.isspace() or sign in "\u200b\ufeff\x02":
        return None
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharOrigin(textpage, n, x, y):
        return None
    if not raw.FPDFText_GetCharBox(textpage, n, left, right, bottom, top):
        return None
    _base_x, base = frame.upright(x.value, y.value)
    ax, ay = frame.upright(left.value, bottom.value)
    bx, by = frame.upright(right.value, top.value)
    places = (base, ax, ay, bx, by)
    if not all(math.isfinite(place) and abs(place) < 1e6 for place in places):
        return None
    height = max(abs(by - ay), raw.FPDFText_GetFontSize(textpage, n) * 0.6 if _wide(sign) else 0.0)
    return Glyph(legible(sign), min(ax, bx) * MM, max(ax, bx) * MM, base * MM, min(height, 200.0) * MM)


def _wide(sign: str) -> bool:
    """A flat sign such as 一 says nothing of the font's height, its size does."""
    return sign >= "\u2e80"
