"""A few kills: nothing acknowledged is lost, nothing happens twice, everything comes back by itself."""

import json
from pathlib import Path

import pytest
from tests.clamd import program
from tests.postgres import binaries
from tests.rehearsal.alone import alone

KILLS = 8


@pytest.mark.journey
@pytest.mark.anywhere
@pytest.mark.xdist_group("journey")
def test_everything_is_killed_while_people_work(tmp_path: Path) -> None:
    """The same as `make kills`, shorter: its own PostgreSQL, clamd, web server and worker."""
    if program() is None:
        pytest.skip("clamd is not installed: apt-get install clamav-daemon")
    try:
        binaries()
    except SystemExit as missing:
        pytest.skip(str(missing))
    words = ("--kills", str(KILLS), "--applicants", "2", "--every", "2", "--out", str(tmp_path / "told.json"))
    alone("tests.rehearsal.kills", *words, data=tmp_path / "data")
    told = json.loads((tmp_path / "told.json").read_text())
    assert told["kills"] == KILLS
    assert told["conserved"]["acts"]["submit"]["acknowledged"] >= 1
