"""Content is kept once, under its digest, safely, and never changes."""

import hashlib
import io
import os
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from PIL import Image

from xingyun.clock import machine_now
from xingyun.files import actions, queries, storage
from xingyun.files.models import File, Upload
from xingyun.files.states import Scan

pytestmark = pytest.mark.django_db


def test_content_is_kept_under_its_digest(now, folders):
    file = actions.store(source=io.BytesIO(b"hello"), now=now)
    digest = hashlib.sha256(b"hello").hexdigest()
    assert (file.sha256, file.size, file.kind, file.scan_state) == (
        digest,
        5,
        "application/octet-stream",
        Scan.OFF,
    )
    assert queries.path(file) == folders / "files" / digest[:2] / digest[2:4] / digest
    with queries.reader(file) as stream:
        assert stream.read() == b"hello"
    assert os.stat(queries.path(file)).st_mode & 0o777 == 0o440


def test_the_same_content_is_one_file(now, tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"same")
    first = actions.store(source=path, now=now, kind="application/zip", pages=3)
    inode = queries.path(first).stat().st_ino
    assert actions.store(source=io.BytesIO(b"same"), now=now) == first
    assert (first.kind, first.pages, path.exists()) == ("application/zip", 3, True)
    assert queries.path(first).stat().st_ino == inode, "what is there is never written again"
    assert File.objects.count() == 1


def test_nothing_is_left_of_content_that_is_too_large(now, folders):
    with pytest.raises(storage.TooLargeError):
        actions.store(source=io.BytesIO(b"x" * 11), now=now, limit=10)
    assert actions.store(source=io.BytesIO(b"x" * 10), now=now, limit=10).size == 10
    assert list((folders / "files" / "incoming").iterdir()) == []


def test_what_a_crash_left_half_written_is_swept_after_a_day(folders):
    left = folders / "files" / "incoming" / "left"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    actions.purge(now=machine_now())
    assert left.exists()
    actions.purge(now=machine_now() + timedelta(days=2))
    assert not left.exists()


def test_kinds_are_told_by_content(now, pdf):
    assert actions.store(source=io.BytesIO(pdf), now=now).kind == "application/pdf"
    png = io.BytesIO()
    Image.new("L", (2, 2)).save(png, "PNG")
    assert actions.store(source=io.BytesIO(png.getvalue()), now=now).kind == "image/png"


def test_storage_that_works_and_storage_that_does_not(settings, tmp_path):
    assert queries.storage_ok()
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    settings.FILES_ROOT = blocked / "files"
    assert not queries.storage_ok()


def test_an_offset_beyond_the_length_is_impossible(owner, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.create(owner=owner, name="a", length=5, offset=6, created_at=now, expires_at=now)


@pytest.mark.django_db(transaction=True)
def test_the_same_content_from_many_hands_is_one_file(now):
    barrier, got = threading.Barrier(4), []

    def hand():
        try:
            barrier.wait(10)
            got.append(actions.store(source=io.BytesIO(b"z" * 100_000), now=now).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=hand) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(got) == 4
    assert len(set(got)) == 1
