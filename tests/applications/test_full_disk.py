"""A booklet while the disk is full: told in words, nothing half is kept, made when there is room again."""

from datetime import timedelta

import pytest
from tests.factories.applications import make_application

from xingyun.applications import actions
from xingyun.applications.states import BookletState
from xingyun.clock import ZONE
from xingyun.files import queries
from xingyun.files.models import File
from xingyun.jobs.models import Job
from xingyun.jobs.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(ground):
    return make_application(ground)


# Bytes that are left: the disk is full when the first page is set, or later in the midst of the book.
@pytest.mark.parametrize(("root", "left"), [("WORK_ROOT", 0), ("WORK_ROOT", 200_000), ("FILES_ROOT", 0)])
def test_a_booklet_waits_for_room(disk, settings, made, work, at, now, root, left):
    if root == "FILES_ROOT":
        # What was handed in so far lies on it already.
        for file in File.objects.all():
            target = disk.path / file.sha256[:2] / file.sha256[2:4] / file.sha256
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(queries.path(file).read_bytes())
    setattr(settings, root, disk.path)
    booklet = actions.make_booklet(application=made.application, actor=made.actor, now=now)
    disk.fill(leave=left)
    for n in range(5):
        at((now + timedelta(minutes=n)).astimezone(ZONE).isoformat())
        work()
        job = Job.objects.get(kind="applications.booklet")
        assert (job.state, job.failures) == (State.QUEUED, 0)
        assert "存储空间满了" in job.reason
        booklet.refresh_from_db()
        assert (booklet.state, booklet.file) == (BookletState.MAKING, None)
    disk.empty()
    at((now + timedelta(minutes=9)).astimezone(ZONE).isoformat())
    work()
    booklet.refresh_from_db()
    assert booklet.state == BookletState.READY
    assert Job.objects.get(kind="applications.booklet").state == State.DONE
