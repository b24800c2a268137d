"""What cannot be bound is refused in both languages; what is active is flagged."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from xingyun.documents.inspect import UnusableError, inspect

Make = Callable[..., Path]


def refused(path: Path, **limits: int) -> UnusableError:
    with pytest.raises(UnusableError) as caught:
        inspect(path, **limits)
    assert caught.value.zh
    assert caught.value.en
    assert "{" not in caught.value.zh + caught.value.en
    return caught.value


def test_pages_and_sizes_of_a_pdf(evidence: Make) -> None:
    seen = inspect(evidence("upright", 3))
    assert (seen.kind, seen.pages, seen.flags) == ("pdf", 3, frozenset())
    assert [round(side) for side in seen.sizes[0]] == [595, 842]


def test_a_turned_page_is_measured_as_seen(evidence: Make) -> None:
    assert [round(side) for side in inspect(evidence("turned", rotate=90)).sizes[0]] == [842, 595]


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "jpeg"), ("a.png", "png")])
def test_images_are_one_page(picture: Make, name: str, kind: str) -> None:
    seen = inspect(picture(name))
    assert (seen.kind, seen.pages, seen.sizes) == (kind, 1, ((800, 450),))


def test_a_photo_is_measured_as_held(picture: Make) -> None:
    assert inspect(picture("held.jpg", orientation=6)).sizes == ((450, 800),)


def test_the_name_does_not_decide(picture: Make, tmp_path: Path) -> None:
    (tmp_path / "really-a-photo.pdf").write_bytes(picture("b.jpg").read_bytes())
    assert inspect(tmp_path / "really-a-photo.pdf").kind == "jpeg"


def test_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    assert refused(tmp_path / "empty.pdf").code == "empty"


def test_a_pdf_without_pages(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(tmp_path / "none.pdf")
    assert refused(tmp_path / "none.pdf").code == "empty"


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a paper", b"GIF89a\x01\x00\x01\x00", b"<html></html>"])
def test_other_kinds(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "contract.pdf").write_bytes(content)
    assert refused(tmp_path / "contract.pdf").code == "kind"


def test_a_password_is_refused(evidence: Make, tmp_path: Path) -> None:
    with pikepdf.open(evidence("secret")) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    assert refused(tmp_path / "locked.pdf").code == "encrypted"


def test_a_pdf_that_everybody_may_read_is_taken(evidence: Make, tmp_path: Path) -> None:
    with pikepdf.open(evidence("secret")) as pdf:
        pdf.save(tmp_path / "owned.pdf", encryption=pikepdf.Encryption(owner="o", user=""))
    assert "restricted" in inspect(tmp_path / "owned.pdf").flags


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_torn_pdf(evidence: Make, tmp_path: Path, keep: float) -> None:
    whole = evidence("whole", 4).read_bytes()
    (tmp_path / "torn.pdf").write_bytes(whole[: int(len(whole) * keep)])
    assert refused(tmp_path / "torn.pdf").code == "damaged"


@pytest.mark.parametrize("name", ["torn.jpg", "torn.png"])
def test_a_torn_image(picture: Make, tmp_path: Path, name: str) -> None:
    whole = picture(name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    assert refused(tmp_path / name).code == "damaged"


def test_limits_are_parameters(evidence: Make, picture: Make) -> None:
    assert "4" in refused(evidence("many", 4), max_pages=3).zh
    assert refused(picture("big.png"), max_pixels=100_000).code == "pixels"
    assert inspect(evidence("many", 4), max_pages=4).pages == 4


def test_a_page_beyond_all_paper(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 595, 2147483648])
        pdf.save(tmp_path / "tower.pdf")
    assert refused(tmp_path / "tower.pdf").code == "size"


def test_active_content_is_flagged(hostile: Path) -> None:
    assert inspect(hostile).flags >= {"javascript", "embedded", "open_action", "launch"}


@pytest.mark.parametrize(("unit", "fits"), [(2, True), (30, False)])
def test_a_page_is_as_large_as_its_unit_makes_it(tmp_path: Path, unit: int, fits: bool) -> None:
    path = tmp_path / "unit.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].obj["/UserUnit"] = unit
        pdf.save(path)
    if fits:
        assert inspect(path).pages == 1
    else:
        assert "6297 × 8911" in refused(path).zh
