"""Invoices on pages: by text and by code, whatever the file's order, turned, several on a page."""

from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.documents.evidence_reading import invented
from tests.documents.evidence_reading.reading import differing, read_fields, said

from xingyun.documents.evidence_reading import read

Fonts = tuple[Path, ...]
KINDS = ["electronic_ordinary", "electronic_special", "digital_special", "digital_ordinary"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_read_and_text_and_code_agree(fonts: Fonts, tmp_path: Path, kind: str) -> None:
    one = invented.facts(7, kind)
    found = read(invented.pdf(tmp_path / "i.pdf", fonts, [one]))
    assert read_fields(found) == [one.expected()]
    assert not found.findings
    assert not found.invoices[0].findings
    assert said(found, "number") == [(one.number, ["qr", "text"])]
    amount = "gross_fen" if one.digital else "net_fen"
    assert "qr" in said(found, amount)[0][1]
    assert said(found, "seller") == [(one.seller, ["text"])]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    seed=st.integers(0, 10**6),
    spaced=st.booleans(),
    apart=st.booleans(),
    turn=st.sampled_from([0, 0, 90, 180, 270]),
)
def test_whatever_the_invoice_every_source_says_the_same(
    fonts: Fonts, tmp_path: Path, seed: int, spaced: bool, apart: bool, turn: int
) -> None:
    one = invented.facts(seed)
    made = invented.pdf(tmp_path / "i.pdf", fonts, [one], spaced=spaced, apart=apart, turn=turn)
    assert read_fields(read(made)) == [one.expected()]
    assert read_fields(read(invented.ofd(tmp_path / "i.ofd", one))) == [one.expected()]
    if one.digital:
        (tmp_path / "i.xml").write_bytes(invented.xml(one))
        assert read_fields(read(tmp_path / "i.xml")) == [one.expected()]


@pytest.mark.parametrize("turn", [0, 90, 270])
def test_many_in_one_file_are_taken_apart(fonts: Fonts, tmp_path: Path, turn: int) -> None:
    many = [invented.facts(n) for n in range(5)]
    found = read(invented.pdf(tmp_path / "i.pdf", fonts, many, per_page=2, turn=turn))
    assert read_fields(found) == [one.expected() for one in many]
    assert [invoice.pages for invoice in found.invoices] == [(1,), (1,), (2,), (2,), (3,)]
    assert all(said(found, "number", n)[0][1] == ["qr", "text"] for n in range(5))


def test_a_page_with_the_rotate_key(fonts: Fonts, tmp_path: Path) -> None:
    many = [invented.facts(11), invented.facts(12)]
    made = invented.pdf(tmp_path / "i.pdf", fonts, many, per_page=2, turn=90)
    with pikepdf.open(made, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save(made)
    found = read(made)
    assert read_fields(found) == [one.expected() for one in many]
    assert all(said(found, "number", n)[0][1] == ["qr", "text"] for n in range(2))


def test_the_same_invoice_on_two_pages_is_one(fonts: Fonts, tmp_path: Path) -> None:
    one = invented.facts(3)
    found = read(invented.pdf(tmp_path / "i.pdf", fonts, [one, one]))
    assert read_fields(found) == [one.expected()]
    assert found.invoices[0].pages == (1, 2)


def test_where_sources_differ_both_are_shown(fonts: Fonts, tmp_path: Path) -> None:
    printed = invented.facts(5, "digital_special")
    coded = invented.changed(printed, net_fen=printed.net_fen + 100_00)
    with_code = invented.pdf(tmp_path / "i.pdf", fonts, [printed], code_of=coded)
    found = read(with_code)
    assert differing(found) == ["gross_fen"]
    assert said(found, "gross_fen") == [(coded.gross_fen, ["qr"]), (printed.gross_fen, ["text"])]
    assert "differs" in {finding.code for finding in found.invoices[0].findings}


def test_another_number_in_the_code_is_flagged_not_split(fonts: Fonts, tmp_path: Path) -> None:
    printed = invented.facts(5, "digital_special")
    coded = invented.changed(printed, number="2" + "0" * 19)
    found = read(invented.pdf(tmp_path / "i.pdf", fonts, [printed], code_of=coded))
    assert len(found.invoices) == 1
    assert differing(found) == ["number"]


def test_sums_that_do_not_add_up(fonts: Fonts, tmp_path: Path) -> None:
    one = invented.facts(8, "electronic_ordinary")
    (tmp_path / "i.xml").write_bytes(
        invented.xml(invented.facts(8, "digital_special")).replace(b"<TotalTaxAm>", b"<TotalTaxAm>9")
    )
    found = read(tmp_path / "i.xml")
    assert [finding.code for finding in found.invoices[0].findings] == ["sums"]
    assert not read(invented.pdf(tmp_path / "i.pdf", fonts, [one])).invoices[0].findings


def test_a_red_letter_invoice(fonts: Fonts, tmp_path: Path) -> None:
    note = "被红冲蓝字数电发票号码：24372000000099887766 红字发票信息确认单编号：37010224011000000001"
    one = invented.changed(invented.facts(9, "digital_ordinary"), net_fen=-100_000, tax_fen=-6_000, note=note)
    assert read_fields(read(invented.pdf(tmp_path / "i.pdf", fonts, [one]))) == [one.expected()]


def test_the_properties_of_a_pdf_are_a_source(fonts: Fonts, tmp_path: Path) -> None:
    one = invented.facts(10, "digital_ordinary")
    made = invented.pdf(tmp_path / "i.pdf", fonts, [one])
    with pikepdf.open(made, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/InvoiceNumber"] = one.number
        pdf.docinfo["/SellerIdNum"] = one.seller_tax_id
        pdf.save(made)
    found = read(made)
    assert said(found, "number") == [(one.number, ["qr", "meta", "text"])]
    assert said(found, "seller_tax_id") == [(one.seller_tax_id, ["meta", "text"])]


def test_a_page_that_only_speaks_of_invoices_is_none(fonts: Fonts, tmp_path: Path) -> None:
    made = invented.prose(tmp_path / "p.pdf", fonts, "说明", ["我公司已取得发票号码为 12345678 的发票。"])
    assert read(made).invoices == []
