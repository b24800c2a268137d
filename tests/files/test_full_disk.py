"""A disk that is full: told in words, nothing half is kept, it goes on when there is room again."""

import io
import random
from hashlib import sha256

import pikepdf
import pytest
from tests.disks import MB

from xingyun.files import actions, queries, storage
from xingyun.files.models import File, Upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(disk, settings):
    """Everything lies on it."""
    settings.UPLOADS_ROOT, settings.FILES_ROOT = disk.path / "uploads", disk.path / "files"


def content(size):
    """A PDF of a page with so many bytes that don't compress."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.pages[0].obj["/PieceInfo"] = made.make_stream(random.Random(1).randbytes(size))
        made.save(out)
    return out.getvalue()


def test_what_arrived_before_it_was_full_is_kept_and_gone_on_with(disk, tusc, now):
    sent = content(6 * MB)
    uuid = tusc.begin(len(sent))
    disk.fill(leave=5 * MB)
    answer = tusc.patch(uuid, 0, sent)
    assert answer.status_code == 507
    assert "存储空间" in answer.content.decode()
    safe = int(tusc.ask("HEAD", uuid)["Upload-Offset"])
    assert 4 * MB <= safe < len(sent)
    assert tusc.patch(uuid, safe, sent[safe:]).status_code == 507, "still full, and still told"
    disk.empty()
    safe = int(tusc.ask("HEAD", uuid)["Upload-Offset"])
    assert tusc.patch(uuid, safe, sent[safe:]).status_code == 204
    file = actions.finish(upload=Upload.objects.get(uuid=uuid), now=now)
    assert file.sha256 == sha256(sent).hexdigest() == sha256(queries.path(file).read_bytes()).hexdigest()


def test_an_upload_that_cannot_begin_leaves_nothing(disk, tusc):
    (disk.path / "uploads").mkdir()
    for n in range(1_000):
        try:
            (disk.path / f"small-{n}").touch()
        except OSError:
            break
    answer = tusc.create(10)
    assert answer.status_code == 507
    assert "存储空间" in answer.content.decode()
    assert not Upload.objects.exists()


def test_content_that_does_not_fit_is_not_half_there(disk, pdf, now):
    actions.store(source=io.BytesIO(pdf), now=now)
    disk.fill(leave=MB)
    with pytest.raises(OSError, match="No space left"):
        actions.store(source=io.BytesIO(content(3 * MB)), now=now)
    assert File.objects.count() == 1
    assert not list((disk.path / "files" / "incoming").iterdir())
    disk.empty()
    kept = actions.store(source=io.BytesIO(content(3 * MB)), now=now)
    assert storage.digest(queries.path(kept)) == kept.sha256
