"""A real scanner looks at what arrives; what it has not seen waits, what it names is used by nobody."""

import io
import socket
import threading

import pytest
from tests.clamd import EICAR, MARK, STREAM

from xingyun.clock import machine_now
from xingyun.files import actions, queries, scanner
from xingyun.files.actions import scanning
from xingyun.files.models import File
from xingyun.files.states import Scan
from xingyun.jobs.models import Beat, Job

pytestmark = pytest.mark.django_db


def kept(content, now):
    return actions.store(source=io.BytesIO(content), now=now, scan=scanning.expected())


def due(kind):
    Beat.objects.update_or_create(kind=kind, defaults={"due_at": machine_now()})


def test_without_a_scanner_files_are_used_as_they_are(now):
    file = kept(b"plain", now)
    assert (file.scan_state, file.usable, queries.scanner_ok()) == (Scan.OFF, True, None)
    assert not Job.objects.exists()


def test_what_arrives_waits_until_it_is_seen(clamd, tusc, pdf, now, work):
    file = actions.finish(upload=tusc.send(pdf), now=now)
    assert (file.scan_state, file.usable) == (Scan.WAITING, False)
    work()
    file.refresh_from_db()
    assert (file.scan_state, file.usable, file.threat) == (Scan.CLEAN, True, "")
    assert file.scanned_at is not None
    assert actions.finish(upload=tusc.send(pdf), now=now).scan_state == Scan.CLEAN, "it is looked at once"


@pytest.mark.parametrize(("content", "name"), [(EICAR, "Eicar-Test"), (b"%PDF-1.4\n" + MARK, "Xingyun-Test")])
def test_a_threat_is_named(clamd, now, content, name):
    file = scanning.scan(file=kept(content, now))
    assert (file.scan_state, file.usable) == (Scan.INFECTED, False)
    assert name in file.threat
    with pytest.raises(scanning.InfectedError):
        actions.receive(source=io.BytesIO(content), now=now)


def test_while_the_scanner_is_away_files_wait_and_nothing_is_lost(clamd, tusc, pdf, now, work):
    clamd.stop()
    file = actions.finish(upload=tusc.send(pdf), now=now)
    posted = actions.receive(source=io.BytesIO(b"a letter"), now=now)
    assert queries.scanner_ok() is False
    due("files.scan_again")
    work()
    assert set(File.objects.values_list("scan_state", flat=True)) == {Scan.WAITING}
    assert not Job.objects.filter(state="failed").exists()
    clamd.start()
    assert queries.scanner_ok() is True
    due("files.scan_again")
    work()
    assert set(File.objects.values_list("scan_state", flat=True)) == {Scan.CLEAN}
    assert queries.path(file).read_bytes() == pdf
    assert queries.path(posted).read_bytes() == b"a letter"


def test_what_is_too_large_for_the_scanner_has_failed_and_is_tried_again_later(clamd, now, work):
    file = scanning.scan(file=kept(b"0" * (STREAM + 1_000_000), now))
    assert (file.scan_state, file.usable) == (Scan.FAILED, False)
    assert "size limit" in file.threat
    assert scanning.ask_again() == 0
    File.objects.update(scanned_at=machine_now() - 2 * scanning.FAILED_AGAIN)
    assert scanning.ask_again() == 1


def test_content_that_was_kept_unseen_is_scanned_when_it_comes_from_outside(clamd, now):
    assert actions.store(source=io.BytesIO(EICAR), now=now).scan_state == Scan.OFF
    with pytest.raises(scanning.InfectedError):
        actions.receive(source=io.BytesIO(EICAR), now=now)
    assert kept(EICAR, now).scan_state == Scan.INFECTED


def test_a_scanner_that_was_taken_away_holds_nobody_up(clamd, settings, now, work):
    file = kept(b"waits", now)
    settings.CLAMD = ""
    work()
    file.refresh_from_db()
    assert file.scan_state == Scan.OFF


@pytest.mark.parametrize("said", [b"", b"nonsense\0", b"stream: broken. ERROR\0"])
def test_a_scanner_that_speaks_nonsense_finds_nothing_clean(said, tmp_path):
    content = tmp_path / "a"
    content.write_bytes(b"x" * 3_000_000)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak():
            line, _address = server.accept()
            with line:
                line.recv(100)
                line.sendall(said)

        thread = threading.Thread(target=speak)
        thread.start()
        with pytest.raises((scanner.ScannerDownError, scanner.ScannerFaultError)):
            scanner.threat_in(content, f"127.0.0.1:{server.getsockname()[1]}")
        thread.join(10)


def test_nobody_at_the_address(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    for address in (f"unix:{tmp_path}/none", "127.0.0.1:1"):
        assert scanner.answers(address) is False
        with pytest.raises(scanner.ScannerDownError):
            scanner.threat_in(tmp_path / "a", address)
