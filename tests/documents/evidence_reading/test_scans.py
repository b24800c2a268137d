"""Scans and photographs: the code is read through tilt, blur, grain and compression; nothing is ever misread."""

from pathlib import Path

import pytest
from PIL import Image
from tests.documents.evidence_reading import invented
from tests.documents.evidence_reading.reading import codes, read_fields

from xingyun.documents.evidence_reading import read
from xingyun.documents.raster import page_pixels
from xingyun.documents.samples import scan_of

Fonts = tuple[Path, ...]
ENOUGH = 4  # invoices for each way of wearing
WORN: dict[str, dict[str, float]] = {
    "clean": {},
    "skewed": {"skew": 3},
    "skewed the other way": {"skew": -7},
    "upside down and skewed": {"turn": 180, "skew": 3},
    "lying": {"turn": 90},
    "blurred": {"blur": 1},
    "badly blurred": {"blur": 2},
    "grainy": {"noise": 20},
    "very grainy": {"noise": 35},
    "dark": {"dark": 0.45, "noise": 10},
    "everything": {"skew": 3, "blur": 1.2, "noise": 15},
    "coarse": {"dpi": 100, "skew": 3},
    "everything at 150 dpi": {"dpi": 150, "skew": 3, "blur": 0.8, "noise": 15},
}


@pytest.mark.parametrize("how", WORN)
def test_codes_are_read_at_jpeg_quality_40(fonts: Fonts, tmp_path: Path, how: str) -> None:
    wear = dict(WORN[how])
    dpi = int(wear.pop("dpi", 200))
    for seed in range(ENOUGH):
        one = invented.facts(100 + seed)
        page = page_pixels(invented.pdf(tmp_path / "i.pdf", fonts, [one]), 1, dpi=dpi)
        invented.worn(page, seed=seed, **wear).save(tmp_path / "scan.jpg", quality=40)  # type: ignore[arg-type]
        found = read(tmp_path / "scan.jpg")
        known = ("kind", "number", "code", "issued_on", "gross_fen" if one.digital else "net_fen")
        assert read_fields(found) == [
            {name: one.expected()[name] for name in known if name in one.expected()}
        ]
        assert codes(found) == ["no_text"]


def test_what_is_too_blurred_is_not_made_up(fonts: Fonts, tmp_path: Path) -> None:
    page = page_pixels(invented.pdf(tmp_path / "i.pdf", fonts, [invented.facts(1)]), 1, dpi=200)
    invented.worn(page, blur=5).save(tmp_path / "scan.jpg", quality=40)
    found = read(tmp_path / "scan.jpg")
    assert found.invoices == []
    assert codes(found) == ["no_text", "nothing"]


def test_several_on_one_sheet(fonts: Fonts, tmp_path: Path) -> None:
    many = [invented.facts(20), invented.facts(21)]
    page = page_pixels(invented.pdf(tmp_path / "i.pdf", fonts, many, per_page=2), 1, dpi=200)
    invented.worn(page, skew=2, noise=10).save(tmp_path / "scan.png")
    found = read(tmp_path / "scan.png")
    assert {invoice.fields["number"].value for invoice in found.invoices} == {one.number for one in many}


def test_a_scan_as_pdf(fonts: Fonts, tmp_path: Path) -> None:
    many = [invented.facts(30), invented.facts(31)]
    source = invented.pdf(tmp_path / "i.pdf", fonts, many)
    found = read(scan_of(source, tmp_path / "scan.pdf", fonts=fonts, dpi=150, quality=40))
    assert [invoice.fields["number"].value for invoice in found.invoices] == [one.number for one in many]
    assert found.without_text == (1, 2)


def test_paper_invoices_carry_the_sum_before_tax(fonts: Fonts, tmp_path: Path) -> None:
    one = invented.facts(2, "paper_special")
    page = page_pixels(invented.pdf(tmp_path / "i.pdf", fonts, [one]), 1, dpi=200)
    invented.worn(page, skew=1).save(tmp_path / "photo.jpg", quality=60)
    fields = read(tmp_path / "photo.jpg").invoices[0].fields
    assert (fields["net_fen"].value, fields["kind"].value) == (one.net_fen, "paper_special")
    assert "gross_fen" not in fields


def test_a_telephone_held_sideways(fonts: Fonts, tmp_path: Path) -> None:
    one = invented.facts(4)
    page = page_pixels(invented.pdf(tmp_path / "i.pdf", fonts, [one]), 1, dpi=200)
    exif = Image.Exif()
    exif[0x0112] = 6
    page.save(tmp_path / "photo.jpg", quality=70, exif=exif)
    assert read(tmp_path / "photo.jpg").invoices[0].fields["number"].value == one.number
