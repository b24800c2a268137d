"""Photographs and screenshots as PDF images: compressed data is taken over as it is wherever possible."""

import io
import zlib
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image

# How the unit square of the stored image is turned into the seen one, by EXIF orientation.
TURNS: dict[int, tuple[int, int, int, int, int, int]] = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
SPACES = {"1": "/DeviceGray", "L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}


@dataclass(frozen=True)
class Picture:
    """An image object with its size as seen, in pixels, and the turn of its unit square."""

    image: pikepdf.Object
    width: int
    height: int
    turn: tuple[int, int, int, int, int, int]


def picture(out: pikepdf.Pdf, path: Path) -> Picture:
    """Add the image file to `out`."""
    with Image.open(path, formats=("JPEG", "PNG")) as image:
        orientation = _orientation(path, image)
        stream = _jpeg(out, path, image) if image.format != "PNG" else _png(out, path, image)
        width, height = image.size
    if orientation in (5, 6, 7, 8):
        width, height = height, width
    return Picture(stream, width, height, TURNS.get(orientation, TURNS[1]))


def taken_over(path: Path) -> bool:
    """Whether the compressed data goes into the book as it is: no pixel has to be decoded."""
    with Image.open(path, formats=("JPEG", "PNG")) as image:
        return _known_png(_chunks(path.read_bytes())) if image.format == "PNG" else image.mode in SPACES


def _orientation(path: Path, image: Image.Image) -> int:
    """Asked only where it can stand: a PNG would be decoded wholly to look for it."""
    if image.format == "PNG" and b"eXIf" not in path.read_bytes():
        return 1
    return int(image.getexif().get(0x0112, 1))


def _jpeg(out: pikepdf.Pdf, path: Path, image: Image.Image) -> pikepdf.Object:
    if image.mode not in SPACES:
        return _drawn(out, image)
    stream = pikepdf.Stream(out, without_notes(path.read_bytes()))
    _describe(stream, image, image.mode)
    stream.Filter = pikepdf.Name.DCTDecode
    if image.mode == "CMYK" and "adobe" in image.info:
        stream.Decode = pikepdf.Array([1, 0] * 4)
    return stream


def _png(out: pikepdf.Pdf, path: Path, image: Image.Image) -> pikepdf.Object:
    """PDF knows PNG's own compression: plain PNGs are taken over without decoding a pixel."""
    chunks = _chunks(path.read_bytes())
    depth, colour = chunks["IHDR"][8], chunks["IHDR"][9]
    if not _known_png(chunks):
        return _drawn(out, image)
    stream = pikepdf.Stream(out, chunks["IDAT"])
    _describe(stream, image, "RGB" if colour == 2 else "L")
    stream.BitsPerComponent = depth
    if colour == 3:
        palette = chunks["PLTE"]
        stream.ColorSpace = pikepdf.Array(
            [pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, len(palette) // 3 - 1, pikepdf.String(palette)]
        )
    stream.Filter = pikepdf.Name.FlateDecode
    stream.DecodeParms = pikepdf.Dictionary(
        Predictor=15, Colors=3 if colour == 2 else 1, BitsPerComponent=depth, Columns=image.width
    )
    return stream


def _known_png(chunks: dict[str, bytes]) -> bool:
    depth, colour, interlaced = chunks["IHDR"][8], chunks["IHDR"][9], chunks["IHDR"][12]
    return depth <= 8 and not interlaced and colour in (0, 2, 3) and "tRNS" not in chunks


def _chunks(data: bytes) -> dict[str, bytes]:
    """Chunks by name; the pieces of the picture are joined."""
    found: dict[str, bytes] = {}
    at = 8
    while at + 8 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8].decode("latin-1")
        found[name] = found.get(name, b"") + data[at + 8 : at + 8 + length]
        at += 12 + length
    return found


def _drawn(out: pikepdf.Pdf, image: Image.Image) -> pikepdf.Object:
    """Pixels on white paper, losslessly."""
    if image.mode not in ("L", "RGB"):
        image = _on_white(image)
    stream = pikepdf.Stream(out, zlib.compress(image.tobytes(), 6))
    _describe(stream, image, image.mode)
    stream.Filter = pikepdf.Name.FlateDecode
    return stream


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("1", "I", "F", "I;16", "CMYK", "YCbCr", "LAB", "HSV"):
        return image.convert("L" if image.mode == "1" else "RGB")
    seen = image.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _describe(stream: pikepdf.Stream, image: Image.Image, mode: str) -> None:
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = image.size
    stream.BitsPerComponent = 8
    stream.ColorSpace = pikepdf.Name(SPACES[mode])


def without_notes(data: bytes) -> bytes:
    """The JPEG without EXIF, XMP, IPTC and comments: a photo must not tell where its taker stood."""
    out, at = io.BytesIO(), 2
    out.write(data[:2])
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        length = 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] not in (0xE1, 0xED, 0xFE):
            out.write(data[at : at + length])
        at += length
    out.write(data[at:])
    return out.getvalue()
