"""Making a booklet: a field changed in a small one, and two hundred scans against merging them."""

import io
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from PIL import Image

from bench.measure import Row, measure, peak_since
from bench.people import filler
from xingyun.accounts.models import User
from xingyun.applications import actions
from xingyun.applications.models import Application, Booklet
from xingyun.clock import now
from xingyun.documents.booklet import Footer, Front, Item, Material, Parts, assemble, plan, verify
from xingyun.documents.fonts import find_fonts
from xingyun.files.queries import path
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker
from xingyun.registry.queries import actor_for

SCANS = 200
SHEET = (1240, 1754)  # A4 at 150 dpi


def rows() -> list[Row]:
    """Small and large."""
    return [*small(), *large()]


def small() -> list[Row]:
    """A rewrite of a small book, and one made anew after a change."""
    made = Booklet.objects.filter(state="ready").order_by("-pages").first()
    assert made is not None
    assert made.file is not None
    source = path(made.file)

    def rewrite() -> None:
        with tempfile.NamedTemporaryFile() as out, pikepdf.open(source) as pdf:
            pdf.save(out.name)

    draft = Application.objects.filter(state="draft").exclude(level="").latest("id")
    filler_ = actor_for(User.objects.get(username=filler(draft)))
    worker = Worker(discover())

    def make() -> None:
        draft.refresh_from_db()
        before = draft.answers.get("filing_number", "")
        given = {"application": draft, "actor": filler_, "now": now()}
        actions.save_answer(
            field="filing_number",
            raw=before + "1" if len(before) < 50 else "1",
            seen=actions.digest(before),
            **given,
        )
        actions.make_booklet(**given)
        worker.drain()

    return [
        measure(f"rewrite a booklet of {made.pages} pages", rewrite, times=20, note="the measure"),
        measure(
            "change a field, make the booklet anew", make, times=8, note="plan, assemble, read back, keep"
        ),
    ]


def large() -> list[Row]:
    """Two hundred scanned sheets in files of their own: merged by qpdf, made into a booklet, by turns."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        scans = scanned(folder)
        made(scans[:1], folder, 9)  # a worker has its fonts already
        times: list[tuple[float, float]] = []
        grown, size = 0.0, 0
        for again in range(4):
            begun = time.perf_counter()
            merge(scans, folder / "merged.pdf")
            merged = time.perf_counter()
            with peak_since() as peak:
                book = made(scans, folder, again)
            times.append((merged - begun, time.perf_counter() - merged))
            if again == 0:  # later ones live on memory that the first one left
                grown, size = peak.megabytes, book.stat().st_size
    measure_, product = (sorted(column)[1] for column in zip(*times, strict=True))
    much = grown / (size / 1024 / 1024)
    said = f"{product / measure_:.1f} × merging; peak grew by {grown:.0f} MB, {much:.2f} × the output"
    return [
        Row(f"qpdf merges {SCANS} scans", measure_ * 1e3, measure_ * 1e3, 1 / measure_, "the measure"),
        Row(f"booklet of {SCANS} scans (aim 4 ×)", product * 1e3, product * 1e3, 1 / product, said),
    ]


def scanned(folder: Path) -> Sequence[Path]:
    """Grey sheets with the noise of paper, one in a PDF, about 0.9 MB each."""
    paper, draw = Image.effect_noise(SHEET, 60), random.Random(1)
    found = []
    for n in range(SCANS):
        sheet, data = paper.copy(), io.BytesIO()
        sheet.paste(draw.randrange(256), (0, 0, 200, 200))
        sheet.save(data, "JPEG", quality=60)
        found.append(folder / f"{n}.pdf")
        with pikepdf.new() as pdf:
            page = pdf.add_blank_page(page_size=(595, 842))
            image = pikepdf.Stream(pdf, data.getvalue())
            image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            image.Width, image.Height = SHEET
            image.BitsPerComponent, image.ColorSpace = 8, pikepdf.Name.DeviceGray
            image.Filter = pikepdf.Name.DCTDecode
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
            page.Contents = pikepdf.Stream(pdf, b"q 595 0 0 842 0 0 cm /I Do Q")
            pdf.save(found[-1])
    return found


def merge(scans: Sequence[Path], out: Path) -> None:
    """What qpdf does when it is asked to put files one behind the other."""
    with pikepdf.new() as book:
        for scan in scans:
            with pikepdf.open(scan) as pdf:
                book.pages.extend(pdf.pages)
        book.save(out, deterministic_id=True)


def made(scans: Sequence[Path], folder: Path, version: int) -> Path:
    """Planned, assembled, read back."""
    with tempfile.TemporaryDirectory(dir=folder) as work:
        items = tuple(Item(str(n), scan, f"{n:03d}") for n, scan in enumerate(scans))
        contents = Front("contents", "目录", "contents", {"title": "目录"}, fills="entries", listed=False)
        parts = Parts(
            title="申报书",
            front=(contents,),
            materials=(Material("scans", "材料一", "扫描件", items),),
            footer=Footer("2020-0001", f"XY1|2020-0001|{version}|{{page}}"),
        )
        planned = plan(parts, fonts=find_fonts(), work=Path(work))
        out = assemble(planned, folder / "book.pdf")
        verify(out, planned)
    return out
