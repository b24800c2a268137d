"""Matching stamped scans: pages turned, askew and grainy, read, told apart, put upright."""

import random
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from bench.measure import Row
from xingyun.applications.models import Booklet
from xingyun.applications.queries.booklets import printed
from xingyun.applications.queries.stamped import wanted_pages
from xingyun.documents.raster import page_pixels
from xingyun.documents.stamped import Sheet, match
from xingyun.documents.stamped.looking import look
from xingyun.files.queries import path

DPI = 200


def rows() -> list[Row]:
    """A page of a scan at 200 dpi, on one core."""
    booklet = Booklet.objects.filter(state="ready", plan__has_key="sheets").order_by("-pages").first()
    assert booklet is not None
    sheets = printed(booklet)
    with tempfile.TemporaryDirectory() as place:
        folder, chance = Path(place), random.Random(1)
        scans = [_scanned(booklet, sheet.place, chance, folder) for sheet in sheets]
        chance.shuffle(scans)
        begun = time.perf_counter()
        looks = [[look(scan, 1, wanted_pages(booklet), folder)] for scan in scans]
        found = match(looks, [Sheet(sheet.code, sheet.needed) for sheet in sheets])
        taken = (time.perf_counter() - begun) / len(scans)
    assert not found.missing
    note = f"{len(scans)} pages, {len(found.fits)} matched; read, matched, put upright"
    return [Row("match a page of a stamped scan (aim 250 ms)", taken * 1e3, taken * 1e3, 1 / taken, note)]


def _scanned(booklet: Booklet, place: int, chance: random.Random, folder: Path) -> Path:
    """One page as a photo: askew by up to five degrees, turned by quarters, grainy, JPEG of quality 50."""
    assert booklet.file is not None
    page = page_pixels(path(booklet.file), place, dpi=DPI, max_pixels=20_000_000)
    page = page.rotate(chance.uniform(-5, 5), Image.Resampling.BILINEAR, fillcolor="white")
    page = page.rotate(chance.choice((0, 90, 180, 270)), expand=True)
    grain = np.random.default_rng(place).standard_normal((*page.size[::-1], 1), dtype=np.float32) * 8
    worn = np.clip(np.asarray(page, np.float32) + grain, 0, 255).astype(np.uint8)
    out = folder / f"page-{place}.jpg"
    Image.fromarray(worn).save(out, quality=50)
    return out
