"""Pictures of pages: bounded, upright, on white; codes in them are read back."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from xingyun.documents import qr
from xingyun.documents.raster import page_image, page_pixels

Make = Callable[..., Path]


def size(data: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(data)).size


def test_a_page_at_its_resolution(evidence: Make) -> None:
    assert size(page_image(evidence("one"), 1, dpi=72)) == (596, 842)


def test_same_page_same_bytes(evidence: Make) -> None:
    assert page_image(evidence("one"), 1) == page_image(evidence("one"), 1)


def test_pixels_are_bounded(evidence: Make, picture: Make) -> None:
    for path in (evidence("one"), picture("big.jpg", size=(3000, 2000))):
        width, height = size(page_image(path, 1, dpi=600, max_pixels=100_000))
        assert width * height <= 102_000


def test_a_tower_is_clamped(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 595, 2147483648])
        pdf.save(tmp_path / "tower.pdf")
    width, height = size(page_image(tmp_path / "tower.pdf", 1, max_pixels=1_000_000))
    assert width * height <= 1_010_000


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there(evidence: Make, page: int) -> None:
    with pytest.raises(IndexError, match="没有第"):
        page_image(evidence("two", 2), page)


def test_photos_are_upright_and_transparency_is_white(picture: Make) -> None:
    assert page_pixels(picture("held.jpg", orientation=6), 1).size == (450, 800)
    assert page_pixels(picture("clear.png", mode="RGBA"), 1).getpixel((700, 400)) == (255, 255, 255)


def test_a_code_is_read_back() -> None:
    payload = "XY1|2020-0087|v3|p12"
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr.png(payload))))
    assert [code.text for code in read] == [payload]


def test_chinese_in_a_code() -> None:
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr.png("证书 编号"))))
    assert [code.text for code in read] == ["证书 编号"]
