"""A backup of a running system, restored on an empty place and verified."""

import io
import json
import os
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction

from xingyun.audit import SYSTEM
from xingyun.audit import actions as audit
from xingyun.audit.models import Entry
from xingyun.config import backup, restore
from xingyun.files import actions as files
from xingyun.files import queries
from xingyun.files.models import File

COMMAND = [sys.executable, "-m", "xingyun.config.command"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def data(settings, folders):
    """The keys lie in the data folder of this test."""
    settings.DATA = folders
    (folders / "secret.key").write_text("kept secret")
    (folders / "signing.p12").write_text("kept seal")
    return folders


@pytest.fixture
def content(now):
    """Three files and a record."""
    for number in range(3):
        files.store(source=io.BytesIO(b"%d" % number * 1000), now=now, kind="text/plain")
        with transaction.atomic():
            audit.append(stream=f"s{number}", act="kept", actor=SYSTEM, body={"n": number}, now=now)


@pytest.fixture
def elsewhere(environment, tmp_path):
    """The environment of another, empty system of the same kind; its database is dropped at the end."""
    place = {**environment, "XINGYUN_DATA": str(tmp_path / "elsewhere")}
    if connection.vendor == "sqlite":
        yield {**place, "XINGYUN_DATABASE_URL": f"sqlite:///{tmp_path / 'elsewhere' / 'db.sqlite3'}"}
        return
    name = f"elsewhere_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield {**place, "XINGYUN_DATABASE_URL": f"{place['XINGYUN_DATABASE_URL'].rsplit('/', 1)[0]}/{name}"}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(environment, *arguments):
    return subprocess.run(
        [*COMMAND, *arguments], env=environment, check=False, capture_output=True, text=True, timeout=120
    )


def shell(environment, code):
    return run(environment, "shell", "-v0", "-c", code).stdout.strip()


def repacked(source, target, change):
    """The same backup with `change(name, bytes)` applied; None drops a member."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return target


def test_there_and_back(content, environment, elsewhere, tmp_path):
    archive = tmp_path / "backup.tar"
    for folder in ("kept", "work"):
        # What can be made again is left out.
        (Path(environment["XINGYUN_DATA"]) / folder).mkdir()
        (Path(environment["XINGYUN_DATA"]) / folder / "piece.pdf").write_bytes(b"%PDF-")
    done = run(environment, "backup", str(archive))
    assert done.returncode == 0, done.stderr
    assert "3 个文件" in done.stdout
    with tarfile.open(archive) as tar:
        assert not [name for name in tar.getnames() if name.startswith(("kept", "work"))]
    assert archive.stat().st_mode & 0o777 == 0o600
    done = run(elsewhere, "restore", str(archive))
    assert done.returncode == 0, done.stderr
    assert "3 个文件；查验无误" in done.stdout
    asked = "from xingyun.files import queries; from xingyun.files.models import File; "
    asked += "print(sorted(queries.reader(f).read()[:1] for f in File.objects.all()))"
    assert shell(elsewhere, asked) == "[b'0', b'1', b'2']"
    assert run(elsewhere, "audit", "verify").returncode == 0
    assert run(elsewhere, "migrate", "--check").returncode == 0
    there = Path(elsewhere["XINGYUN_DATA"])
    assert (there / "secret.key").read_text() == "kept secret"
    assert (there / "signing.p12").read_text() == "kept seal"
    assert (there / "audit.key").stat().st_mode & 0o777 == 0o600
    again = run(elsewhere, "restore", str(archive))
    assert again.returncode == 1
    assert "不是空的" in again.stderr
    forbidden = "from xingyun.audit.models import Entry; Entry.objects.all().delete()"
    assert "append-only" in run(elsewhere, "shell", "-c", forbidden).stderr


def test_a_backup_while_others_write_is_whole(content, environment, elsewhere, tmp_path, now):
    stop, faults, written = threading.Event(), [], []

    def write():
        try:
            number = 0
            while not stop.is_set():
                file = files.store(source=io.BytesIO(os.urandom(20_000)), now=now, kind="x/y")
                with transaction.atomic():
                    body = {"sha256": file.sha256}
                    written.append(audit.append(stream="busy", act="kept", actor=SYSTEM, body=body, now=now))
                number += 1
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    archive = tmp_path / "backup.tar"
    try:
        done = run(environment, "backup", str(archive))
    finally:
        stop.set()
        thread.join(30)
    assert (done.returncode, done.stderr, faults) == (0, "", [])
    assert len(written) > 10
    restored = run(elsewhere, "restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    asked = "from xingyun.audit.models import Entry; print(Entry.objects.filter(stream__name='busy').count())"
    assert 0 < int(shell(elsewhere, asked)) <= len(written)


def manifest(old, new):
    return lambda name, text: text.replace(old, new) if name == "manifest.json" else text


@pytest.mark.parametrize(("harm", "words"), [
    (lambda name, text: text[:-1] + b"!" if name.startswith("files/") else text, "已损坏"),
    (lambda name, text: text + b" " if name.startswith("database") else text, "已损坏"),
    (lambda name, text: None if name.startswith("files/") else text, "已损坏"),
    (lambda name, text: None if name == "manifest.json" else text, "不完整"),
    (manifest(b'"xingyun backup"', b'"other"'), "不是本系统"),
    (manifest(b'"engine": "', b'"engine": "un'), "同一种数据库"),
])  # fmt: skip
def test_a_damaged_backup_is_refused_and_nothing_is_touched(content, elsewhere, tmp_path, harm, words):
    archive = tmp_path / "backup.tar"
    backup.backup(archive)
    broken = repacked(archive, tmp_path / "broken.tar", harm)
    done = run(elsewhere, "restore", str(broken))
    assert done.returncode == 1
    assert words in done.stderr
    assert not list(Path(elsewhere["XINGYUN_DATA"]).glob("files/*"))
    assert not list(Path(elsewhere["XINGYUN_DATA"]).glob(".restore-*"))


def test_names_that_lead_out_are_refused(tmp_path):
    evil = tmp_path / "evil.tar"
    for name, kind in {
        "../../etc/x": tarfile.REGTYPE,
        "/etc/x": tarfile.REGTYPE,
        "anchor.jsonl": tarfile.SYMTYPE,
    }.items():
        with tarfile.open(evil, "w") as tar:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info, io.BytesIO())
        with pytest.raises(restore.RestoreError, match="不认识"):
            restore.unpack(evil, tmp_path)


def test_a_truncated_backup_is_refused(content, elsewhere, tmp_path):
    archive = tmp_path / "backup.tar"
    backup.backup(archive)
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    assert run(elsewhere, "restore", str(archive)).returncode == 1


def test_a_file_that_rotted_on_the_disk_ends_the_backup(content, tmp_path, capsys):
    path = queries.path(File.objects.first())
    path.chmod(0o600)
    path.write_bytes(b"rotten")
    assert backup.run([str(tmp_path / "backup.tar")]) == 1
    assert "与摘要不符" in capsys.readouterr().err
    assert not list(tmp_path.glob("backup*"))


def test_keys_can_be_left_out(content, tmp_path):
    archive = tmp_path / "backup.tar"
    assert backup.run([str(archive), "--without-keys"]) == 0
    with tarfile.open(archive) as tar:
        names = tar.getnames()
        manifest = json.load(tar.extractfile("manifest.json"))
    assert not [name for name in names if name.startswith("keys/")]
    assert len(manifest["members"]) == len(names) - 1
    assert Entry.objects.count() == 3
