"""Every PDF: fonts inside, cut down, words to be selected, sound, title and language, the same bytes."""

from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from xingyun.documents import specimens
from xingyun.documents.fonts import missing_glyphs
from xingyun.documents.render import render, templates

Fonts = tuple[Path, ...]
NAMES = specimens.names()
RARE = "堃喆犇㛃𠮷"
# Parts of a book whose words are all counted or drawn by the book itself.
NO_SAMPLE = {"contents", "overlay", "separator"}
# Where a paper says something that somebody typed.
TYPED = {
    "announcement": "title", "certificate": "holder", "checklist": "title", "cloud_statement": "addressee",
    "cover": "title", "decision": "title", "form": "title", "instructions": "title", "public_notice": "title",
    "receipt": "lead", "recommendation": "title", "refusal": "addressee", "report": "title",
    "return_notice": "addressee", "summary_table": "title", "visit_record": "title",
}  # fmt: skip


@pytest.fixture(scope="session")
def papers(fonts: Fonts, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One of each, written once."""
    made = specimens.write_all(tmp_path_factory.mktemp("papers"), fonts=fonts)
    return {path.name: path for path in made}


def test_there_is_a_sample_of_every_template() -> None:
    known = {template for name in NAMES for template, _data in specimens.made_of(name)}
    assert known == set(templates()) - NO_SAMPLE == set(TYPED)


@pytest.mark.parametrize("name", NAMES)
def test_fonts_are_embedded_and_cut_down(name: str, papers: dict[str, Path]) -> None:
    with pikepdf.open(papers[f"{name}.pdf"]) as pdf:
        seen = set()
        for page in pdf.pages:
            for font in page.Resources.get("/Font", {}).values():
                for descendant in font.get("/DescendantFonts", [font]):
                    described = descendant.FontDescriptor
                    assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(described.keys())
                    assert str(font.BaseFont)[7] == "+", "a subset is named like ABCDEF+Font"
                assert "/ToUnicode" in font
                seen.add(str(font.BaseFont))
        assert seen
    assert papers[f"{name}.pdf"].stat().st_size < 400_000


@pytest.mark.parametrize("name", NAMES)
def test_it_is_sound_and_says_what_it_is(name: str, papers: dict[str, Path]) -> None:
    with pikepdf.open(papers[f"{name}.pdf"]) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.Root.Lang) == "zh-CN"
        title = str(specimens.made_of(name)[0][1]["title"])
        assert "".join(str(pdf.docinfo["/Title"]).split()) == "".join(title.split())


@pytest.mark.parametrize("name", NAMES)
def test_words_can_be_selected(name: str, papers: dict[str, Path]) -> None:
    pages = pdfium.PdfDocument(papers[f"{name}.pdf"])
    text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pages)
    assert "云州" in text
    assert "\ufffd" not in text


def test_the_same_data_the_same_bytes(papers: dict[str, Path], fonts: Fonts, tmp_path: Path) -> None:
    again = {path.name: path.read_bytes() for path in specimens.write_all(tmp_path, fonts=fonts)}
    assert {name: path.read_bytes() for name, path in papers.items()} == again


@pytest.mark.parametrize("template", sorted(TYPED))
def test_rare_characters_show_in_every_paper(template: str, fonts: Fonts, tmp_path: Path) -> None:
    """Each sign has a glyph of its own: none is the box that stands for what is missing."""
    assert missing_glyphs(RARE, fonts) == ()
    data = {**specimens.sample(template), TYPED[template]: RARE}
    path = render(template, data, fonts=fonts, out=tmp_path / "rare.pdf").path
    page = pdfium.PdfDocument(path)[0]
    words = page.get_textpage()
    text = words.get_text_range()
    assert [sign for sign in RARE if sign not in text] == []
    with pikepdf.open(path) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            assert b"<0000> <0000>" not in font.ToUnicode.read_bytes(), (
                "no character stands for the empty box"
            )
