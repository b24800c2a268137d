"""Reading back the codes that pages carry."""

from pathlib import Path

import zxingcpp

from xingyun.documents.raster import page_pixels

QR_CODE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
DPI = 200  # at which a code of 20 mm was read best


def codes_of(path: Path, pages: int) -> list[tuple[str, ...]]:
    """What the QR codes on each of the first `pages` pages say; nothing where none can be read."""
    return [_codes(path, page) for page in range(1, pages + 1)]


def _codes(path: Path, page: int) -> tuple[str, ...]:
    image = page_pixels(path, page, dpi=DPI).convert("L")
    return tuple(found.text for found in zxingcpp.read_barcodes(image, formats=QR_CODE))
