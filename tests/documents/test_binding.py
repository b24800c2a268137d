"""The edition for binding against the one for the screen, measured on every page."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import ImageOps

from xingyun.documents.booklet import BookletPlan, Parts, assemble, for_binding, plan
from xingyun.documents.raster import page_pixels

DPI = 72
MM = DPI / 25.4
Fonts = tuple[Path, ...]
Make = Callable[..., Path]


@pytest.fixture
def planned(parts: Parts, fonts: Fonts, tmp_path: Path) -> BookletPlan:
    return plan(parts, fonts=fonts, work=tmp_path)


@pytest.fixture
def screen(planned: BookletPlan, tmp_path: Path) -> Path:
    return assemble(planned, tmp_path / "book.pdf")


@pytest.fixture
def bound(screen: Path, tmp_path: Path) -> Path:
    return for_binding(screen, tmp_path / "bound.pdf")


def labels(path: Path) -> list[str]:
    document = pdfium.PdfDocument(path)
    return [document.get_page_label(place) for place in range(len(document))]


def places(path: Path) -> dict[int, int]:
    """Where each printed number lies, from 1."""
    return {int(label): place for place, label in enumerate(labels(path), 1) if label}


def ink(path: Path, place: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom margin in millimetres."""
    page = page_pixels(path, place, dpi=DPI).convert("L")
    left, top, right, bottom = ImageOps.invert(page).point(lambda v: 255 if v > 24 else 0).getbbox()
    return (left / MM, top / MM, (page.width - right) / MM, (page.height - bottom) / MM)


def number_at(path: Path, place: int) -> float:
    """How far the page's number begins from the left edge, in millimetres."""
    page = pdfium.PdfDocument(path)[place - 1]
    words = page.get_textpage()
    index, _count = words.search("本节共").get_next()
    return words.get_charbox(index)[0] / MM


def test_odd_numbers_lie_on_the_right_and_every_number_is_there(
    bound: Path, screen: Path, planned: BookletPlan
) -> None:
    found = places(bound)
    assert list(found) == [leaf.number for leaf in planned.leaves] == list(places(screen))
    assert all(place % 2 == number % 2 for number, place in found.items())
    blank = [place for place, label in enumerate(labels(bound), 1) if not label]
    assert len(blank) == len(labels(bound)) - planned.total > 0
    assert all(page_pixels(bound, place, dpi=20).convert("L").getextrema() == (255, 255) for place in blank)


def test_every_page_says_what_it_says_on_the_screen(bound: Path, screen: Path, planned: BookletPlan) -> None:
    there, here = pdfium.PdfDocument(screen), pdfium.PdfDocument(bound)
    found = places(bound)
    for leaf in planned.leaves:
        said = there[leaf.place - 1].get_textpage().get_text_bounded()
        assert f"第 {leaf.number} 页" in said
        # A page that was turned is read in another order.
        again = here[found[leaf.number] - 1].get_textpage().get_text_bounded()
        assert sorted("".join(again.split())) == sorted("".join(said.split()))


def test_margins_are_mirrored_on_odd_and_even_pages(bound: Path, screen: Path, planned: BookletPlan) -> None:
    found, seen = places(bound), set()
    for leaf in planned.leaves:
        page = pdfium.PdfDocument(screen)[leaf.place - 1]
        if page.get_width() > page.get_height():
            continue
        before, after = ink(screen, leaf.place), ink(bound, found[leaf.number])
        moved = -6 if leaf.number % 2 == 0 else 0
        assert after[0] - before[0] == pytest.approx(moved, abs=0.4), leaf
        assert after[2] - before[2] == pytest.approx(-moved, abs=0.4), leaf
        assert (after[1], after[3]) == pytest.approx((before[1], before[3]), abs=0.4)
        at = number_at(bound, found[leaf.number]) - number_at(screen, leaf.place)
        assert at == pytest.approx(moved, abs=0.1)
        inner = after[2] if leaf.number % 2 == 0 else after[0]
        assert inner >= 14, leaf
        seen.add(leaf.number % 2)
    assert seen == {0, 1}


def test_lying_pages_stand_with_their_head_at_the_left_clear_of_the_spine(
    bound: Path, planned: BookletPlan
) -> None:
    found, document, seen = places(bound), pdfium.PdfDocument(bound), set()
    for leaf in (leaf for leaf in planned.leaves if leaf.owner in ("turned", "lying", "screen")):
        page = document[found[leaf.number] - 1]
        assert page.get_width() < page.get_height()
        assert page.get_rotation() == 270
        margins = ink(bound, found[leaf.number])
        # The code is at the foot of the page, which lies at the right.
        assert margins[2] < 17
        inner = margins[2] if leaf.number % 2 == 0 else margins[0]
        assert inner >= 12, leaf
        assert min(margins) >= 5, leaf
        seen.add(leaf.number % 2)
    assert seen == {0, 1}


def test_every_code_is_still_read(bound: Path, planned: BookletPlan) -> None:
    found = places(bound)
    for leaf in planned.leaves:
        read = zxingcpp.read_barcodes(page_pixels(bound, found[leaf.number], dpi=150))
        assert leaf.payload in [one.text for one in read]


def test_bookmarks_are_the_screens_and_both_sides_the_printers(bound: Path, screen: Path) -> None:
    with pikepdf.open(screen) as on_screen, pikepdf.open(bound) as on_paper:
        with on_screen.open_outline() as outline:
            assert outline.root
        assert on_paper.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        assert "双面装订版" in str(on_paper.docinfo["/Title"])
        assert all(tuple(round(float(x)) for x in page.mediabox[2:]) in {(595, 842), (842, 595)}
                   for page in on_paper.pages)  # fmt: skip


def test_the_same_book_gives_the_same_bytes(screen: Path, tmp_path: Path) -> None:
    first = for_binding(screen, tmp_path / "one.pdf").read_bytes()
    assert for_binding(screen, tmp_path / "two.pdf").read_bytes() == first


def test_both_editions_are_whole(bound: Path, screen: Path) -> None:
    for path in (screen, bound):
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == []
