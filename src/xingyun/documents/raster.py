"""Pictures of pages, of bounded size whatever the page claims to measure."""

import io
import math
from pathlib import Path

from PIL import Image, ImageOps

from xingyun.documents.reading import opened


def page_image(path: Path, page: int, *, dpi: int = 110, max_pixels: int = 6_000_000) -> bytes:
    """Page `page` (from 1) of a PDF, JPEG or PNG as PNG bytes on white.

    PDF pages are drawn at `dpi`, images are only ever made smaller; neither exceeds `max_pixels`.
    Raises IndexError for a page that is not there.
    """
    return _png(page_pixels(path, page, dpi=dpi, max_pixels=max_pixels))


def page_pixels(path: Path, page: int, *, dpi: int = 110, max_pixels: int = 6_000_000) -> Image.Image:
    """The same as an image in memory (mode RGB)."""
    if _is_pdf(path):
        return _drawn(path, page, dpi, max_pixels)
    if page != 1:
        raise IndexError(f"{path.name} 只有 1 页")
    return _shrunk(path, max_pixels)


def _drawn(path: Path, page: int, dpi: int, max_pixels: int) -> Image.Image:
    with opened(path) as document:
        if not 1 <= page <= len(document):
            raise IndexError(f"{path.name} 共 {len(document)} 页，没有第 {page} 页")
        sheet = document[page - 1]
        width, height = sheet.get_size()
        scale = min(
            dpi / 72, math.sqrt(max_pixels / max(width * height, 1.0)), max_pixels / max(width, height)
        )
        drawn: Image.Image = sheet.render(scale=scale).to_pil().convert("RGB")
        return drawn


def _shrunk(path: Path, max_pixels: int) -> Image.Image:
    with Image.open(path, formats=("JPEG", "PNG")) as image:
        factor = math.sqrt(max_pixels / (image.width * image.height))
        if factor < 1:
            size = (max(1, int(image.width * factor)), max(1, int(image.height * factor)))
            image.draft("RGB", size)
            image.thumbnail(size)
        seen = ImageOps.exif_transpose(image).convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, format="PNG", compress_level=6)
    return out.getvalue()
