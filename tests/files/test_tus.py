"""Uploads that break off and go on."""

import io
import subprocess
import sys
import threading
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import connection

from xingyun.clock import machine_now
from xingyun.documents.inspect import UnusableError
from xingyun.files import actions, parts, queries, tus
from xingyun.files.actions import UploadError
from xingyun.files.models import File, Upload

pytestmark = pytest.mark.django_db


def test_a_file_arrives_in_pieces(tusc, pdf, now):
    uuid = tusc.begin(len(pdf))
    for start in range(0, len(pdf), 100):
        piece = pdf[start : start + 100]
        response = tusc.patch(uuid, start, piece)
        assert (response.status_code, response["Upload-Offset"]) == (204, str(start + len(piece)))
    upload = Upload.objects.get(uuid=uuid)
    assert (upload.name, upload.complete) == ("合同.pdf", True)
    file = actions.finish(upload=upload, now=now)
    assert (file.sha256, file.kind, file.pages, file.size) == (
        sha256(pdf).hexdigest(),
        "application/pdf",
        2,
        len(pdf),
    )
    assert queries.path(file).read_bytes() == pdf
    assert not parts.place(upload.uuid).exists()


def test_where_to_go_on_is_asked_with_head(tusc):
    uuid = tusc.begin(10)
    tusc.patch(uuid, 0, b"1234")
    response = tusc.ask("HEAD", uuid)
    assert response.status_code == 200
    assert (response["Upload-Offset"], response["Upload-Length"]) == ("4", "10")
    assert response["Cache-Control"] == "no-store"
    assert "Upload-Expires" in response


def test_a_broken_connection_keeps_what_arrived(tusc, pdf, breaking, now):
    uuid = tusc.begin(len(pdf))
    response = tusc.patch(uuid, 0, b"x", stream=breaking(pdf, after=300), length=len(pdf))
    assert response["Upload-Offset"] == "300"
    assert tusc.patch(uuid, 300, pdf[300:]).status_code == 204
    assert actions.finish(upload=Upload.objects.get(uuid=uuid), now=now).sha256 == sha256(pdf).hexdigest()


def test_bytes_that_a_crash_left_beyond_the_offset_are_forgotten(tusc, now):
    uuid = tusc.begin(8)
    tusc.patch(uuid, 0, b"1234")
    part = parts.place(Upload.objects.get(uuid=uuid).uuid)
    part.write_bytes(b"1234garbage of a crash")
    tusc.patch(uuid, 4, b"5678")
    assert part.read_bytes() == b"12345678"


@pytest.mark.parametrize(("offset", "content", "status"), [
    (0, b"again", 409), (9, b"gap", 409), ("", b"none", 409), ("-4", b"x", 409), (4, b"too long!", 413),
])  # fmt: skip
def test_bytes_at_the_wrong_place_are_refused(tusc, offset, content, status):
    uuid = tusc.begin(10)
    tusc.patch(uuid, 0, b"1234")
    assert tusc.patch(uuid, offset, content).status_code == status
    assert Upload.objects.get(uuid=uuid).offset == 4


def test_other_versions_types_and_methods_are_refused(tusc):
    uuid = tusc.begin(4)
    assert tusc.patch(uuid, 0, b"1", **{"Tus-Resumable": "0.2.2"}).status_code == 412
    assert tusc.patch(uuid, 0, b"1", **{"Content-Type": "text/plain"}).status_code == 415
    assert tusc.ask("GET", uuid).status_code == 405
    assert tusc.create(4, **{"Tus-Resumable": "9"}).status_code == 412


@pytest.mark.parametrize("length", ["", "x", "-1", "1e3", "9" * 20, "１"])
def test_a_length_that_is_none_is_refused(tusc, length):
    assert tusc.create(4, **{"Upload-Length": length.encode().decode("latin-1")}).status_code == 400


def test_what_the_server_can_do(rf):
    response = tus.create(rf.options("/uploads"), owner_id=1, address=str, now=None, limit=99)
    assert response.status_code == 204
    assert (response["Tus-Version"], response["Tus-Max-Size"]) == ("1.0.0", "99")
    assert response["Tus-Extension"] == "creation,termination,expiration"


def test_others_uploads_do_not_exist(tusc, stranger):
    uuid = tusc.begin(4)
    for method in ("HEAD", "DELETE"):
        assert stranger.ask(method, uuid).status_code == 404
    assert stranger.patch(uuid, 0, b"1234").status_code == 404
    assert tusc.ask("HEAD", str(uuid4())).status_code == 404
    assert Upload.objects.get(uuid=uuid).offset == 0


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(tusc, settings):
    assert tusc.create(101, limit=100).status_code == 413
    settings.APPLICATION_LIMIT = 150
    tusc.begin(100, limit=100)
    refusal = tusc.create(51, limit=100)
    assert refusal.status_code == 413
    assert "合计" in refusal.content.decode()
    assert tusc.create(50, limit=100).status_code == 201


def test_an_upload_can_be_given_up(tusc):
    uuid = tusc.begin(4)
    assert tusc.ask("DELETE", uuid).status_code == 204
    assert tusc.ask("HEAD", uuid).status_code == 404
    assert list(parts.place(uuid4()).parent.iterdir()) == []


def test_expired_uploads_are_gone_and_swept(tusc, owner, now, tmp_path):
    uuid = tusc.begin(4)
    kept = tusc.begin(4)
    Upload.objects.filter(uuid=uuid).update(expires_at=machine_now() - timedelta(seconds=1))
    assert tusc.ask("HEAD", uuid).status_code == 404
    stray = tmp_path / "uploads" / uuid4().hex
    stray.write_bytes(b"x")
    assert actions.purge(now=machine_now()) == 1
    assert stray.exists(), "it may have just begun"
    actions.purge(now=machine_now() + timedelta(days=2))
    assert not stray.exists()
    assert tusc.ask("HEAD", kept).status_code == 200


def test_every_piece_keeps_an_upload_alive(tusc):
    uuid = tusc.begin(4)
    Upload.objects.update(expires_at=machine_now() + timedelta(hours=1))
    tusc.patch(uuid, 0, b"12")
    assert Upload.objects.get(uuid=uuid).expires_at > machine_now() + timedelta(days=6)


def test_finishing_twice_gives_the_same_file(tusc, pdf, now):
    upload = tusc.send(pdf)
    assert actions.finish(upload=upload, now=now) == actions.finish(upload=upload, now=now)


def test_an_unfinished_upload_is_no_file(tusc, now):
    uuid = tusc.begin(10)
    with pytest.raises(UploadError, match="incomplete"):
        actions.finish(upload=Upload.objects.get(uuid=uuid), now=now)


def test_what_a_booklet_can_not_take_is_refused_and_removed(tusc, now):
    upload = tusc.send(b"MZ this is no paper")
    with pytest.raises(UnusableError) as refusal:
        actions.finish(upload=upload, now=now)
    assert "PDF" in str(refusal.value)
    assert not Upload.objects.exists()
    assert not File.objects.exists()


def test_other_kinds_are_kept_where_they_are_asked_for(tusc, now):
    file = actions.finish(upload=tusc.send(b"a,b\n1,2\n"), now=now, booklet=False)
    assert file.kind in {"application/octet-stream"}


def test_the_same_content_uploaded_twice_is_one_file(tusc, stranger, pdf, now):
    first = actions.finish(upload=tusc.send(pdf), now=now)
    assert actions.finish(upload=stranger.send(pdf), now=now) == first


def test_content_that_was_kept_unseen_is_looked_into_when_a_booklet_needs_it(tusc, stranger, pdf, now):
    kept = actions.store(source=io.BytesIO(pdf), now=now, kind="application/octet-stream")
    assert kept.pages is None
    file = actions.finish(upload=tusc.send(pdf), now=now)
    assert (file.pk, file.kind, file.pages) == (kept.pk, "application/pdf", 2)
    assert actions.finish(upload=stranger.send(pdf), now=now, booklet=False).pages == 2


def test_a_crash_between_the_content_and_its_row_is_mended_by_finishing_again(tusc, pdf, now):
    upload = tusc.send(pdf)
    actions.finish(upload=upload, now=now)
    Upload.objects.update(file=None)
    File.objects.all().delete()
    upload = Upload.objects.get()
    assert actions.finish(upload=upload, now=now).pages == 2


def test_bytes_that_vanished_are_said_to_be_gone(tusc, pdf, now):
    upload = tusc.send(pdf)
    Upload.objects.update(sha256="")
    parts.place(upload.uuid).unlink()
    with pytest.raises(UploadError, match="gone"):
        actions.finish(upload=upload, now=now)
    assert tusc.patch(tusc.begin(4), 0, b"12").status_code == 204


@pytest.mark.parametrize(("given", "shown"), [
    ("合同.pdf", "合同.pdf"), ("C:\\Users\\a\\扫描.pdf", "扫描.pdf"), ("../../etc/passwd", "passwd"),
    ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"), ("\u202egpj.exe", "gpj.exe"), ("", "file"),
    ("长" * 300 + ".pdf", "长" * 251 + ".pdf"),
])  # fmt: skip
def test_names_are_cleaned(tusc, given, shown):
    tusc.create(1, name=given)
    assert Upload.objects.get().name == shown


@pytest.mark.parametrize("metadata", ["filename", "filename ***", "filename /w==", "other abc", ","])
def test_odd_metadata_are_no_obstacle(tusc, metadata):
    tusc.create(1, **{"Upload-Metadata": metadata})
    assert Upload.objects.get().name == "file"


def test_a_full_disk_is_said_and_nothing_is_lost(tusc, monkeypatch):
    uuid = tusc.begin(8)
    tusc.patch(uuid, 0, b"1234")

    def full(_handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(tus.os, "fsync", full)
        assert tusc.patch(uuid, 4, b"5678").status_code == 507
    assert tusc.ask("HEAD", uuid)["Upload-Offset"] == "4"
    assert tusc.patch(uuid, 4, b"5678").status_code == 204


def test_a_piece_costs_few_queries(tusc, django_assert_num_queries):
    uuid = tusc.begin(8)
    with django_assert_num_queries(3):
        tusc.patch(uuid, 0, b"1234")


@pytest.mark.django_db(transaction=True)
def test_two_hands_on_one_upload_do_not_mix(tusc):
    size = 300_000
    uuid = tusc.begin(size)
    barrier, got = threading.Barrier(3), []

    def hand(sign):
        try:
            barrier.wait(10)
            got.append((tusc.patch(uuid, 0, sign * size).status_code, sign))
        finally:
            connection.close()

    threads = [threading.Thread(target=hand, args=(sign,)) for sign in (b"a", b"b", b"c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    won = [sign for status, sign in got if status == 204]
    assert len(won) == 1
    assert {status for status, _sign in got} <= {204, 409, 423}
    assert parts.place(Upload.objects.get().uuid).read_bytes() == won[0] * size


def test_what_comes_fast_waits_for_the_disk_once(tusc, monkeypatch):
    told = []
    monkeypatch.setattr(tus.os, "fsync", told.append)
    size = 11 * 1024 * 1024
    uuid = tusc.begin(size)
    monkeypatch.setattr(tus, "SECONDS_BETWEEN", 60)
    assert tusc.patch(uuid, 0, bytes(size)).status_code == 204
    assert len(told) == 1


@pytest.mark.django_db(transaction=True)
def test_a_server_killed_in_the_middle_goes_on_from_what_is_safe(tusc, environment, now):
    size = 11 * 1024 * 1024
    content = bytes(range(256)) * (size // 256)
    uuid = tusc.begin(size)
    command = [sys.executable, "tests/files/crash.py", str(tusc.owner_id), uuid, str(9 * 1024 * 1024)]
    killed = subprocess.run(command, env=environment, check=False, timeout=60)
    assert killed.returncode == -9
    offset = int(tusc.ask("HEAD", uuid)["Upload-Offset"])
    assert offset == 8 * 1024 * 1024
    assert tusc.patch(uuid, offset, content[offset:]).status_code == 204
    file = actions.finish(upload=Upload.objects.get(uuid=uuid), now=now, booklet=False)
    assert file.sha256 == sha256(content).hexdigest()
