"""Invoices as XML, and XML that must not be let in."""

from pathlib import Path

import pytest
from tests.documents.evidence_reading import invented
from tests.documents.evidence_reading.reading import codes, read_fields

from xingyun.documents.evidence_reading import Limits, read

ONE = invented.facts(2, "digital_special")
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxx"><!ENTITY y "&x;&x;&x;">]><EInvoice>&y;</EInvoice>'
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><EInvoice>&x;</EInvoice>'
)


def written(tmp_path: Path, data: bytes) -> Path:
    (tmp_path / "i.xml").write_bytes(data)
    return tmp_path / "i.xml"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16", "utf-8-sig"])
def test_every_encoding_that_is_met(tmp_path: Path, encoding: str) -> None:
    text = invented.xml(ONE).decode()
    name = encoding.removesuffix("-sig")
    data = text.replace('encoding="UTF-8"', f'encoding="{name}"').encode(encoding)
    assert read_fields(read(written(tmp_path, data))) == [ONE.expected()]


def test_the_buyer_may_have_no_tax_number(tmp_path: Path) -> None:
    data = invented.xml(ONE).replace(
        f"<BuyerIdNum>{ONE.buyer_tax_id}</BuyerIdNum>".encode(), b"<BuyerIdNum/>"
    )
    fields = read(written(tmp_path, data)).invoices[0].fields
    assert "buyer_tax_id" not in fields
    assert fields["buyer"].value == ONE.buyer


def test_several_under_one_root(tmp_path: Path) -> None:
    two = invented.facts(3, "digital_ordinary")
    bodies = b"".join(invented.xml(one).partition(b"?>")[2] for one in (ONE, two))
    found = read(written(tmp_path, b"<Package>" + bodies + b"</Package>"))
    assert read_fields(found) == [ONE.expected(), two.expected()]


@pytest.mark.parametrize(("data", "code"), [
    (BOMB, "xml_entities"),
    (OUTSIDE, "xml_entities"),
    (BOMB.decode().encode("utf-16"), "xml_entities"),
    (b'<?xml version="1.0" encoding="UTF-7"?>+ADw-EInvoice/+AD4-', "xml_encoding"),
    (b"<EInvoice><a></EInvoice>", "xml_damaged"),
    (b"<" * 5000, "xml_damaged"),
    (b"<a>" * 5000, "xml_damaged"),
    (b"<html/>", "xml_kind"),
    (b"<EInvoice/>", "xml_kind"),
])  # fmt: skip
def test_what_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    found = read(written(tmp_path, data))
    assert codes(found) == [code]
    assert not found.read


def test_too_large_a_file(tmp_path: Path) -> None:
    assert codes(read(written(tmp_path, invented.xml(ONE)), limits=Limits(part=100))) == ["archive_size"]
