"""OFD files: every part alone, all together, malformed tags, pictures as JBIG2."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.documents.evidence_reading import invented
from tests.documents.evidence_reading.reading import codes, read_fields, said

from xingyun.documents.evidence_reading import read

KNOWN = {
    "attached": {"number", "code", "issued_on", "seller", "seller_tax_id", "buyer", "buyer_tax_id", "net_fen", "tax_fen",
                 "gross_fen"},
    "data": {"number", "code", "issued_on", "seller_tax_id", "buyer_tax_id", "net_fen", "tax_fen"},
    "tags": {"number", "code", "issued_on", "seller", "seller_tax_id", "buyer", "buyer_tax_id"},
    "page": {"kind", "number", "code", "issued_on", "seller", "seller_tax_id", "buyer", "buyer_tax_id", "net_fen", "tax_fen",
             "gross_fen"},
    "code": {"kind", "number", "code", "issued_on"},
}  # fmt: skip


@pytest.mark.parametrize("kind", ["electronic_ordinary", "digital_special"])
@pytest.mark.parametrize("part", KNOWN)
def test_each_part_alone(tmp_path: Path, part: str, kind: str) -> None:
    one = invented.facts(3, kind)
    wanted = KNOWN[part] | ({"gross_fen" if one.digital else "net_fen"} if part == "code" else set())
    found = read(invented.ofd(tmp_path / "i.ofd", one, parts=[part]))
    assert read_fields(found) == [{k: v for k, v in one.expected().items() if k in wanted}]


def test_all_together_agree(tmp_path: Path) -> None:
    one = invented.facts(4, "electronic_ordinary")
    found = read(invented.ofd(tmp_path / "i.ofd", one))
    assert found.kind == "ofd"
    assert read_fields(found) == [one.expected()]
    places = {
        origin.where for _v, origins in found.invoices[0].fields["number"].distinct() for origin in origins
    }
    assert {"original_invoice.xml", "CustomDatas", "CustomTag", "text"} <= places
    assert said(found, "number") == [(one.number, ["ofd", "qr"])]
    assert not found.findings


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**6), parts=st.sets(st.sampled_from(["data", "tags", "attached", "code"])))
def test_whatever_else_is_there_the_text_gives_all(tmp_path: Path, seed: int, parts: set[str]) -> None:
    one = invented.facts(seed)
    found = read(invented.ofd(tmp_path / "i.ofd", one, parts=["page", *parts]))
    assert read_fields(found) == [one.expected()]


def test_malformed_tags_reject_nothing(tmp_path: Path) -> None:
    one = invented.facts(5)
    found = read(invented.ofd(tmp_path / "i.ofd", one, parts=["tags"], broken_tags=True))
    assert found.invoices[0].fields["seller"].value == one.seller


def test_a_code_as_jbig2(tmp_path: Path) -> None:
    one = invented.facts(6)
    found = read(invented.ofd(tmp_path / "i.ofd", one, parts=["code"], jbig2=True))
    assert said(found, "number") == [(one.number, ["qr"])]


def test_parts_that_differ(tmp_path: Path) -> None:
    one = invented.facts(7, "electronic_ordinary")
    made = invented.ofd(tmp_path / "i.ofd", one)
    forged = tmp_path / "forged.ofd"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(forged, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name,
                data.replace(b"<fp:TaxTotalAmount>", b"<fp:TaxTotalAmount>1") if "orig" in name else data,
            )
    found = read(forged)
    assert found.invoices[0].fields["tax_fen"].differs
    assert {"differs", "sums"} <= {finding.code for finding in found.invoices[0].findings}


def test_without_its_document(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "i.ofd", "w") as archive:
        archive.writestr("OFD.xml", "<OFD><DocBody><DocRoot>../../etc/Document.xml</DocRoot></DocBody></OFD>")
    assert codes(read(tmp_path / "i.ofd")) == ["ofd_damaged"]
