"""The stamped scan: brought in any number of files, read by a job, taken page by page by a person."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from xingyun.applications import permissions
from xingyun.applications.actions.booklets import enqueue_stamped
from xingyun.applications.actions.editing import Edit, editing
from xingyun.applications.models import Application, Booklet, ScanPart, ScanReading, StampedPage
from xingyun.applications.queries.booklets import current_booklet, digest, inputs_of, printed
from xingyun.applications.queries.stamped import open_scan
from xingyun.applications.states import OPEN_SCANS, BookletState, ScanState
from xingyun.audit.errors import Conflict, Refused
from xingyun.documents.stamped import Kind
from xingyun.files.models import File
from xingyun.jobs import actions as jobs
from xingyun.jobs.run import Run
from xingyun.registry.actors import Actor

KIND = "applications.scan"
KINDS = ("application/pdf", "image/jpeg", "image/png")
MOST_FILES = 60
MOST_PAGES = 400
PLACES = ("booklet",)

Found = list[dict[str, Any]]


def bring_scan(
    *, application: Application, file: File, name: str, actor: Actor, now: datetime
) -> ScanReading:
    """Take a PDF or a photo of stamped pages to the scan that is open, and have it read.

    Which pages they are, how they lie and in which order they come does not matter. Raises Refused, Conflict.
    """
    permissions.may_edit(actor, application, *PLACES)
    booklet = _present(application)
    if not file.usable:
        raise Refused(_("这份扫描件还没有通过病毒扫描，请等扫描完成。"), field="scan")
    if file.kind not in KINDS:
        raise Refused(_("扫描件收 PDF、JPG 或 PNG。请另存成其中一种再传。"), field="scan")
    with editing(application=application, act="scan.added", places=PLACES, actor=actor, now=now) as edit:
        if digest(inputs_of(edit.application)) != booklet.inputs:
            raise Conflict(_("就在刚才内容有改动，这份扫描件不是现在的版本。请重新成册、盖章、扫描。"))
        reading = _open(edit, booklet, actor, now)
        parts = list(ScanPart.objects.filter(reading=reading).select_related("file"))
        if any(part.file_id == file.pk for part in parts):
            edit.nothing = True
            return reading
        _bounded(parts, file)
        ScanPart.objects.create(reading=reading, file=file, name=name[:160])
        reading.state = ScanState.READING
        reading.save(update_fields=["state"])
        edit.say(version=booklet.version, file=file.sha256, pages=file.pages)
        payload = {"reading": reading.pk, "files": len(parts) + 1}
        jobs.enqueue(kind=KIND, key=str(reading.pk), payload=payload, owner=actor.user_id, now=now)
    return reading


def keep_read(
    *, reading: ScanReading, files: Sequence[int], found: Found, file: File | None, run: Run
) -> bool:
    """What was read of these parts (their ids). False if more have come meanwhile, or it is not open."""
    with transaction.atomic():
        run.check()
        Application.objects.filter(pk=reading.application_id).update(parts_rev=F("parts_rev") + 1)
        now_there = ScanPart.objects.filter(reading=reading).values_list("pk", flat=True)
        if sorted(now_there) != sorted(files):
            return False
        return bool(
            ScanReading.objects.filter(pk=reading.pk, state=ScanState.READING).update(
                state=ScanState.READ, found=found, file=file
            )
        )


def take_scan(
    *, application: Application, scan: UUID, placed: Mapping[int, int], actor: Actor, now: datetime
) -> list[int]:
    """Put the pages that fit into their places; returns their numbers.

    `placed` says of pages without a readable code, by their row in `found`, which page of the book each is.
    Raises Refused, Conflict where a colleague has taken or dropped it.
    """
    with editing(application=application, act="scan.taken", places=PLACES, actor=actor, now=now) as edit:
        reading = _read(edit, scan)
        sheets = {sheet.number: sheet for sheet in printed(reading.booklet)}
        rows = [row for row in reading.found if row["kind"] == Kind.FITS]
        taken = {row["number"]: row for row in rows}
        by_hand = _by_hand(reading.found, placed, set(sheets) - set(taken))
        taken.update(by_hand)
        if not taken:
            raise Refused(_("这份扫描件里没有可以采用的页。请按提示重新扫描。"), field="scan")
        for number, row in sorted(taken.items()):
            _put(reading, number, sheets[number].code.digest, row, by_hand=number in by_hand, now=now)
        ScanReading.objects.filter(pk=reading.pk).update(state=ScanState.TAKEN)
        enqueue_stamped(booklet=reading.booklet, owner=actor.user_id, now=now)
        edit.say(
            version=reading.booklet.version,
            file=reading.file.sha256 if reading.file else "",
            pages=sorted(taken),
            by_hand=sorted(by_hand),
        )
    return sorted(taken)


def drop_scan(*, application: Application, scan: UUID, actor: Actor, now: datetime) -> None:
    """Leave everything as it was; what was brought is not used."""
    with editing(application=application, act="scan.dropped", places=PLACES, actor=actor, now=now) as edit:
        reading = ScanReading.objects.filter(application=edit.application, uid=scan, state__in=OPEN_SCANS)
        edit.nothing = not reading.update(state=ScanState.DROPPED)


def _present(application: Application) -> Booklet:
    booklet = current_booklet(application)
    if booklet is None:
        raise Refused(_("内容改动以后还没有成册。请先成册，打印新的一版，盖章后再扫描上传。"), field="scan")
    if booklet.state != BookletState.READY:
        raise Refused(_("第 %d 版还没有成册，请等它做好再上传扫描件。") % booklet.version, field="scan")
    return booklet


def _open(edit: Edit, booklet: Booklet, actor: Actor, now: datetime) -> ScanReading:
    reading = open_scan(edit.application)
    if reading is not None and reading.booklet_id == booklet.pk:
        return reading
    if reading is not None:
        ScanReading.objects.filter(pk=reading.pk).update(state=ScanState.DROPPED)
    return ScanReading.objects.create(
        application=edit.application, booklet=booklet, brought_by_id=actor.person, brought_at=now
    )


def _bounded(parts: Sequence[ScanPart], file: File) -> None:
    pages = sum(part.file.pages or 1 for part in parts) + (file.pages or 1)
    if len(parts) >= MOST_FILES or pages > MOST_PAGES:
        said = _("一次最多 %(files)d 个文件、%(pages)d 页。请先采用或放弃已经上传的，再传其余的。")
        raise Refused(said % {"files": MOST_FILES, "pages": MOST_PAGES}, field="scan")


def _read(edit: Edit, scan: UUID) -> ScanReading:
    known = ScanReading.objects.select_related("booklet", "file")
    reading = known.filter(application=edit.application, uid=scan).first()
    if reading is None or reading.state not in OPEN_SCANS:
        raise Conflict(_("这份扫描件已经处理过了。请看页面上现在的情况。"))
    if reading.state == ScanState.READING:
        raise Conflict(_("又有文件传上来，正在识别。请等识别完再确认。"))
    return reading


def _by_hand(found: Found, placed: Mapping[int, int], free: set[int]) -> dict[int, dict[str, Any]]:
    """Number → row of the pages that a person has told apart."""
    taken: dict[int, dict[str, Any]] = {}
    for row, number in placed.items():
        if not 0 <= row < len(found) or found[row]["kind"] != Kind.UNREAD or found[row]["index"] is None:
            raise Conflict(_("页面上的内容已经变了。请刷新后再选。"))
        if number not in free or number in taken:
            said = _("第 %d 页已经有了，或者不是要盖章的页。请重新选择。")
            raise Refused(said % number, field="scan")
        taken[number] = found[row]
    return taken


def _put(
    reading: ScanReading, number: int, signs: str, row: dict[str, Any], *, by_hand: bool, now: datetime
) -> None:
    if reading.file is None:  # what fits was put upright, and so there is a file
        raise Conflict(_("页面上的内容已经变了。请刷新后再选。"))
    same = StampedPage.objects.filter(application=reading.application_id, number=number, digest=signs)
    same.filter(removed_at=None).update(removed_at=now)
    StampedPage.objects.create(
        application_id=reading.application_id,
        reading=reading,
        number=number,
        digest=signs,
        file=reading.file,
        index=row["index"],
        red=row["red"],
        by_hand=by_hand,
    )
