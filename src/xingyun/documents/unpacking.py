"""How much a PDF becomes when it is unpacked and drawn: a kilobyte can ask for gigabytes, or for hours."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from xingyun.documents.inspect import UnusableError
from xingyun.documents.reading import opened

PART = 64 * 1024 * 1024  # bytes that one stream may become
LOOKED_AT = 8 * 1024 * 1024  # unpacked beyond which pages are tried out
MEGA = 1_000_000
TRIED_AT = 24  # dpi
_DRAWS = re.compile(rb"/[^\s/<>\[\]()]+\s+Do\b")


def look(path: Path, *, most: int, pixels: int) -> None:
    """Raises UnusableError `bomb` or `pixels`. Where pages are drawn of parts of parts they are tried out.

    A page that never ends ends this process, which is one of its own.
    """
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        total, nested = 0, False
        for one in _streams(pdf):
            if one.get("/Subtype") == pikepdf.Name.Image:
                _picture(one, pixels)
                continue
            data = _unpacked(one, min(PART, most - total))
            total += len(data)
            nested = nested or (one.get("/Subtype") == pikepdf.Name.Form and bool(_DRAWS.search(data)))
            nested = nested or "/PatternType" in one
    if nested or total > LOOKED_AT:
        _try_out(path)


def _streams(pdf: Any) -> Iterator[Any]:
    return (one for one in pdf.objects if isinstance(one, pikepdf.Stream))


def _picture(one: Any, pixels: int) -> None:
    found = int(one.get("/Width", 0)) * int(one.get("/Height", 0))
    if found > pixels:
        raise UnusableError("pixels", found=found // 10_000, limit=pixels // 10_000)


def _unpacked(one: Any, most: int) -> bytes:
    """What the stream becomes, at most so many bytes of it; one that is packed otherwise is left to qpdf."""
    filters = one.get("/Filter", [])
    names = [str(filters)] if isinstance(filters, pikepdf.Name) else [str(name) for name in filters]
    data = bytes(one.read_raw_bytes())
    if not all(name in {"/FlateDecode", "/Fl"} for name in names):
        try:
            data = bytes(one.read_bytes(pikepdf.StreamDecodeLevel.specialized))
        except pikepdf.PdfError:
            return b""
        names = []
    for _name in names:
        data = _inflated(data, most)
    if len(data) > most:
        raise UnusableError("bomb", limit=most // MEGA)
    return data


def _inflated(data: bytes, most: int) -> bytes:
    inflater = zlib.decompressobj()
    try:
        out = inflater.decompress(data, most + 1)
    except zlib.error:
        return b""
    if len(out) > most:
        raise UnusableError("bomb", limit=most // MEGA)
    return out


def _try_out(path: Path) -> None:
    with opened(path) as document:
        for number in range(len(document)):
            page = document[number]
            page.get_textpage().close()
            page.render(scale=TRIED_AT / 72).close()
            page.close()
