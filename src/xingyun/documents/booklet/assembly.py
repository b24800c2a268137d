"""The book itself: every page drawn once onto its sheet, number and code laid over."""

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
from xingyun.documents.booklet.drawing import AS_IT_IS, Layer, Source, add_page, fitted, size
from xingyun.documents.booklet.leaves import Leaf
from xingyun.documents.booklet.parts import WrongPartsError
from xingyun.documents.booklet.planning import BookletPlan
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
    """One page ready to be drawn: its size and what is drawn on it."""

    width: float
    height: float
    layers: tuple[Layer, ...]


def assemble(
    plan: BookletPlan,
    out: Path,
    *,
    stamped: Mapping[int, Scan] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the book. `stamped` maps printed numbers to scans; `progress` hears (done, total) of pages."""
    scans = stamped or {}
    numbers = [leaf.number for leaf in plan.leaves]
    with ExitStack() as stack:
        book = stack.enter_context(pikepdf.new())
        sources = _Sources(book, stack, Counter(map(_path, plan.leaves, map(scans.get, numbers))))
        sheets = [_sheet(sources, leaf, scans.get(leaf.number)) for leaf in plan.leaves]
        overlaid = _overlay(plan, sheets, frozenset(scans))
        overlay = Source(book, overlaid)
        stack.callback(overlay.close)
        for number, sheet in enumerate(sheets):
            above, _box = overlay.content(number)
            add_page(book, sheet.width, sheet.height, [*sheet.layers, (above, AS_IT_IS)])
            if progress:
                progress(number + 1, plan.total)
        _describe(book, plan)
        book.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    _identify(out, _identity(plan, scans, overlaid))
    return out


def extract(book: Path, pages: Sequence[int], out: Path) -> Path:
    """Copy `pages` (by place, from 1) of a finished book into a file of their own, for printing."""
    with pikepdf.open(book) as source, pikepdf.new() as target:
        for page in pages:
            target.pages.append(source.pages[page - 1])
        target.Root.Lang = pikepdf.String("zh-CN")
        target.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out


class _Sources:
    """Every source file opened once, and closed after its last page."""

    def __init__(self, book: pikepdf.Pdf, stack: ExitStack, uses: Counter[Path | None]) -> None:
        self._book, self._stack, self._uses = book, stack, uses
        self._open: dict[Path, Source] = {}

    def content(self, path: Path, index: int) -> tuple[pikepdf.Object, placing.Rect]:
        """The object that draws one page, and the rectangle it fills."""
        if path not in self._open:
            self._open[path] = Source(self._book, path)
            self._stack.callback(self._open[path].close)
        found = self._open[path].content(index)
        self._uses[path] -= 1
        if not self._uses[path]:
            self._open.pop(path).close()
        return found


def _path(leaf: Leaf, scan: Scan | None) -> Path | None:
    return scan.path if scan else leaf.source


def _identity(plan: BookletPlan, scans: Mapping[int, Scan], overlaid: Path) -> bytes:
    """16 bytes that follow from what the book is made of.

    Digesting the finished book instead would read a large one once more. Pieces are named by what they
    are made of; the overlay is small and read.
    """
    found = hashlib.sha256(overlaid.read_bytes())
    for leaf in plan.leaves:
        scan = scans.get(leaf.number)
        path, index = _path(leaf, scan), scan.index if scan else leaf.index
        if path is not None:
            found.update(f"{path.name} {index} {path.stat().st_size}\n".encode())
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


def _sheet(sources: _Sources, leaf: Leaf, scan: Scan | None) -> _Sheet:
    path, index = (scan.path, scan.index) if scan else (leaf.source, leaf.index)
    if path is None:
        return _Sheet(*placing.A4, ())
    content, box = sources.content(path, index)
    put = placing.whole(*size(box)) if scan or leaf.sheet else placing.place(*size(box))
    return _Sheet(put.width, put.height, ((content, fitted(put, box)),))


def _overlay(plan: BookletPlan, sheets: Sequence[_Sheet], scanned: frozenset[int]) -> Path:
    footer = plan.parts.footer
    leaves = [
        {
            "width": round(sheet.width, 3),
            "height": round(sheet.height, 3),
            "left": footer.left,
            "number": footer.number.format(page=leaf.number, pages=leaf.pages),
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


def _describe(book: pikepdf.Pdf, plan: BookletPlan) -> None:
    """Title, language and bookmarks; no dates, so that the same plan gives the same bytes."""
    book.docinfo["/Title"] = plan.parts.title
    book.Root.Lang = pikepdf.String("zh-CN")
    book.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    book.Root.PageMode = pikepdf.Name.UseOutlines
    _label(book, plan)
    places = plan.places
    with book.open_outline() as outline:
        for mark in plan.bookmarks:
            line = pikepdf.OutlineItem(mark.title, places[mark.page] - 1)
            home = outline.root if mark.level == 1 or not outline.root else outline.root[-1].children
            home.append(line)


def _label(book: pikepdf.Pdf, plan: BookletPlan) -> None:
    """Whoever reads the book on a screen asks for a page by its printed number."""
    labels: list[object] = []
    for leaf in plan.leaves:
        if leaf.number == leaf.section:
            labels += [leaf.place - 1, pikepdf.Dictionary(S=pikepdf.Name.D, St=leaf.number)]
    book.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))
