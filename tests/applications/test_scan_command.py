"""Files that were kept before clamd was set up are looked at by a command, with a real clamd."""

import io

import pytest
from tests.clamd import EICAR
from tests.factories.applications import make_application
from tests.factories.ground import make_ground

from xingyun.applications.models import Attachment
from xingyun.applications.scan_command import run
from xingyun.files import actions, scanner
from xingyun.files.models import File
from xingyun.files.states import Scan

pytestmark = pytest.mark.django_db


def kept(content, now):
    return actions.store(source=io.BytesIO(content), now=now)


def test_what_is_clean_is_clean_and_what_is_found_is_named_with_its_application(now, request, capsys):
    made = make_application(make_ground(now))
    threat = kept(EICAR, now)
    sheet = Attachment.objects.filter(application=made.application).first()
    Attachment.objects.filter(pk=sheet.pk).update(file=threat, name="夹带.pdf")
    request.getfixturevalue("clamd")
    assert run([]) == 1
    said = capsys.readouterr().out
    assert f"{threat.sha256}  发现 Eicar-Test" in said
    assert f"{made.application.number}“夹带.pdf”" in said
    threat.refresh_from_db()
    assert (threat.scan_state, threat.usable) == (Scan.INFECTED, False)
    assert set(File.objects.exclude(pk=threat.pk).values_list("scan_state", flat=True)) == {Scan.CLEAN}
    assert run([]) == 0
    assert "看完 0 个文件" in capsys.readouterr().out


def test_so_many_at_most_and_the_rest_the_next_time(now, clamd):
    for n in range(3):
        kept(b"letter %d" % n, now)
    assert run(["--limit", "2"]) == 0
    assert list(File.objects.order_by("id").values_list("scan_state", flat=True)) == ["clean", "clean", "off"]
    assert run([]) == 0
    assert not File.objects.filter(scan_state=Scan.OFF).exists()


def test_without_a_scanner_nothing_is_touched(now, settings, capsys):
    kept(b"letter", now)
    assert run([]) == 2
    settings.CLAMD = "unix:/nowhere/clamd.sock"
    assert run([]) == 2
    assert "没有应答" in capsys.readouterr().out
    assert File.objects.get().usable


def test_a_scanner_that_goes_away_loses_nothing(now, clamd, monkeypatch):
    kept(b"letter", now)
    clamd.stop()
    monkeypatch.setattr(scanner, "answers", lambda _address: True)
    assert run([]) == 2
    assert File.objects.get().scan_state == Scan.OFF


@pytest.mark.parametrize("wrong", [["--limit", "0"], ["--limit", "x"], ["more"]])
def test_what_is_not_understood_is_told(wrong):
    with pytest.raises(SystemExit) as ended:
        run(wrong)
    assert ended.value.code == 2


def test_what_clamd_cannot_look_at_stays_in_use_and_is_told(now, clamd, monkeypatch, capsys):
    file = kept(b"letter", now)

    def too_large(_place, _address):
        raise scanner.ScannerFaultError("size limit")

    monkeypatch.setattr(scanner, "threat_in", too_large)
    assert run([]) == 1
    assert f"{file.sha256}  clamd 看不了，照旧使用：没有申请在用" in capsys.readouterr().out
    assert File.objects.get().usable
