"""Looking at the pages of a file: how much is on them, how much of it is red, whether they stand upright."""

import ctypes
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from xingyun.documents.evidence_reading.limits import Budget
from xingyun.documents.inspect import media_type
from xingyun.documents.page_looks.hashing import coarse_hash, fine_hash
from xingyun.documents.raster import page_pixels
from xingyun.documents.reading import opened

DPI = 50
MOST_PIXELS = 1_000_000
MOST_PAGES = 120
SIGNS = 400  # so many are asked how they stand
DARKER = 35  # than the paper, of 255: ink
REDDER = 50  # than green and blue, of 255: a seal's red


def looks(path: Path, seconds: float) -> Iterator[dict[str, Any]]:
    """One mapping a page, as long as there is time."""
    budget = Budget(seconds)
    is_pdf = media_type(path) == "application/pdf"
    turned = list(_turned(path)) if is_pdf else [None]
    for number, (side, angle) in enumerate(zip(_short_sides(path, is_pdf), turned, strict=False), 1):
        if budget.spent:
            return
        image = page_pixels(path, number, dpi=DPI, max_pixels=MOST_PIXELS)
        yield {
            "page": number,
            "hash": coarse_hash(image),
            "fine": fine_hash(image),
            **_ink(image),
            "short_side": side,
            "picture": not is_pdf,
            "turned": angle,
        }


def _ink(image: Image.Image) -> dict[str, int]:
    """The shares of ink and of red, in a thousandth, rounded up: a little is not nothing."""
    colours = np.asarray(image, dtype=np.int16)
    grey = colours.mean(axis=2)
    paper = float(np.percentile(grey, 90))
    red = colours[:, :, 0] - np.maximum(colours[:, :, 1], colours[:, :, 2])
    return {"ink": _share(grey < paper - DARKER), "red": _share(red > REDDER)}


def _share(marked: Any) -> int:
    return int(np.ceil(1000 * float(marked.mean())))


def _short_sides(path: Path, is_pdf: bool) -> list[int]:
    if not is_pdf:
        with Image.open(path, formats=("JPEG", "PNG")) as image:
            return [min(image.size)]
    with opened(path) as document:
        return [int(min(document[n].get_size())) for n in range(min(len(document), MOST_PAGES))]


def _turned(path: Path) -> Iterator[int | None]:
    with opened(path) as document:
        for n in range(min(len(document), MOST_PAGES)):
            page = document[n]
            yield _angle(page.get_textpage(), int(page.get_rotation()))


def _angle(text: Any, rotation: int) -> int | None:
    """By how many degrees most signs of a page stand, in quarters; None where there are too few."""
    found: Counter[int] = Counter()
    for n in range(min(text.count_chars(), SIGNS)):
        if not chr(pdfium.raw.FPDFText_GetUnicode(text, n)).isalnum():
            continue
        angle = float(pdfium.raw.FPDFText_GetCharAngle(text, ctypes.c_int(n)))
        if angle >= 0:
            found[(round(np.degrees(angle) / 90) * 90 + rotation) % 360] += 1
    if sum(found.values()) < 20:
        return None
    return found.most_common(1)[0][0]
