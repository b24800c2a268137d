"""Red where a seal belongs. Not seeing it is a hint and never a verdict: a pale seal is not an absent one."""

from collections.abc import Iterable

import numpy as np
from PIL import Image

from xingyun.documents.stamped.upright import MM

AROUND = 50  # millimetres to every side: a seal is 40 to 45 across and seldom hits its place
SMALLER = 4
REDDER = 38  # than green and blue, of 255
SHARE = 0.002


def seen(page: Image.Image, places: Iterable[tuple[float, float]]) -> bool:
    """Whether there is red at each of these places (millimetres) of an upright page."""
    return all(_red(page, x, y) for x, y in places)


def _red(page: Image.Image, x: float, y: float) -> bool:
    box = ((x - AROUND) * MM, (y - AROUND) * MM, (x + AROUND) * MM, (y + AROUND) * MM)
    left, top, right, bottom = (round(edge) for edge in box)
    crop = page.crop((max(left, 0), max(top, 0), min(right, page.width), min(bottom, page.height)))
    if crop.width < SMALLER or crop.height < SMALLER:
        return False
    colours = np.asarray(crop.convert("RGB").reduce(SMALLER), dtype=np.int16)
    red = colours[:, :, 0] - np.maximum(colours[:, :, 1], colours[:, :, 2])
    return float((red > REDDER).mean()) >= SHARE
