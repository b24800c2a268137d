"""What was read is found again on the page as it is shown: a box holds the value, however the page lies."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from tests.documents.evidence_reading.invented import facts, pdf

from xingyun.documents.evidence_reading import read

Fonts = tuple[Path, ...]


def inside(path: Path, page: int, box: tuple[int, ...]) -> str:
    """The text of a page within a box."""
    sheet = pdfium.PdfDocument(path)[page - 1]
    width, height = sheet.get_size()
    left, top, right, bottom = (edge / 1000 for edge in box)
    text = sheet.get_textpage().get_text_bounded(
        left * width, height * (1 - bottom), right * width, height * (1 - top)
    )
    return "".join(text.split())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_box_turns_with_the_text(fonts: Fonts, tmp_path: Path, turn: int) -> None:
    path = pdf(tmp_path / "a.pdf", fonts, [facts(7)], turn=turn)
    number = read(path).invoices[0].fields["number"]
    box = next(one.origin.box for one in number.readings if one.origin.source == "text")
    assert sorted(str(number.value)) == sorted(inside(path, 1, box)), (
        "text of a turned page comes in any order"
    )


@pytest.mark.parametrize("name", ["number", "gross_fen", "seller", "issued_on"])
def test_a_box_holds_the_value(fonts: Fonts, tmp_path: Path, name: str) -> None:
    told = facts(7)
    path = pdf(tmp_path / "a.pdf", fonts, [told])
    field = read(path).invoices[0].fields[name]
    boxes = [one.origin.box for one in field.readings if one.origin.source == "text" and one.origin.box]
    assert boxes
    found = inside(path, 1, boxes[0]).replace(",", "").replace(".", "")
    wanted = str(field.value)
    assert (wanted[:4] if name == "issued_on" else wanted[:6]) in found


def test_a_code_has_its_place(fonts: Fonts, tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", fonts, [facts(7)])
    field = read(path).invoices[0].fields["number"]
    left, top, right, bottom = next(one.origin.box for one in field.readings if one.origin.source == "qr")
    assert 0 <= left < right <= 1000
    assert 0 <= top < bottom <= 1000
    assert right - left < 400
