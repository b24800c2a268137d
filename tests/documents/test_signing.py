"""Signed certificates: found, whole, and broken by a single byte."""

import asyncio
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest
from tests.documents.data import certificate_data

from xingyun.documents.render import render
from xingyun.documents.signing import Seal, SigningError, self_made, sign, signatures, signer


@pytest.fixture(scope="module")
def seal(tmp_path_factory: pytest.TempPathFactory) -> Seal:
    return self_made(tmp_path_factory.mktemp("key") / "signing.p12", "云州市工业和信息化局（演练）")


@pytest.fixture(scope="module")
def signed(seal: Seal, fonts: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signed")
    plain = render("certificate", certificate_data(), fonts=fonts, out=folder / "plain.pdf").path
    return sign(plain, out=folder / "signed.pdf", seal=seal, reason="证书")


def test_it_says_who_signed_and_is_whole(signed: Path, seal: Seal) -> None:
    [one] = signatures(signed)
    assert one.whole
    assert one.by == signer(seal)
    assert one.by.name == "云州市工业和信息化局（演练）"
    assert len(one.by.fingerprint) == 64


def test_a_single_byte_breaks_it(signed: Path, tmp_path: Path) -> None:
    content = bytearray(signed.read_bytes())
    at = content.index(b"stream\n") + 40
    content[at] ^= 1
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(content)
    assert [one.whole for one in signatures(broken)] == [False]


def test_what_is_added_behind_it_breaks_it(signed: Path, tmp_path: Path) -> None:
    longer = tmp_path / "longer.pdf"
    longer.write_bytes(signed.read_bytes() + b"\n% more\n")
    assert [one.whole for one in signatures(longer)] == [False]


def test_it_is_a_sound_pdf_with_its_pages(signed: Path) -> None:
    with pikepdf.open(signed) as opened:
        assert opened.check_pdf_syntax() == []
        assert len(opened.pages) == 1


def test_it_works_where_an_event_loop_runs_already(signed: Path, seal: Seal, tmp_path: Path) -> None:
    async def within() -> Path:
        assert [one.whole for one in signatures(signed)] == [True]
        return sign(signed.with_name("plain.pdf"), out=tmp_path / "again.pdf", seal=seal, reason="证书")

    # In a thread of its own, for a browser of another test may keep a loop going in this one.
    with ThreadPoolExecutor(1) as thread:
        again = thread.submit(lambda: asyncio.run(within())).result()
    assert [one.whole for one in signatures(again)] == [True]


def test_an_unsigned_paper_has_none(fonts: tuple[Path, ...], tmp_path: Path) -> None:
    plain = render("certificate", certificate_data(), fonts=fonts, out=tmp_path / "plain.pdf").path
    assert signatures(plain) == ()


def test_the_key_is_made_once_and_its_owner_alone_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "signing.p12"
    first = signer(self_made(path, "甲"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert signer(self_made(path, "乙")) == first


def test_a_key_that_can_not_be_used_is_named(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match=r"none\.p12"):
        signer(Seal(tmp_path / "none.p12"))
    (tmp_path / "odd.p12").write_bytes(b"not a key")
    with pytest.raises(SigningError, match=r"odd\.p12"):
        signer(Seal(tmp_path / "odd.p12"))


def test_a_password_is_needed_where_there_is_one(tmp_path: Path, seal: Seal) -> None:
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    key, certificate, _others = pkcs12.load_key_and_certificates(seal.path.read_bytes(), None)
    locked = tmp_path / "locked.p12"
    locked.write_bytes(
        pkcs12.serialize_key_and_certificates(b"a", key, certificate, None, BestAvailableEncryption(b"dui"))
    )
    assert signer(Seal(locked, "dui")) == signer(seal)
    with pytest.raises(SigningError):
        signer(Seal(locked, "cuo"))
