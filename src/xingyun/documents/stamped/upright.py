"""A scanned page laid on its sheet again: its code tells how it lay, its lines tell it finely."""

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image

DPI = 200
MM = DPI / 25.4
SHEET = (round(210 * MM), round(297 * MM))
# Where the overlay puts the code: millimetres from the upper left corner to its middle, and its side.
CODE = (186.0, 279.0)
SIDE = 20.0

SMALL = 60  # dpi at which lines are looked for
REACH, STEP = 1.0, 0.2  # degrees around what the code said
NEARLY = 0.05  # of the scale: a sheet of this size was scanned whole


def put(image: Image.Image, corners: Sequence[tuple[float, float]]) -> tuple[Image.Image, float]:
    """The page on A4, upright, its code where it was printed; and by how many degrees it lay."""
    angle, scale, middle = _lay(corners)
    scale = _whole_sheet(image, scale)
    angle += _lines(image, angle, scale, middle)
    return _drawn(image, angle, scale, middle, DPI), math.degrees(
        math.atan2(math.sin(angle), math.cos(angle))
    )


def as_it_lies(image: Image.Image) -> Image.Image:
    """A page of which nothing is known, made to fit its sheet."""
    fitted = image.copy()
    fitted.thumbnail(SHEET)
    paper = Image.new(_mode(image), SHEET, "white")
    paper.paste(fitted, ((SHEET[0] - fitted.width) // 2, (SHEET[1] - fitted.height) // 2))
    return paper


def _lay(corners: Sequence[tuple[float, float]]) -> tuple[float, float, tuple[float, float]]:
    """Angle in radians, pixels a millimetre, and the code's middle: from its four corners."""
    a, b, c, d = (np.array(corner) for corner in corners)
    across, down = (b - a) + (c - d), (d - a) + (c - b)
    # Turned back by a quarter, the side going down is the one going across.
    along = across + np.array([down[1], -down[0]])
    angle = math.atan2(along[1], along[0])
    scale = float(np.hypot(*along)) / 4 / SIDE
    middle = (a + b + c + d) / 4
    return angle, scale, (float(middle[0]), float(middle[1]))


def _whole_sheet(image: Image.Image, scale: float) -> float:
    """A scanner knows its scale better than a small code does."""
    short, long = sorted(image.size)
    by_page = (short / 210 + long / 297) / 2
    same_shape = abs(short / 210 - long / 297) < NEARLY * by_page
    return by_page if same_shape and abs(by_page - scale) < NEARLY * scale else scale


def _lines(image: Image.Image, angle: float, scale: float, middle: tuple[float, float]) -> float:
    """What is missing to the angle at which the lines of the page are level, in radians."""
    tried = np.arange(-REACH, REACH + STEP / 2, STEP)
    grey = image.convert("L").reduce(max(1, round(scale * 25.4 / SMALL)))
    shrunk = grey.width / image.width
    here = (middle[0] * shrunk, middle[1] * shrunk)
    sharp = [
        _sharpness(_drawn(grey, angle + math.radians(off), scale * shrunk, here, SMALL)) for off in tried
    ]
    best = int(np.argmax(sharp))
    if not 0 < best < len(sharp) - 1:
        return 0.0
    before, at, after = sharp[best - 1 : best + 2]
    bend = before - 2 * at + after
    off = float(tried[best]) + (STEP * (before - after) / 2 / bend if bend else 0.0)
    return math.radians(off)


def _sharpness(image: Image.Image) -> float:
    """How clearly rows differ from the next ones: most where lines of text and tables are level."""
    rows = np.asarray(image, dtype=np.float32).mean(axis=1)
    return float(np.square(np.diff(rows)).sum())


def _drawn(
    image: Image.Image, angle: float, scale: float, middle: tuple[float, float], dpi: float
) -> Image.Image:
    """The sheet at `dpi`, every pixel fetched from where it lies in the scan."""
    pixel = dpi / 25.4
    size = (round(210 * pixel), round(297 * pixel))
    cos, sin = math.cos(angle) * scale / pixel, math.sin(angle) * scale / pixel
    x, y = CODE[0] * pixel, CODE[1] * pixel
    fetch = (cos, -sin, middle[0] - cos * x + sin * y, sin, cos, middle[1] - sin * x - cos * y)
    source = image if image.mode == "L" else image.convert("RGB")
    return source.transform(size, Image.Transform.AFFINE, fetch, Image.Resampling.BILINEAR, fillcolor="white")


def _mode(image: Image.Image) -> str:
    return "L" if image.mode == "L" else "RGB"
