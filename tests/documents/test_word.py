"""Word files: the same words as the PDF, real styles and fonts, merged cells, no boxes, the same bytes."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import docx
import pypdfium2 as pdfium
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from xingyun.documents import specimens, word
from xingyun.documents.render import render
from xingyun.documents.word import writers

Fonts = tuple[Path, ...]
NAMES = tuple(name for name in specimens.names() if name != "certificate")
OFFICIAL = ("announcement", "decision", "public_notice", "recommendation", "report")
# Addresses of places and choices of layout, no words.
SILENT = {"key", "sign", "kind", "align", "qr"}


def written(name: str, folder: Path) -> Path:
    return word.write(specimens.made_of(name), folder / f"{name}.docx")


def everything(path: Path) -> str:
    """All words of a document, in its order, heads and feet among them, without blanks."""
    with zipfile.ZipFile(path) as packed:
        parts = [name for name in packed.namelist() if re.match(r"word/(header|document|footer)", name)]
        trees = [etree.fromstring(packed.read(name)) for name in parts]
    return "".join("".join(node.text or "" for tree in trees for node in tree.iter(qn("w:t"))).split())


def said(value: object) -> Iterator[str]:
    """Every text of the data that is printed."""
    if isinstance(value, str):
        yield "".join(value.split())
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in SILENT:
                yield from said(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from said(item)


def shown(template: str, data: dict[str, Any], fonts: Fonts, folder: Path) -> str:
    pages = pdfium.PdfDocument(render(template, data, fonts=fonts, out=folder / "x.pdf").path)
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def test_every_paper_of_the_procedure_is_written_as_word() -> None:
    assert {template for name in NAMES for template, _data in specimens.made_of(name)} == set(writers())


@pytest.mark.parametrize("name", NAMES)
def test_word_and_pdf_say_the_same(name: str, fonts: Fonts, tmp_path: Path) -> None:
    parts = specimens.made_of(name)
    in_word = everything(written(name, tmp_path))
    in_pdf = "".join(shown(template, data, fonts, tmp_path) for template, data in parts)
    texts = [text for _template, data in parts for text in said(data)]
    assert [text for text in texts if text not in in_word] == []
    # Words of the templates themselves: whatever sign is on one is on the other as well.
    marks = set("—")  # beside the page numbers, which Word counts by itself
    ignored = set("0123456789") | marks
    assert set(in_word) - ignored == set(in_pdf) - ignored


@pytest.mark.parametrize("name", NAMES)
def test_the_same_data_the_same_bytes(name: str, tmp_path: Path) -> None:
    once = written(name, tmp_path).read_bytes()
    assert written(name, tmp_path).read_bytes() == once
    with zipfile.ZipFile(io.BytesIO(once)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", NAMES)
def test_words_are_set_by_styles_and_nothing_floats(name: str, tmp_path: Path) -> None:
    path = written(name, tmp_path)
    document = docx.Document(str(path))
    assert all(paragraph.style is not None for paragraph in document.paragraphs)
    with zipfile.ZipFile(path) as packed:
        body = packed.read("word/document.xml").decode()
        kept = packed.namelist()
    for box in ("w:txbxContent", "w:pict", "wp:anchor", "w:framePr", "mc:AlternateContent"):
        assert box not in body
    assert not [one for one in kept if "thumbnail" in one or "customXml" in one]
    used = set(re.findall(r'w:pStyle w:val="(\w+)"', body))
    assert used <= {style.style_id for style in document.styles}
    assert len(used) > 2


@pytest.mark.parametrize("name", NAMES)
def test_title_language_and_fonts_are_set(name: str, tmp_path: Path) -> None:
    document = docx.Document(str(written(name, tmp_path)))
    title = str(specimens.made_of(name)[0][1]["title"])
    assert document.core_properties.title == " ".join(title.split())
    assert document.core_properties.language == "zh-CN"
    assert document.core_properties.author == ""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        assert fonts.get(qn("w:eastAsia"))


@pytest.mark.parametrize("name", OFFICIAL)
def test_an_official_document_has_the_page_and_the_fonts_of_the_standard(name: str, tmp_path: Path) -> None:
    document = docx.Document(str(written(name, tmp_path)))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(margin.mm, 1) for margin in margins] == [37, 28, 26, 35]
    faces = {style.style_id: face(style.element) for style in document.styles}
    assert faces["Body"] == ("仿宋_GB2312", 16)
    assert faces["Heading1"] == ("黑体", 16)
    assert faces["Heading2"] == ("楷体_GB2312", 16)
    assert faces["Title"] == ("方正小标宋简体", 22)
    assert faces["Footer"] == ("宋体", 14)
    body = document.styles.element.xpath('//w:style[@w:styleId="Body"]/w:pPr')[0]
    assert body.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    assert int(body.find(qn("w:spacing")).get(qn("w:line"))) / 20 * 22 == pytest.approx(
        225 / 25.4 * 72, abs=1
    )
    assert document.settings.odd_and_even_pages_header_footer


def face(style: Any) -> tuple[str, float]:
    fonts, size = style.find(".//" + qn("w:rFonts")), style.find(".//" + qn("w:sz"))
    return (
        ("", 0)
        if fonts is None or size is None
        else (fonts.get(qn("w:eastAsia")), int(size.get(qn("w:val"))) / 2)
    )


def table(document: Document, number: int) -> Any:
    return document.element.body.findall(qn("w:tbl"))[number]


def test_the_form_has_the_merged_cells_of_the_annex(tmp_path: Path) -> None:
    document = docx.Document(str(word.write([("form", specimens.sample("form"))], tmp_path / "form.docx")))
    form = document.tables[0]
    first = form.cell(0, 0)
    assert first.text == "申请单位基本情况"
    rows = len(specimens.sample("form")["groups"][0]["rows"])
    assert all(form.cell(row, 0)._tc is first._tc for row in range(rows)), "one cell down the whole group"
    assert form.cell(0, 1)._tc is form.cell(0, 2)._tc, "a label over two columns"
    assert form.cell(0, 3)._tc is form.cell(0, 5)._tc, "a value over three"
    contact = next(row for row in range(rows) if form.cell(row, 1).text == "联系人")
    assert form.cell(contact, 1)._tc is form.cell(contact + 2, 1)._tc
    said_below = "".join(cell.text for row in form.rows[rows:] for cell in row.cells)
    assert "法人代表（签字）：" in said_below
    assert "申报单位（公章）：" in said_below
    assert document.tables[1].cell(0, 0).text == "各区县推荐意见"
    assert "签章：" in document.tables[1].cell(0, 1).text
    value = next(style for style in document.styles if style.style_id == "Value")
    assert face(value.element) == ("宋体", 12), "宋体 小四"


def test_the_checklist_repeats_its_head_and_merges_its_labels(tmp_path: Path) -> None:
    data = specimens.sample("checklist")
    document = docx.Document(str(word.write([("checklist", data)], tmp_path / "c.docx")))
    rows = document.tables[0].rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(rows) == 54
    merged = Counter(cell.text for cell in {id(c._tc): c for row in rows for c in row.cells[:1]}.values())
    assert merged["业务上云"] == 1


def test_a_table_of_the_summary_lies_and_repeats_its_head(tmp_path: Path) -> None:
    document = docx.Document(str(written("summary_table", tmp_path)))
    section = document.sections[0]
    assert section.page_width > section.page_height
    listed = document.tables[1]
    assert listed.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert sum(int(c.get(qn("w:w"))) for c in listed._tbl.tblGrid) / 20 / 72 * 25.4 == pytest.approx(
        267, abs=1
    )
    assert "合计18家" in "".join(listed.rows[-1].cells[1].text.split())


def test_markup_and_forbidden_signs_in_data_stay_harmless(tmp_path: Path) -> None:
    lead = 'a < b & c > "d" \x00\x0b <w:p/> ]]> 𠮷㛃堃喆犇'
    data = {**specimens.sample("return_notice"), "lead": lead}
    path = word.write([("return_notice", data)], tmp_path / "r.docx")
    assert 'a<b&c>"d"<w:p/>]]>𠮷㛃堃喆犇' in everything(path)
    assert docx.Document(str(path)).paragraphs


def test_an_unknown_paper_is_refused(tmp_path: Path) -> None:
    assert not word.knows("certificate")
    with pytest.raises(KeyError, match="certificate"):
        word.write([("certificate", {})], tmp_path / "x.docx")


def test_the_code_on_a_receipt_is_in_the_line(tmp_path: Path) -> None:
    document = docx.Document(str(written("receipt", tmp_path)))
    assert [round(cast("int", shape.width) / Mm(1)) for shape in document.inline_shapes] == [26]
