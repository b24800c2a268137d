"""Printed pages as scanners hand them back: turned, tilted, grainy, compressed, shuffled."""

import io
import random
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image, ImageDraw

from xingyun.documents.raster import page_pixels

MM = 25.4
PAPER = (252, 251, 247)


@dataclass
class Printed:
    """The pages of a book drawn once at every resolution."""

    book: Path
    places: dict[int, int]
    drawn: dict[tuple[int, int], Image.Image] = field(default_factory=dict)

    def page(self, number: int, dpi: int) -> Image.Image:
        """One page as printed."""
        key = (number, dpi)
        if key not in self.drawn:
            self.drawn[key] = page_pixels(self.book, self.places[number], dpi=dpi, max_pixels=20_000_000)
        return self.drawn[key]


def sealed(page: Image.Image, dpi: int, x: float, y: float, pale: float = 0.0) -> Image.Image:
    """A red ring with a star's worth of ink in it, its middle at (x, y) millimetres; ink darkens paper."""
    seen = page.copy()
    ink = Image.new("RGB", seen.size, "white")
    draw, pixel = ImageDraw.Draw(ink), dpi / MM
    red = tuple(round(value + (255 - value) * pale) for value in (205, 35, 45))
    box = [(x - 20) * pixel, (y - 20) * pixel, (x + 20) * pixel, (y + 20) * pixel]
    draw.ellipse(box, outline=red, width=round(1.2 * pixel))
    draw.ellipse([(x - 5) * pixel, (y - 5) * pixel, (x + 5) * pixel, (y + 5) * pixel], fill=red)
    return Image.fromarray((np.asarray(seen, np.uint16) * np.asarray(ink, np.uint16) // 255).astype(np.uint8))


def scanned(page: Image.Image, chance: random.Random, *, turn: int | None = None) -> Image.Image:
    """Laid askew by half a degree to five, turned by quarters, grainy."""
    skew = chance.uniform(0.5, 5) * chance.choice((-1, 1))
    seen = page.rotate(skew, Image.Resampling.BILINEAR, fillcolor=PAPER)
    turn = chance.choice((0, 0, 90, 180, 270)) if turn is None else turn
    if turn:
        seen = seen.rotate(turn, expand=True)
    noise = np.random.default_rng(chance.randrange(2**32))
    grain = noise.standard_normal((*seen.size[::-1], 1), dtype=np.float32) * chance.uniform(3, 12)
    worn = np.clip(np.asarray(seen, np.float32) * chance.uniform(0.92, 1.0) + grain, 0, 255)
    return Image.fromarray(worn.astype(np.uint8))


def as_pdf(pages: list[Image.Image], dpi: int, out: Path) -> Path:
    """Scans as a scanner's PDF: one JPEG of quality 50 a page."""
    with pikepdf.new() as pdf:
        for image in pages:
            data = io.BytesIO()
            image.save(data, format="JPEG", quality=50)
            stream = pikepdf.Stream(pdf, data.getvalue())
            stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, 8
            stream.ColorSpace = pikepdf.Name.DeviceRGB if image.mode == "RGB" else pikepdf.Name.DeviceGray
            stream.Filter = pikepdf.Name.DCTDecode
            width, height = image.width / dpi * 72, image.height / dpi * 72
            page = pdf.add_blank_page(page_size=(width, height))
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=stream))
            page.Contents = pikepdf.Stream(pdf, f"q {width} 0 0 {height} 0 0 cm /I Do Q".encode())
        pdf.save(out)
    return out
