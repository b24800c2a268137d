"""How a round is laid out, and what its journal and tables say."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.rehearsal.alone import alone
from tests.rehearsal.journal import Intent, Journal, Outcome, route
from tests.rehearsal.round import measured, timetable
from tests.rehearsal.round.picture import picture
from tests.rehearsal.round.timetable import SIZES


def test_four_fifths_come_in_the_last_three_days() -> None:
    size = SIZES["full"]
    first, *last = timetable.phases(size)
    assert first.count + sum(phase.count for phase in last) == size.applications == 3_000
    assert sum(phase.count for phase in last) == 2_400
    assert len(last) == timetable.LAST_DAYS
    closes = datetime.fromisoformat(timetable.CLOSES)
    assert all(closes - datetime.fromisoformat(phase.at) < timedelta(days=3) for phase in last)
    assert datetime.fromisoformat(timetable.last_minute()) == closes - timedelta(minutes=1)


def test_people_read_as_long_as_gives_the_pace() -> None:
    size = SIZES["full"]
    assert size.think * timetable.PAGES_EACH * size.per_minute / 60 == pytest.approx(size.people)
    assert 150 < size.minutes < 180


def test_a_route_has_no_ids() -> None:
    uid = "0f3c1a52-5f5e-4f0e-9a52-0123456789ab"
    assert route("GET", f"/enterprise/applications/{uid}/form/") == "GET /enterprise/applications/‹id›/form/"
    assert route("GET", "/officials/outside-checks/lixia/") == "GET /officials/outside-checks/‹office›/"
    assert route("POST", "/officials/decisions/17/sign/") == "POST /officials/decisions/‹n›/sign/"


def test_a_journal_knows_what_was_acknowledged() -> None:
    journal, intent = Journal(), Intent("submit", "a 1")
    for outcome in (Outcome.SILENT, Outcome.REFUSED, Outcome.DONE):
        journal.acted([intent], outcome)
    known = journal.acts[intent]
    assert (known.done, known.refused, known.silent) == (1, 1, 1)
    assert [name for _at, name in journal.done_at] == ["submit"]


def test_percentiles_and_the_picture() -> None:
    journal = Journal()
    for n in range(100):
        journal.heard("a", "GET /", journal.begun + n - n / 1000, 200 if n else 503)
    found = measured.latencies(journal)["GET /"]
    assert (found["count"], found["faults"]) == (100, 1)
    assert found["p50"] <= found["p95"] <= found["p99"] <= found["longest"]
    drawn = picture(measured.minutes(journal), "一轮 <申报>")
    assert drawn.startswith("<svg")
    assert "一轮 &lt;申报&gt;" in drawn
    assert measured.percentile([], 0.5) == 0.0


@pytest.mark.journey
@pytest.mark.anywhere
@pytest.mark.xdist_group("journey")
def test_a_round_of_nine(tmp_path: Path) -> None:
    """The same as `make rehearsal`, three offices and nine enterprises, two in the last minute."""
    size = ["--districts", "3", "--applications", "9", "--people", "9", "--burst", "2", "--per-minute", "40"]
    words = ("--size", "small", *size, "--sqlite", "--minutes", "19", "--out", str(tmp_path))
    alone("tests.rehearsal.round", *words, data=tmp_path / "data")
    found = json.loads((tmp_path / "round.json").read_text())
    assert found["conserved"]["acts"]["submit"]["stored"] >= 9 - 1
    assert found["checklist_pages_followed"] > 0
    assert found["latencies"]["all"]["faults"] == 0
    assert (tmp_path / "round.svg").read_text().startswith("<svg")
