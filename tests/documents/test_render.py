"""Every template with its sample: it sets, twice the same, nothing sticks out, no markup comes through."""

import json
from pathlib import Path
from typing import Any, get_type_hints

import pypdfium2 as pdfium
import pytest
from tests.documents import data

from xingyun.documents import shapes, specimens
from xingyun.documents.render import Rendered, RenderError, render, templates

Fonts = tuple[Path, ...]
SAMPLES = tuple(name for name in templates() if name != "overlay")
MARGINS = {
    "certificate": 10,
    "summary_table": 14,
    "public_notice": 25,
    "report": 25,
    "announcement": 25,
    "decision": 25,
    "recommendation": 25,
}


def sample_of(name: str) -> dict[str, Any]:
    """The sample here, or the one that the product brings."""
    here = getattr(data, f"{name}_data", None)
    return dict(here() if here else specimens.sample(name))


def made(name: str, fonts: Fonts, folder: Path, **changes: object) -> Rendered:
    sample = sample_of(name)
    return render(name, {**sample, **changes}, fonts=fonts, out=folder / f"{name}.pdf")


def text(path: Path) -> str:
    document = pdfium.PdfDocument(path)
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)


@pytest.mark.parametrize("name", SAMPLES)
def test_same_data_same_bytes(name: str, fonts: Fonts, tmp_path: Path) -> None:
    once = made(name, fonts, tmp_path).path.read_bytes()
    assert made(name, fonts, tmp_path).path.read_bytes() == once


@pytest.mark.parametrize("name", SAMPLES)
def test_pages_are_counted(name: str, fonts: Fonts, tmp_path: Path) -> None:
    result = made(name, fonts, tmp_path)
    assert result.pages == len(pdfium.PdfDocument(result.path))


@pytest.mark.parametrize("name", SAMPLES)
def test_no_character_sticks_out(name: str, fonts: Fonts, tmp_path: Path) -> None:
    edge = MARGINS.get(name, 19) * 72 / 25.4 - 2
    for page in pdfium.PdfDocument(made(name, fonts, tmp_path).path):
        width, _ = page.get_size()
        chars = page.get_textpage()
        boxes = [chars.get_charbox(n) for n in range(chars.count_chars())]
        boxes = [box for box in boxes if box[2] > box[0]]
        assert min(box[0] for box in boxes) >= edge
        assert max(box[2] for box in boxes) <= width - edge


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sample_keeps_to_the_documented_shape(name: str) -> None:
    if name == "separator":
        return
    shape = getattr(shapes, "".join(word.title() for word in name.split("_")) + "Data")
    sample = sample_of(name)
    assert set(sample) <= set(get_type_hints(shape))
    assert set(sample) >= shape.__required_keys__


def test_markup_in_data_stays_text(fonts: Fonts, tmp_path: Path) -> None:
    lead = '*bold* #panic("x") $x^2$ @ref <label> \\ // comment `raw` = heading'
    shown = text(made("return_notice", fonts, tmp_path, lead=lead).path)
    assert "".join(lead.split()) in shown


def test_fonts_are_embedded_and_text_is_selectable(fonts: Fonts, tmp_path: Path) -> None:
    assert data.ENTERPRISE in text(made("certificate", fonts, tmp_path).path)


@pytest.mark.parametrize("name", ["堃喆犇科技有限公司", "𠮷㛃云计算有限公司"])
def test_rare_characters_are_shown(name: str, fonts: Fonts, tmp_path: Path) -> None:
    assert name in text(made("certificate", fonts, tmp_path, holder=name).path)


def test_a_long_code_wraps_inside_its_cell(fonts: Fonts, tmp_path: Path) -> None:
    form = json.loads(json.dumps(data.form_data()))
    form["groups"][0]["rows"][3]["cells"][0]["value"] = "X" * 90
    result = render("form", form, fonts=fonts, out=tmp_path / "form.pdf")
    page = pdfium.PdfDocument(result.path)[0]
    chars = page.get_textpage()
    wide = [chars.get_charbox(n) for n in range(chars.count_chars()) if chars.get_text_range(n, 1) == "X"]
    assert len(wide) == 90
    assert (max(box[2] for box in wide) - min(box[0] for box in wide)) / 72 * 25.4 < 52


def test_the_opinion_stands_alone_on_its_page(fonts: Fonts, tmp_path: Path) -> None:
    result = made("form", fonts, tmp_path)
    page = next(mark.page for mark in result.marks if mark.key == "opinion")
    shown = pdfium.PdfDocument(result.path)[page - 1].get_textpage().get_text_bounded()
    assert "".join(shown.split()) == "各区县推荐意见签章：年月日"


def test_every_merged_label_is_repeated_after_a_page_break(fonts: Fonts, tmp_path: Path) -> None:
    result = made("checklist", fonts, tmp_path)
    pages = ["".join(p.get_textpage().get_text_bounded().split()) for p in pdfium.PdfDocument(result.path)]
    assert len(pages) == 2
    assert all("证明材料在申报书中的页码" in page for page in pages)
    assert sum(page.count("业务上云") for page in pages) == 2


def test_an_unknown_template_is_named(fonts: Fonts, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="没有名为 nothing"):
        render("nothing", {}, fonts=fonts, out=tmp_path / "x.pdf")


def test_missing_data_is_said_with_the_template(fonts: Fonts, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="receipt"):
        render("receipt", {"title": "x"}, fonts=fonts, out=tmp_path / "x.pdf")


def test_the_letterhead_stands_where_the_standard_wants_it(fonts: Fonts, tmp_path: Path) -> None:
    """GB/T 9704-2012: banner 72 mm from the top edge, body 28 mm from the left, page number outside."""
    page = pdfium.PdfDocument(made("announcement", fonts, tmp_path).path)[0]
    chars = page.get_textpage()
    boxes = [chars.get_charbox(n) for n in range(chars.count_chars())]
    letters = [chars.get_text_range(n, 1) for n in range(chars.count_chars())]
    height = page.get_size()[1]

    def top(n: int) -> float:
        return (height - boxes[n][3]) / 72 * 25.4

    assert top(letters.index("云")) == pytest.approx(72, abs=1)
    left = boxes["".join(letters).index("各区县工业")][0] / 72 * 25.4
    assert left == pytest.approx(28, abs=1)
