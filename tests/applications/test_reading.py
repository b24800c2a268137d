"""Files are read on arrival, once for their content, and whatever was read is kept."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from tests.documents.evidence_reading import invented
from tests.factories.applications import make_application

from xingyun.applications import actions
from xingyun.applications.actions.checking import READ
from xingyun.applications.jobs import reading
from xingyun.documents.evidence_reading.findings import finding
from xingyun.documents.fonts import find_fonts
from xingyun.documents.page_looks import looks_apart
from xingyun.evidence.models import PageLook, Reading
from xingyun.evidence.queries import pieces
from xingyun.evidence.states import ReadingState
from xingyun.files import actions as files
from xingyun.jobs.models import Job
from xingyun.jobs.registry import discover, urgent
from xingyun.jobs.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(ground):
    return make_application(ground, complete=False)


def attach(made, path: Path, now, material="invoices"):
    file = files.store(source=path, now=now, kind="application/pdf", pages=1)
    return actions.attach(
        application=made.application, file=file, name=path.name, material=material, actor=made.actor, now=now
    )


@pytest.fixture
def two(tmp_path):
    """Two invoices in one file."""
    facts = [invented.facts(7, "digital_special"), invented.facts(8, "electronic_ordinary")]
    return facts, invented.pdf(tmp_path / "two.pdf", find_fonts(), facts)


def test_a_file_is_read_when_it_arrives(made, two, now, work, really_read):
    facts, path = two
    attachment = attach(made, path, now)
    assert Reading.objects.get().state == ReadingState.WAITING
    assert Worker(urgent()).drain() == 0 or Reading.objects.get().state == ReadingState.WAITING
    work()
    kept = Reading.objects.get(file=attachment.file)
    assert (kept.state, kept.read_at) == (ReadingState.READ, now)
    found = pieces(kept.data)
    assert [piece.value("number") for piece in found] == [one.number for one in facts]
    assert [piece.n for piece in found] == [0, 1]
    looks = list(PageLook.objects.filter(file=attachment.file).order_by("page"))
    assert [look.turned for look in looks] == [0] * len(looks)
    assert all(look.ink > 5 for look in looks)


def test_the_same_content_is_read_once(made, ground, two, now, work, monkeypatch):
    asked = []
    nothing = {"kind": "pdf", "read": True, "invoices": [], "contract": None, "audit": None, "findings": [],
               "parts": []}  # fmt: skip
    monkeypatch.setattr(reading, "read_apart", lambda path: asked.append(path) or nothing)
    attach(made, two[1], now)
    attach(make_application(ground, complete=False), two[1], now)
    assert Job.objects.filter(kind=READ).count() == 1
    work()
    attach(make_application(ground, complete=False), two[1], now)
    work()
    assert len(asked) == 1


def test_done_twice_it_is_one_reading(made, two, now, work, monkeypatch):
    attach(made, two[1], now)
    look = {"page": 1, "hash": -1, "fine": "f" * 64, "ink": 1, "red": 0, "short_side": 9, "picture": False,
            "turned": None}  # fmt: skip
    monkeypatch.setattr(reading, "looks_apart", lambda _path: [look])
    work()
    Reading.objects.update(state=ReadingState.WAITING)  # as if killed before its end was written
    job = Job.objects.get(kind=READ)
    Job.objects.filter(pk=job.pk).update(state="queued", finished_at=None)
    work()
    assert Reading.objects.get().state == ReadingState.READ
    assert PageLook.objects.get().band3 == 0xFFFF


def test_what_can_not_be_read_says_so(made, two, now, work, monkeypatch):
    why = finding("stopped")
    answer = {"kind": "unknown", "read": False, "invoices": [], "contract": None, "audit": None, "parts": [],
              "findings": [{"code": why.code, "level": why.level, "zh": why.zh, "en": why.en}]}  # fmt: skip
    monkeypatch.setattr(reading, "read_apart", lambda _path: answer)
    attach(made, two[1], now)
    work()
    assert Reading.objects.get().state == ReadingState.FAILED


def test_others_do_not_wait_for_it(made, two, now):
    """Who waits for a book waits for no reading that was asked for before."""
    attach(made, two[1], now)
    kinds = discover()
    assert kinds[READ].patient
    assert READ not in urgent()


@pytest.mark.parametrize(("turn", "expected"), [(0, 0), (90, 90), (180, 180), (270, 270)])
def test_how_text_stands(tmp_path, turn, expected):
    import pikepdf

    path = invented.pdf(tmp_path / "one.pdf", find_fonts(), [invented.facts(7, "digital_special")])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save(path)
    [look] = looks_apart(path)
    assert look["turned"] == expected


def test_red_and_blank(tmp_path):
    blank, sealed = Image.new("RGB", (800, 1100), "white"), Image.new("RGB", (800, 1100), "white")
    ImageDraw.Draw(sealed).ellipse((300, 300, 600, 600), outline=(210, 30, 40), width=8)
    found = []
    for n, image in enumerate((blank, sealed)):
        image.save(tmp_path / f"{n}.png")
        found += looks_apart(tmp_path / f"{n}.png")
    assert [(one["ink"], one["red"] > 0, one["short_side"]) for one in found] == [
        (0, False, 800),
        (found[1]["ink"], True, 800),
    ]


def test_a_file_that_can_not_be_looked_at(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    assert looks_apart(tmp_path / "x.pdf") == []
