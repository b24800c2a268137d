"""Pictures inside OFD files: PNG, JPEG, BMP, and JBIG2, which PDFium draws once a PDF is put around it."""

import io
import struct

import pikepdf
import pypdfium2 as pdfium
from PIL import Image, UnidentifiedImageError

from xingyun.documents.reading import alone

JBIG2 = b"\x97JB2\r\n\x1a\n"
PAGE_INFORMATION = 48


def picture(data: bytes, most: int) -> Image.Image | None:
    """The picture in shades of grey; None when it can't be read or has more than `most` pixels."""
    if data.startswith(JBIG2):
        return _jbig2(data, most)
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "BMP")) as image:
            if image.width * image.height > most:
                return None
            seen = image.convert("RGBA")
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    # A code on a transparent ground is meant to lie on white.
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper.convert("L")


def _jbig2(data: bytes, most: int) -> Image.Image | None:
    flags = data[8] if len(data) > 8 else 0
    if not flags & 1:
        return None  # random access order; a PDF takes the sequential one only
    segments = data[9 if flags & 2 else 13 :]
    size = _size(segments)
    if size is None or size[0] * size[1] > most or 0 in size:
        return None
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        stream = pikepdf.Stream(pdf, segments)
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        stream.Width, stream.Height, stream.BitsPerComponent = *size, 1
        stream.ColorSpace, stream.Filter = pikepdf.Name.DeviceGray, pikepdf.Name.JBIG2Decode
        page = pdf.add_blank_page(page_size=size)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=stream))
        page.Contents = pikepdf.Stream(pdf, f"q {size[0]} 0 0 {size[1]} 0 0 cm /I Do Q".encode())
        pdf.save(out)
    with alone():
        document = pdfium.PdfDocument(out.getvalue())
        try:
            drawn: Image.Image = document[0].render(scale=max(1.0, 400 / max(size))).to_pil().convert("L")
        finally:
            document.close()
    return drawn


def _size(segments: bytes) -> tuple[int, int] | None:
    """Width and height from the page information, which comes first."""
    if len(segments) < 19 or segments[4] & 0x3F != PAGE_INFORMATION:
        return None
    width, height = struct.unpack(">II", segments[11:19])
    return (width, height) if width < 20_000 and height < 20_000 else None
