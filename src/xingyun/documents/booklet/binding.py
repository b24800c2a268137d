"""The edition for perfect binding: the same pages under the same numbers, printed on both sides.

A finished book has its wider margin at the left, for the screen and for printing on one side. Here the pages
on the back of a sheet (even numbers) have it at the right, and where a section would begin on the wrong side
an empty side goes before it, so that odd numbers always lie on the right. Lying pages stand with their head
at the left, as printed reports have them (顶左底右), and give way to the spine at the head or at the foot.
"""

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from xingyun.documents.booklet.placing import A4, MM

# What the left margin of a page has more than the right one (`placing`, and `booklet` in base.typ).
MORE = 6 * MM
# A lying page has 9 mm at its head; so much smaller it has 15 mm on the side of the spine.
SMALLER = 0.97
TITLE = "{}（双面装订版）"

Matrix = tuple[float, float, float, float, float, float]


def for_binding(book: Path, out: Path) -> Path:
    """Write a finished book's edition for binding to `out`, every side an upright A4 page."""
    with pikepdf.open(book) as source, pikepdf.new() as target:
        labels: list[object] = []
        for number, page in zip(printed(source), source.pages, strict=True):
            if (len(target.pages) + 1) % 2 != number % 2:
                labels += [len(target.pages), pikepdf.Dictionary()]
                target.add_blank_page(page_size=A4)
            labels += [len(target.pages), pikepdf.Dictionary(S=pikepdf.Name.D, St=number)]
            target.pages.append(page)
            _move(target.pages[-1], back=number % 2 == 0)
        target.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))
        target.Root.Lang = pikepdf.String("zh-CN")
        target.Root.ViewerPreferences = pikepdf.Dictionary(
            DisplayDocTitle=True, Duplex=pikepdf.Name.DuplexFlipLongEdge
        )
        target.docinfo["/Title"] = TITLE.format(source.docinfo.get("/Title", ""))
        target.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out


def printed(book: pikepdf.Pdf) -> Iterator[int]:
    """The number that each page of a finished book bears, from its page labels; without any, its place."""
    nums = list(book.Root.PageLabels.Nums) if "/PageLabels" in book.Root else []
    starts = {int(place): int(label.St) for place, label in zip(nums[::2], nums[1::2], strict=True)}
    number = 0
    for place in range(len(book.pages)):
        number = starts.get(place, number + 1)
        yield number


def _move(page: pikepdf.Page, *, back: bool) -> None:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    width, height = right - left, top - bottom
    if width <= height:
        if back:
            _draw(page, (1, 0, 0, 1, -MORE, 0))
        return
    # Smaller away from the spine: on the front that lies at the head, on the back at the foot.
    rest = 1 - SMALLER
    _draw(page, (SMALLER, 0, 0, SMALLER, width * rest / 2, height * rest if back else 0))
    page.rotate(270, relative=False)


def _draw(page: pikepdf.Page, matrix: Matrix) -> None:
    steps = " ".join(f"{part:.4f}" for part in matrix)
    page.contents_add(f"q {steps} cm\n".encode(), prepend=True)
    page.contents_add(b"\nQ")
