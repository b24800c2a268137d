"""What older readers read is read again, once, piece by piece; what people ruled of it stays."""

import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conftest import NOTHING_READ
from tests.documents.evidence_reading import invented
from tests.factories.applications import make_application, pdf

from xingyun.applications import actions
from xingyun.applications.actions import rereading
from xingyun.applications.actions.checking import have_checked
from xingyun.applications.jobs import reading
from xingyun.applications.models import Application
from xingyun.applications.queries.rereading import AGAIN
from xingyun.clock import machine_now
from xingyun.documents.evidence_reading.findings import finding
from xingyun.documents.fonts import find_fonts
from xingyun.evidence import actions as evidence
from xingyun.evidence.models import Finding, PageLook, Reading
from xingyun.evidence.queries import how_far, readings
from xingyun.evidence.queries.readings import VERSION
from xingyun.evidence.states import ReadingState
from xingyun.files import actions as files
from xingyun.jobs import actions as jobs
from xingyun.jobs.models import Beat, Job
from xingyun.jobs.registry import discover
from xingyun.jobs.states import State
from xingyun.jobs.worker import Worker

pytestmark = pytest.mark.django_db
OLDER = {**NOTHING_READ, "kind": "older"}
WHY = finding("stopped")
UNREADABLE = {**NOTHING_READ, "read": False,
              "findings": [{"code": WHY.code, "level": WHY.level, "zh": WHY.zh, "en": WHY.en}]}  # fmt: skip
SEEN = "0123456789abcdef" * 4


def aspect(page=1, *, value=5, fine=SEEN):
    """What a page looks like, as the readers say it."""
    return {"page": page, "hash": value, "fine": fine, "ink": 50, "red": 1, "short_side": 900,
            "picture": True, "turned": None}  # fmt: skip


def read_before(file, now, data=OLDER, looks=()):
    """The file, read by readers of the version before."""
    evidence.keep_reading(file=file, data=data, looks=looks, now=now)
    Reading.objects.filter(file=file).update(version=VERSION - 1)
    return file


@pytest.fixture
def asked(monkeypatch):
    """Which contents the readers were asked to read."""
    asked = []
    monkeypatch.setattr(reading, "read_apart", lambda path: asked.append(path.name) or NOTHING_READ)
    return asked


@pytest.fixture
def upgraded(now, work):
    """Everything that the worker does after an upgrade, beat by beat."""

    def do():
        for _ in range(30):
            Beat.objects.filter(kind="applications.reread").delete()
            work()

    return do


def older(many, now, name="older"):
    return [read_before(pdf(f"{name}-{n}", 1, now), now) for n in range(many)]


def attached(made, file, now, material="screenshots"):
    return actions.attach(
        application=made.application, file=file, name="图.png", material=material, actor=made.actor, now=now
    )


def handed_in_with(ground, file, now):
    """An application that was handed in with this file among its own."""
    made = make_application(ground, complete=False)
    attached(made, file, now)
    Application.objects.filter(pk=made.application.pk).update(submitted_at=now)
    return made


def test_each_is_read_again_once(now, asked, upgraded, monkeypatch):
    monkeypatch.setattr(rereading, "AT_ONCE", 3)
    many = older(10, now)
    upgraded()
    assert sorted(asked) == sorted(one.sha256 for one in many)
    assert set(Reading.objects.values_list("version", "state")) == {(VERSION, ReadingState.READ)}
    assert Reading.objects.count() == 10
    upgraded()
    assert len(asked) == 10
    assert Job.objects.filter(kind=AGAIN).count() == 10


def test_it_begins_by_itself_and_goes_on_behind_what_others_wait_for(now, asked, work, monkeypatch):
    """One beat is enough: each piece asks for the next one, which stands behind what was queued meanwhile."""
    monkeypatch.setattr(rereading, "AT_ONCE", 2)
    older(3, now)
    work()
    assert len(asked) == 2
    job = Job.objects.get(kind="applications.reread")
    assert (job.state, job.total) == (State.DONE, 3)
    assert how_far() == (2, 0, 1)


def test_no_piece_grows_with_what_there_is(now, monkeypatch):
    monkeypatch.setattr(rereading, "AT_ONCE", 3)
    counts = []
    for many in (5, 20):
        Job.objects.all().delete()
        older(many, now, f"of-{many}")
        jobs.enqueue(kind="applications.reread", key="periodic", now=now)
        worker = Worker(discover())
        with CaptureQueriesContext(connection) as told:
            worker.do(jobs.claim(kinds=worker.kinds, now=now))
        counts.append(len(told))
        assert Reading.objects.filter(version=VERSION).count() == 3 * len(counts)
    assert counts[0] == counts[1]


def test_what_was_read_before_stands_until_then(now, asked, upgraded):
    [file] = older(1, now)
    evidence.expect_reading(file=file)
    kept = readings([file.pk])[file.pk]
    assert (kept.version, kept.state, kept.data["kind"]) == (VERSION - 1, ReadingState.READ, "older")
    Reading.objects.filter(version=VERSION).delete()
    upgraded()
    assert readings([file.pk])[file.pk].data == NOTHING_READ


def test_what_can_not_be_read_any_more_stays(now, monkeypatch, upgraded):
    """A machine that is short of memory on that day takes nothing away."""
    monkeypatch.setattr(reading, "read_apart", lambda _path: UNREADABLE)
    good = read_before(pdf("good", 1, now), now, looks=[aspect()])
    bad = read_before(pdf("bad", 1, now), now, data=UNREADABLE)
    upgraded()
    kept = readings([good.pk, bad.pk])
    assert (kept[good.pk].state, kept[good.pk].data) == (ReadingState.READ, OLDER)
    assert kept[bad.pk].state == ReadingState.FAILED
    assert {one.version for one in kept.values()} == {VERSION}
    assert PageLook.objects.filter(file=good).count() == 1


def test_a_file_that_breaks_the_work_holds_up_no_other(now, monkeypatch, work):
    lost, good = older(2, now)

    def read_apart(path):
        if path.name == lost.sha256:
            raise OSError("gone")
        return NOTHING_READ

    monkeypatch.setattr(reading, "read_apart", read_apart)
    for _ in range(5):
        Beat.objects.filter(kind="applications.reread").delete()
        Job.objects.filter(state=State.QUEUED).update(run_after=now)
        work()
    assert Job.objects.get(kind=AGAIN, key=lost.sha256).state == State.FAILED
    assert readings([lost.pk])[lost.pk].data == OLDER
    assert list(Reading.objects.filter(file=good).values_list("version", "state")) == [
        (VERSION, ReadingState.READ)
    ]


def ruled(made, ground, now):
    kept = Finding.objects.get(dossier=made.application.dossier, check_key="look-alike")
    person = ground.actor("licheng").user_id
    return evidence.rule_finding(
        finding=kept, status="explained", reason="同一模板", seen="open", person=person, now=now
    )


def live(made):
    return Finding.objects.filter(dossier=made.application.dossier, check_key="look-alike", gone_at=None)


@pytest.fixture
def pair(ground, now, work):
    """Two handed in with like screenshots and their files, found by the readers of before."""
    held = [pdf(name, 1, now) for name in ("one", "other")]
    for file in held:
        evidence.keep_reading(file=file, data=OLDER, looks=[aspect()], now=now)
    made = [handed_in_with(ground, file, now) for file in held]
    work()
    assert [live(one).count() for one in made] == [1, 1]
    Reading.objects.update(version=VERSION - 1)
    return made, held


def test_what_was_ruled_stays(ground, pair, now, upgraded, monkeypatch):
    made, _held = pair
    before = ruled(made[0], ground, now)
    other = aspect(value=-7, fine="3c" * 32)
    monkeypatch.setattr(reading, "looks_apart", lambda _path: [other])
    upgraded()
    assert set(PageLook.objects.values_list("hash", flat=True)) >= {-7}
    after = live(made[0]).get()
    assert (after.pk, after.status, after.reason, after.found_at) == (
        before.pk, "explained", "同一模板", before.found_at,
    )  # fmt: skip
    assert [live(one).count() for one in made] == [1, 1]


def test_what_is_not_found_any_more_is_gone_with_its_ruling_kept(ground, pair, now, upgraded, monkeypatch):
    made, held = pair
    before = ruled(made[0], ground, now)
    unlike = {held[0].sha256: aspect(), held[1].sha256: aspect(value=-7, fine="3c" * 32)}
    monkeypatch.setattr(
        reading, "looks_apart", lambda path: [unlike[path.name]] if path.name in unlike else []
    )
    upgraded()
    kept = Finding.objects.get(pk=before.pk)
    assert (kept.status, kept.gone_at) == ("explained", now)
    assert [live(one).count() for one in made] == [0, 0]


def test_half_read_nothing_is_called_gone(ground, pair, now, work, monkeypatch):
    """The one page is looked at by new readers, the other is not: unlike for now, that is no news."""
    made, held = pair
    evidence.keep_reading(file=held[0], data=NOTHING_READ, looks=[aspect(value=-7, fine="3c" * 32)], now=now)
    Beat.objects.update_or_create(
        kind="applications.reread", defaults={"due_at": machine_now() + timedelta(seconds=50)}
    )
    have_checked(application=made[0].application, now=now)
    work()
    assert [live(one).count() for one in made] == [1, 1]


def test_what_newer_readers_find_is_told_to_both(ground, now, upgraded, monkeypatch):
    held = [read_before(pdf(name, 1, now), now) for name in ("one", "other")]
    made = [handed_in_with(ground, file, now) for file in held]
    monkeypatch.setattr(
        reading, "looks_apart", lambda path: [aspect()] if path.name in {f.sha256 for f in held} else []
    )
    upgraded()
    assert [live(one).count() for one in made] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_it_goes_on(environment, tmp_path, now):
    """A real worker reads real invoices and is killed with -9; the next one reads the rest."""
    many = []
    for n in range(5):
        path = invented.pdf(tmp_path / f"{n}.pdf", find_fonts(), [invented.facts(n, "digital_special")])
        many.append(read_before(files.store(source=path, now=now, kind="application/pdf", pages=1), now))
    done = Reading.objects.filter(version=VERSION, state=ReadingState.READ)
    first = worker(environment)
    wait_until(lambda: done.count() >= 1)
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    times = dict(done.values_list("file", "read_at"))
    assert 1 <= len(times) < len(many), "it was not half-way"
    Job.objects.filter(state=State.RUNNING).update(lease_until=machine_now() - timedelta(seconds=1))
    second = worker(environment)
    wait_until(lambda: done.count() == len(many) and not Reading.objects.filter(version__lt=VERSION).exists())
    second.send_signal(signal.SIGTERM)
    second.wait(30)
    after = dict(done.values_list("file", "read_at"))
    assert {file: at for file, at in after.items() if file in times} == times
    assert Reading.objects.count() == len(many)
    assert all(len(one.data["invoices"]) == 1 for one in done)


def worker(environment):
    return subprocess.Popen([sys.executable, "-m", "xingyun.config.command", "worker"], env=environment)


def wait_until(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)
