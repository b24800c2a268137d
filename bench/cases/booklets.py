"""Making a booklet: a field changed in a small one; two hundred scans against merging them, one changed."""

import hashlib
import io
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cache
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
from xingyun.documents.shelf import Shelf
from xingyun.documents.stamped.codes import payload
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
    """Two hundred scanned sheets in files of their own: merged by qpdf, made into a booklet, by turns.

    Then one of them is another, and all that was kept of the others is used.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        scans = scanned(folder)
        for scan in scans:
            digest(scan)
        made(scans[:1], folder, 9, Shelf())  # a worker has its fonts already
        merged, whole, again = [], [], []
        grown: list[float] = []
        for n in range(4):
            shelf = Shelf(folder / f"kept-{n}", 2**40)
            merged.append(seconds(lambda: merge(scans, folder / "merged.pdf")))
            with peak_since() as peak:
                whole.append(seconds(lambda: made(scans, folder, n, shelf)))  # noqa: B023
            grown.append(peak.megabytes)
            changed = [*scans[:50], another(scans[50], folder / f"another-{n}.pdf"), *scans[51:]]
            with peak_since() as peak:
                again.append(seconds(lambda: made(changed, folder, n, shelf)))  # noqa: B023
            grown.append(peak.megabytes)
            shutil.rmtree(folder / f"kept-{n}")
        size = (folder / "book.pdf").stat().st_size / 1024 / 1024
    measure_ = sorted(merged)[1]
    # Later ones live on memory that the first ones left.
    much = max(grown[:2])
    said = f"peak grew by {much:.0f} MB, {much / size:.2f} × the output"
    return [
        row(f"qpdf merges {SCANS} scans", measure_, "the measure"),
        row(
            f"booklet of {SCANS} scans (aim 4 ×)",
            ours := sorted(whole)[1],
            f"{ours / measure_:.1f} × merging; {said}",
        ),
        row(
            "the same after one of them changed", ours := sorted(again)[1], f"{ours / measure_:.1f} × merging"
        ),
    ]


def seconds(act: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def row(name: str, taken: float, note: str) -> Row:
    """A row of something that takes so many seconds."""
    return Row(name, taken * 1e3, taken * 1e3, 1 / taken, note)


def another(scan: Path, out: Path) -> Path:
    """The same sheet in other bytes."""
    with pikepdf.open(scan) as pdf:
        pdf.docinfo["/Title"] = out.stem
        pdf.save(out)
    return out


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


@cache
def digest(scan: Path) -> str:
    """Files are known by it since they were uploaded."""
    return hashlib.sha256(scan.read_bytes()).hexdigest()


def merge(scans: Sequence[Path], out: Path) -> None:
    """What qpdf does when it is asked to put files one behind the other."""
    with pikepdf.new() as book:
        for scan in scans:
            with pikepdf.open(scan) as pdf:
                book.pages.extend(pdf.pages)
        book.save(out, deterministic_id=True)


def made(scans: Sequence[Path], folder: Path, version: int, shelf: Shelf) -> Path:
    """Planned, assembled, read back."""
    with tempfile.TemporaryDirectory(dir=folder) as work:
        items = tuple(Item(str(n), scan, f"{n:03d}", digest(scan)) for n, scan in enumerate(scans))
        contents = Front("contents", "目录", "contents", {"title": "目录"}, fills="entries", listed=False)
        parts = Parts(
            title="申报书",
            front=(contents,),
            materials=(Material("scans", "材料一", "扫描件", items),),
            footer=Footer("2020-0001", payload(f"2020-{version:04d}")),
        )
        planned = plan(parts, fonts=find_fonts(), work=Path(work), shelf=shelf)
        out = assemble(planned, folder / "book.pdf")
        verify(out, planned)
    return out
