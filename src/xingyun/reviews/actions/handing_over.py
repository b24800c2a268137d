"""The bundle of a report: asked for, made by a job, taken, and let go when its days are over."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.clock import ZONE
from xingyun.documents.bundle import BundleError, write_bundle
from xingyun.files import actions as files
from xingyun.files.kept import workplace
from xingyun.files.models import File
from xingyun.jobs import actions as jobs
from xingyun.registry.actors import Actor
from xingyun.reviews.models import HandOver, Report
from xingyun.reviews.permissions import may_hand_over
from xingyun.reviews.queries.hand_overs import bundle, last_hand_over
from xingyun.reviews.queries.reporting import get_report

KIND = "reviews.hand_over"
KEPT = timedelta(days=7)
# The bundle lies on the disk twice for a moment: as it is made, and as it is kept.
COPIES = 2
RESERVE = 1024 * 1024 * 1024


def ask_hand_over(*, report: Report, actor: Actor, now: datetime) -> HandOver:
    """Have the bundle made; while one is under way, that is the one. Raises NotAllowed, Refused."""
    may_hand_over(actor, get_report(actor, report.uid))
    _room(bundle(report).size)
    with transaction.atomic():
        try:
            with transaction.atomic():
                made = HandOver.objects.create(report=report, asked_by_id=actor.person, asked_at=now)
        except IntegrityError:
            found = last_hand_over(report)
            if found is None or found.ended_at is not None:
                raise Conflict(_("移交包刚刚做好，请刷新这一页。")) from None
            made = found
        payload = {"hand_over": made.pk, "language": get_language() or ""}
        jobs.enqueue(kind=KIND, key=str(made.uid), payload=payload, owner=actor.person, now=now)
    return made


def make_hand_over(
    *,
    made: HandOver,
    actor: Actor,
    now: datetime,
    progress: Callable[[int, int], None],
    check: Callable[[], None],
    also: Callable[[], None],
) -> None:
    """Write the bundle and keep it for seven days; the row, the record and the job's end are one.

    `actor` is who asked, with its seats of now. Memory does not grow with the books. Raises Refused when
    a file is damaged, or there is no room.
    """
    if made.ended_at is not None:
        return
    report = get_report(actor, made.report.uid)
    may_hand_over(actor, report)
    found = bundle(report)
    _room(found.size)
    told = _Count(found.size, progress)
    heads = (_("文件"), _("字节数"), "SHA-256")
    with workplace() as folder:
        try:
            path = write_bundle(
                folder / "bundle.zip", found.entries, at=report.prepared_at.astimezone(ZONE), heads=heads,
                each=told,
            )  # fmt: skip
        except BundleError as error:
            said = _("“%s”已损坏，没有做成移交包。请联系系统管理员从备份恢复这个文件。")
            raise Refused(said % error.name) from error
        file = files.store(source=path, now=now, kind="application/zip")
    _hold(made, file)
    with transaction.atomic():
        check()
        ended = HandOver.objects.filter(pk=made.pk, ended_at=None).update(
            ended_at=now, expires_at=now + KEPT, books=found.books, file=file
        )
        also()
        if ended:
            _record(made, "hand_over.made", actor, now, books=found.books, file=file.sha256)


def take_hand_over(*, made: HandOver, actor: Actor, now: datetime) -> File:
    """The file; each taking is recorded. Raises Conflict once it has expired."""
    may_hand_over(actor, get_report(actor, made.report.uid))
    if made.file is None or made.expires_at is None or made.expires_at <= now:
        raise Conflict(_("这份移交包已过期，文件已删除。需要时请重新生成。"))
    with transaction.atomic():
        _record(made, "hand_over.taken", actor, now, file=made.file.sha256)
    return made.file


def purge_hand_overs(*, now: datetime) -> int:
    """Delete bundles whose days are over; returns how many. What they were made of stays."""
    gone = 0
    for made in HandOver.objects.filter(expires_at__lte=now, file__isnull=False).select_related("file"):
        HandOver.objects.filter(pk=made.pk).update(file=None)
        gone += made.file is not None and files.discard(file=made.file)
    return gone


def _hold(made: HandOver, file: File) -> None:
    """Let the row name what was written before anything can go wrong: what no row names is never deleted."""
    before = File.objects.filter(pk=made.file_id).first() if made.file_id else None
    HandOver.objects.filter(pk=made.pk, ended_at=None).update(file=file)
    if before is not None and before != file:
        files.discard(file=before)


def _room(size: int) -> None:
    root = Path(settings.FILES_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(root).free < COPIES * size + RESERVE:
        said = _("服务器磁盘放不下这份移交包（约 %s MB）。请联系系统管理员腾出空间后再试。")
        raise Refused(said % (size // (1024 * 1024) + 1))


class _Count:
    """How many megabytes went in so far; telling the job is a write, so it is told now and then."""

    STEP = 16 * 1024 * 1024

    def __init__(self, size: int, progress: Callable[[int, int], None]) -> None:
        self.size, self.progress, self.done, self.told = size, progress, 0, 0

    def __call__(self, more: int) -> None:
        self.done += more
        if self.done - self.told >= self.STEP:
            self.told = self.done
            self.progress(self.done >> 20, max(self.size >> 20, 1))


def _record(made: HandOver, act: str, actor: Actor, now: datetime, **more: object) -> None:
    body = {"hand_over": str(made.uid), **more}
    audit.append(stream=made.report.stream, act=act, actor=actor, body=body, now=now)
