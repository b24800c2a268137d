"""What a forked process can do with a file. Answers are plain data; what refuses the file is one of them."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from PIL import Image

from xingyun.documents import cleaning, unpacking
from xingyun.documents.inspect import UnusableError, inspect
from xingyun.documents.raster import page_pixels

Answer = dict[str, Any]
MOST_DRAWN = 6_000_000  # pixels of a drawn page
# Pillow turns anticlockwise.
TURNS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}


def look(*, bounds: Mapping[str, int], path: str) -> Answer:
    """Whether a booklet can take it, and what it costs to find that out."""
    file = Path(path)
    try:
        seen = inspect(file, max_pages=bounds["pages"], max_pixels=bounds["pixels"])
        if seen.kind == "pdf":
            unpacking.look(file, most=bounds["unpacked"], pixels=bounds["pixels"])
    except UnusableError as error:
        return {"code": error.code, "facts": error.facts}
    return {"kind": seen.kind, "pages": seen.pages, "sizes": seen.sizes, "flags": sorted(seen.flags)}


def clean(*, bounds: Mapping[str, int], path: str, out: str) -> Answer:
    """A copy without active content, and what was left out of it."""
    try:
        left_out = cleaning.clean(Path(path), Path(out))
        inspect(Path(out), max_pages=bounds["pages"], max_pixels=bounds["pixels"])
    except UnusableError as error:
        return {"code": error.code, "facts": error.facts}
    return {"cleaned": sorted(left_out)}


def draw(
    *, bounds: Mapping[str, int], path: str, page: int, out: str, dpi: int, wide: int, turn: int
) -> Answer:
    """A page as PNG in `out`, turned by quarters clockwise; with `wide` no wider than so many pixels."""
    try:
        image = page_pixels(Path(path), page, dpi=dpi, max_pixels=min(MOST_DRAWN, bounds["pixels"]))
    except IndexError:
        return {"there": False}
    if turn:
        image = image.transpose(TURNS[turn])
    if wide and image.width > wide:
        image.thumbnail((wide, 4 * wide))
    image.save(out, format="PNG", compress_level=6)
    return {"there": True}


TASKS: dict[str, Callable[..., Any]] = {"look": look, "clean": clean, "draw": draw}
# Those that need more: the modules that have them, as `answer`. The kernel alone keeps them within bounds.
READERS = {
    "read": "xingyun.documents.evidence_reading.child",
    "page_looks": "xingyun.documents.page_looks.child",
    "stamped": "xingyun.documents.stamped.child",
}


def task(name: str) -> Callable[..., Any]:
    """The task of that name; whoever only draws pages never loads what reads them."""
    if name not in TASKS:
        TASKS[name] = _reader(import_module(READERS[name]).answer)
    return TASKS[name]


def _reader(answer: Callable[..., Any]) -> Callable[..., Any]:
    def reads(*, bounds: Mapping[str, int], **facts: Any) -> Any:  # noqa: ARG001
        return answer(**facts)

    return reads
