"""One page of a scan: its code read through tilt, turn and grain, the page put upright, red looked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from xingyun.documents.codes import DPI, QR_CODE
from xingyun.documents.raster import page_pixels
from xingyun.documents.stamped import seals, upright
from xingyun.documents.stamped.codes import PageCode

PIXELS = 12_000_000
# A corner in which the code of a turned page lies, as shares of width and height.
CORNER = (0.42, 0.32)
LARGER = 2
QUALITY = 80  # of the JPEG that takes the page's place

Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a seal belongs: millimetres from the upper left corner of the sheet."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Look:
    """What a page of a scan says. `red`: whether red was seen wherever a seal belongs; None where none does.

    `turned` is by how many degrees it lay, `image` the upright page as JPEG, empty unless it was asked for.
    """

    page: int
    codes: tuple[PageCode, ...] = ()
    red: bool | None = None
    turned: float = 0.0
    image: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A code and its corners in pixels: upper left, upper right, lower right, lower left as printed."""

    text: str
    corners: tuple[Corner, Corner, Corner, Corner]


def look(path: Path, page: int, wanted: Mapping[PageCode, Sequence[Place]], folder: Path) -> Look:
    """Page `page` (from 1) of a PDF, JPEG or PNG. Upright pages of the `wanted` codes go into `folder`.

    A page without a readable code goes there as it lies: a person may know what it is.
    """
    image = page_pixels(path, page, dpi=DPI, max_pixels=PIXELS)
    read = list(read_codes(image.convert("L")))
    known = {code: one for one in read if (code := PageCode.read(one.text))}
    ours = next((code for code in known if code in wanted), None)
    name = f"{path.stem}-{page}.jpg"
    if ours is None:
        if not known:
            _keep(upright.as_it_lies(image), folder / name)
        return Look(page, tuple(known), image="" if known else name)
    straight, turned = upright.put(image, known[ours].corners)
    _keep(straight, folder / name)
    places = wanted[ours]
    red = seals.seen(straight, [(one.x, one.y) for one in places]) if places else None
    return Look(page, tuple(known), red, round(turned, 2), name)


def read_codes(grey: Image.Image) -> Iterator[Read]:
    """The codes of a page; harder tries only where the plain one finds none of ours."""
    found = list(_codes(grey))
    if not any(PageCode.read(one.text) for one in found):
        found += _harder(grey)
    yield from found


def _harder(grey: Image.Image) -> list[Read]:
    """The corners, enlarged, smoothed against noise, then against blur."""
    for way in (_enlarged, _smoothed, _blurred):
        for left, top, crop in _corners(grey):
            found = [_moved(one, left, top) for one in _codes(way(crop))]
            if any(PageCode.read(one.text) for one in found):
                return found
    return []


def _corners(grey: Image.Image) -> Iterator[tuple[int, int, Image.Image]]:
    width, height = round(grey.width * CORNER[0]), round(grey.height * CORNER[1])
    if grey.width > grey.height:
        width, height = round(grey.width * CORNER[1]), round(grey.height * CORNER[0])
    # Where it was printed comes first.
    for left, top in (
        (grey.width - width, grey.height - height),
        (0, 0),
        (grey.width - width, 0),
        (0, grey.height - height),
    ):
        yield left, top, grey.crop((left, top, left + width, top + height))


def _enlarged(crop: Image.Image) -> Image.Image:
    size = (crop.width * LARGER, crop.height * LARGER)
    return ImageOps.autocontrast(crop.resize(size, Image.Resampling.BICUBIC), cutoff=2)


def _smoothed(crop: Image.Image) -> Image.Image:
    return _enlarged(crop.filter(ImageFilter.MedianFilter(3)))


def _blurred(crop: Image.Image) -> Image.Image:
    return _enlarged(crop).filter(ImageFilter.GaussianBlur(2))


def _codes(grey: Image.Image) -> Iterator[Read]:
    for found in zxingcpp.read_barcodes(grey, formats=QR_CODE):
        at = found.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        a, b, c, d = ((float(corner.x), float(corner.y)) for corner in corners)
        yield Read(found.text, (a, b, c, d))


def _moved(one: Read, left: int, top: int) -> Read:
    a, b, c, d = ((x / LARGER + left, y / LARGER + top) for x, y in one.corners)
    return Read(one.text, (a, b, c, d))


def _keep(image: Image.Image, out: Path) -> None:
    image.save(out, format="JPEG", quality=QUALITY, dpi=(upright.DPI, upright.DPI))


def looks(path: Path, pages: int, wanted: Mapping[PageCode, Sequence[Place]], folder: Path) -> list[Look]:
    """The pages of a file from the first on."""
    return [look(path, page, wanted, folder) for page in range(1, pages + 1)]
