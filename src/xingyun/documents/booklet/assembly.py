"""The book itself: every page drawn once onto its sheet, number and code laid over, nothing active kept.

Only what a page shows is copied, as a form object; scripts, actions, attachments and annotations that
do more than look stay behind because nothing of their documents is taken over.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from xingyun.documents import qr
from xingyun.documents.booklet import placing
from xingyun.documents.booklet.images import picture
from xingyun.documents.booklet.parts import WrongPartsError
from xingyun.documents.booklet.planning import BookletPlan, Leaf
from xingyun.documents.render import render

FIXED_ID = b"31415926535897932384626433832795"  # what qpdf writes when it is asked for a fixed one
TRAILER = 1024 * 1024

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Scan:
    """A stamped page that takes the place of the page it was printed from; `index` counts from 0."""

    path: Path
    index: int = 0


@dataclass(frozen=True)
class _Sheet:
    """One page ready to be drawn: its size, the object to draw, and the matrix to draw it with."""

    width: float
    height: float
    content: pikepdf.Object | None
    matrix: placing.Matrix


def assemble(
    plan: BookletPlan,
    out: Path,
    *,
    stamped: Mapping[int, Scan] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the book. `stamped` maps book pages to scans; `progress` hears (done, total) after each page."""
    scans = stamped or {}
    numbers = [leaf.number for leaf in plan.leaves]
    with ExitStack() as stack:
        book = stack.enter_context(pikepdf.new())
        sources = _Sources(book, stack, Counter(map(_path, plan.leaves, map(scans.get, numbers))))
        sheets = [_sheet(sources, leaf, scans.get(leaf.number)) for leaf in plan.leaves]
        overlaid = _overlay(plan, sheets, frozenset(scans))
        overlay = sources.open(overlaid)
        for number, sheet in enumerate(sheets):
            _draw(book, sheet, book.copy_foreign(overlay.pages[number].as_form_xobject()))
            if progress:
                progress(number + 1, plan.total)
        _describe(book, plan)
        book.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    _identify(out, _identity(plan, scans, overlaid))
    return out


def extract(book: Path, pages: Sequence[int], out: Path) -> Path:
    """Copy `pages` (from 1) of a finished book into a file of their own, for printing."""
    with pikepdf.open(book) as source, pikepdf.new() as target:
        for page in pages:
            target.pages.append(source.pages[page - 1])
        target.Root.Lang = pikepdf.String("zh-CN")
        target.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out


class _Sources:
    """Every source file opened once, and closed after its last page: what was copied no longer needs it."""

    def __init__(self, book: pikepdf.Pdf, stack: ExitStack, uses: Counter[Path | None]) -> None:
        self.book, self._stack, self._uses = book, stack, uses
        self._open: dict[Path, pikepdf.Pdf] = {}

    def open(self, path: Path) -> pikepdf.Pdf:
        if path not in self._open:
            pdf = self._stack.enter_context(pikepdf.open(path, suppress_warnings=True))
            _flatten(pdf)
            self._open[path] = pdf
        return self._open[path]

    def content(self, path: Path, index: int) -> tuple[pikepdf.Object, placing.Rect]:
        """The object that draws one page or image, and the rectangle it fills."""
        if _is_image(path):
            seen = picture(self.book, path)
            box = (0.0, 0.0, float(seen.width), float(seen.height))
            a, b, c, d, e, f = seen.turn
            width, height = box[2:]
            turned = (a * width, b * height, c * width, d * height, e * width, f * height)
            return _wrapped(self.book, seen.image, turned, box), box
        pdf = self.open(path)
        if index >= len(pdf.pages):
            raise WrongPartsError(f"{path.name} 只有 {len(pdf.pages)} 页，成册时少了第 {index + 1} 页。")
        page = pdf.pages[index]
        # What lies outside the trim is still evidence.
        for box_name in ("/TrimBox", "/ArtBox", "/BleedBox"):
            if box_name in page.obj:
                del page.obj[box_name]
        form = page.as_form_xobject()
        copied, filled = self.book.copy_foreign(form), _filled(form)
        self._uses[path] -= 1
        if not self._uses[path]:
            self._open.pop(path).close()
        return copied, filled


def _path(leaf: Leaf, scan: Scan | None) -> Path | None:
    return scan.path if scan else leaf.source


def _identity(plan: BookletPlan, scans: Mapping[int, Scan], overlaid: Path) -> bytes:
    """16 bytes that follow from what the book is made of.

    Digesting the finished book instead would read a large one once more. Kept files are named by their
    digest; what was set for this book is small and read.
    """
    found = hashlib.sha256(overlaid.read_bytes())
    for leaf in plan.leaves:
        scan = scans.get(leaf.number)
        path, index = _path(leaf, scan), scan.index if scan else leaf.index
        if path is None:
            continue
        found.update(f"{path.name} {index} {path.stat().st_size}\n".encode())
        if leaf.of == 1 and leaf.kind != "evidence" and scan is None:
            found.update(path.read_bytes())
    return found.digest()[:16]


def _identify(book: Path, identity: bytes) -> None:
    """Write the identity over the fixed one with which the book was saved: same length, same place."""
    with book.open("r+b") as file:
        file.seek(-min(TRAILER, book.stat().st_size), os.SEEK_END)
        start, tail = file.tell(), file.read()
        at = tail.rindex(b"/ID ")
        named = tail[at:].replace(FIXED_ID, identity.hex().encode(), 2)
        file.seek(start + at)
        file.write(named)


def _flatten(pdf: pikepdf.Pdf) -> None:
    """Stamps, signatures and filled fields become part of the page; they would be lost otherwise."""
    if any("/Annots" in page.obj for page in pdf.pages):
        if "/AcroForm" in pdf.Root:
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")


def _is_image(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(3) in (b"\xff\xd8\xff", b"\x89PN")


def _filled(form: pikepdf.Object) -> placing.Rect:
    box = [float(edge) for edge in form.BBox]
    matrix = [float(part) for part in form.get("/Matrix", [1, 0, 0, 1, 0, 0])]
    return placing.bounds((box[0], box[1], box[2], box[3]), tuple(matrix))  # type: ignore[arg-type]


def _wrapped(
    book: pikepdf.Pdf, image: pikepdf.Object, turn: placing.Matrix, box: placing.Rect
) -> pikepdf.Object:
    form = pikepdf.Stream(book, f"q {_numbers(turn)} cm /I Do Q".encode())
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array(box)
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    return form


def _sheet(sources: _Sources, leaf: Leaf, scan: Scan | None) -> _Sheet:
    if scan is None and leaf.source is None:
        return _Sheet(*placing.A4, None, (1, 0, 0, 1, 0, 0))
    path, index = (scan.path, scan.index) if scan else (leaf.source or Path(), leaf.index)
    content, (left, bottom, right, top) = sources.content(path, index)
    width, height = max(right - left, 1.0), max(top - bottom, 1.0)
    if scan is None and leaf.kind == "evidence":
        put = placing.place(width, height)
    else:
        put = placing.whole(width, height)
    x, y = put.x - left * put.scale, put.y - bottom * put.scale
    return _Sheet(put.width, put.height, content, (put.scale, 0, 0, put.scale, x, y))


def _overlay(plan: BookletPlan, sheets: Sequence[_Sheet], scanned: frozenset[int]) -> Path:
    footer = plan.parts.footer
    leaves = [
        {
            "width": round(sheet.width, 3),
            "height": round(sheet.height, 3),
            "left": footer.left,
            "number": footer.number.format(page=leaf.number, pages=plan.total),
            "qr": qr.svg(leaf.payload),
            "visible": leaf.number not in scanned,
            "watermark": "" if leaf.number in scanned else plan.parts.watermark,
        }
        for leaf, sheet in zip(plan.leaves, sheets, strict=True)
    ]
    made = render("overlay", {"leaves": leaves}, fonts=plan.fonts, out=plan.work / "overlay.pdf")
    if made.pages != plan.total:
        raise WrongPartsError(f"页脚排了 {made.pages} 页，应为 {plan.total} 页。")
    return made.path


def _draw(book: pikepdf.Pdf, sheet: _Sheet, overlay: pikepdf.Object) -> None:
    page = book.add_blank_page(page_size=(round(sheet.width, 3), round(sheet.height, 3)))
    objects = pikepdf.Dictionary(O=overlay)
    steps = "q /O Do Q"
    if sheet.content is not None:
        objects.C = sheet.content
        steps = f"q {_numbers(sheet.matrix)} cm /C Do Q {steps}"
    page.Resources = pikepdf.Dictionary(XObject=objects)
    page.Contents = pikepdf.Stream(book, steps.encode())


def _numbers(matrix: placing.Matrix) -> str:
    return " ".join(f"{part:.5f}".rstrip("0").rstrip(".") for part in matrix)


def _describe(book: pikepdf.Pdf, plan: BookletPlan) -> None:
    """Title, language and bookmarks; no dates, so that the same plan gives the same bytes."""
    book.docinfo["/Title"] = plan.parts.title
    book.Root.Lang = pikepdf.String("zh-CN")
    book.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    book.Root.PageMode = pikepdf.Name.UseOutlines
    with book.open_outline() as outline:
        for mark in plan.bookmarks:
            line = pikepdf.OutlineItem(mark.title, mark.page - 1)
            home = outline.root if mark.level == 1 or not outline.root else outline.root[-1].children
            home.append(line)
