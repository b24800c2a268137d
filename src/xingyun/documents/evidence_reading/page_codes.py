"""QR codes on a page or a picture, with where they stand; harder tries only where easy ones found too few."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from xingyun.documents.codes import DPI, QR_CODE
from xingyun.documents.evidence_reading.limits import Budget, Limits
from xingyun.documents.raster import page_pixels

FINE = 300  # dpi at which blurred codes were still read
SMALL = 3_000_000  # pixels below which a picture is tried enlarged


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says and its middle as shares of the page's width and height, from the upper left.

    `box` is its place in a thousandth of them: left, top, right, bottom.
    """

    text: str
    x: float
    y: float
    box: tuple[int, ...] = ()


def codes_on(path: Path, page: int, *, limits: Limits, budget: Budget, expected: int) -> list[Code]:
    """The codes of page `page` (from 1) of a PDF, JPEG or PNG.

    Once all that are `expected` are found it is enough; 0 stands for not knowing how many there are.
    When time is short only the plain look is taken.
    """
    coarse = page_pixels(path, page, dpi=DPI, max_pixels=limits.pixels).convert("L")
    found = _gathered({}, [coarse], budget, expected)
    if _enough(found, expected) or budget.short:
        return list(found.values())
    fine = page_pixels(path, page, dpi=FINE, max_pixels=limits.pixels).convert("L")
    if fine.size != coarse.size:
        _gathered(found, [fine], budget, expected)
    if not found or (expected and not _enough(found, expected)):
        _gathered(found, _harder(fine), budget, max(expected, 1))
    return list(found.values())


def codes_in(image: Image.Image, *, budget: Budget) -> list[Code]:
    """The codes of a picture in memory."""
    grey = image.convert("L")
    found = _gathered({}, [grey], budget, 1)
    return list((found or _gathered(found, _harder(grey), budget, 1)).values())


def _gathered(
    found: dict[str, Code], looks: Iterable[Image.Image], budget: Budget, expected: int
) -> dict[str, Code]:
    for tried, image in enumerate(looks):
        for code in _codes(image):
            found.setdefault(code.text, code)
        if _enough(found, expected) or budget.spent or (tried and budget.short):
            break
    return found


def _enough(found: dict[str, Code], expected: int) -> bool:
    return 0 < expected <= len(found)


def _harder(grey: Image.Image) -> Iterator[Image.Image]:
    """Smoothed against noise, evened against shade, enlarged where it is small."""
    yield ImageOps.autocontrast(grey.filter(ImageFilter.MedianFilter(3)), cutoff=2)
    if grey.width * grey.height <= SMALL:
        grey = grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)
        yield grey
    yield grey.filter(ImageFilter.UnsharpMask(radius=4, percent=250, threshold=0))
    yield grey.filter(ImageFilter.GaussianBlur(1.5))


def _codes(image: Image.Image) -> Iterator[Code]:
    for found in zxingcpp.read_barcodes(image, formats=QR_CODE):
        place = found.position
        corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
        x, y = sum(corner.x for corner in corners) / 4, sum(corner.y for corner in corners) / 4
        wide = [corner.x / image.width for corner in corners]
        high = [corner.y / image.height for corner in corners]
        edges = (min(wide), min(high), max(wide), max(high))
        box = tuple(round(1000 * min(max(edge, 0.0), 1.0)) for edge in edges)
        yield Code(found.text, x / image.width, y / image.height, box)
