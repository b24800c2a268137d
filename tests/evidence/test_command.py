"""`xingyun evidence`: files in, JSON out."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.documents.evidence_reading import invented
from tests.factories.applications import pdf

from xingyun.documents.evidence_reading.as_json import as_json
from xingyun.documents.evidence_reading.read import read
from xingyun.evidence.command import check_codes, run
from xingyun.evidence.models import Reading
from xingyun.evidence.queries.readings import VERSION

ONE = invented.facts(2, "digital_special")


@pytest.fixture
def xml(tmp_path: Path) -> Path:
    (tmp_path / "发票.xml").write_bytes(invented.xml(ONE))
    return tmp_path / "发票.xml"


def answer(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    files: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["files"]
    return files


def test_every_value_names_its_source(xml: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(xml)]) == 0
    (file,) = answer(capsys)
    assert (file["file"], file["kind"], file["read"], file["findings"]) == (str(xml), "xml", True, [])
    fields = file["invoices"][0]["fields"]
    assert {name: field["value"] for name, field in fields.items()} == ONE.expected()
    assert fields["gross_fen"]["values"] == [{"value": ONE.gross_fen, "sources": [{"source": "xml"}]}]


def test_one_bad_file_spoils_no_other(xml: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    assert run(["read", str(tmp_path / "bad.pdf"), str(xml), str(tmp_path / "gone")]) == 1
    files = answer(capsys)
    assert [file["read"] for file in files] == [False, True, False]
    assert [finding["code"] for finding in files[0]["findings"] + files[2]["findings"]] == [
        "damaged",
        "missing",
    ]


def test_wrong_check_digits_are_pointed_out(tmp_path: Path) -> None:
    code = ONE.seller_tax_id[:-1] + ("1" if ONE.seller_tax_id[-1] != "1" else "2")
    (tmp_path / "i.xml").write_bytes(invented.xml(invented.changed(ONE, seller_tax_id=code)))
    said = as_json(read(tmp_path / "i.xml"))
    check_codes(said)
    (finding,) = said["invoices"][0]["findings"]
    assert finding["code"] == "uscc"
    assert code in finding["zh"]


def test_what_is_not_understood_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["read"], ["read", "--as", "poem", "x"], ["read", "--seconds", "0", "x"]):
        with pytest.raises(SystemExit) as ended:
            run(arguments)
        assert ended.value.code == 2
        assert "usage" in capsys.readouterr().err


def test_the_entrance_knows_it(xml: Path) -> None:
    command = [sys.executable, "-m", "xingyun.config.command", "evidence", "read", str(xml)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["files"][0]["read"] is True


@pytest.mark.django_db
def test_how_far_reading_again_is(now: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    read, old = (pdf(f"progress-{n}", 1, now) for n in range(2))
    Reading.objects.create(file=read, version=VERSION, state="read")
    Reading.objects.create(file=old, version=VERSION - 1, state="read")
    assert run(["progress"]) == 0
    assert json.loads(capsys.readouterr().out) == {"read": 1, "waiting": 0, "older": 1}
