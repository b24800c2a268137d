"""Keeping content, and carrying uploads to their end."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError, Sum

from xingyun.clock import machine_now
from xingyun.documents.inspect import UnusableError
from xingyun.files import parts, storage
from xingyun.files.actions import scanning
from xingyun.files.actions.cleansing import without_active
from xingyun.files.kinds import Look, any_kind, for_booklet
from xingyun.files.models import File, Upload
from xingyun.files.states import Scan

KEEP_UPLOADS = timedelta(days=7)


class UploadError(ValueError):
    """The upload can't go on: `code` is one of too_large, too_much, incomplete, gone."""

    def __init__(self, code: str, limit: int = 0) -> None:
        self.code, self.limit = code, limit
        super().__init__(code)


def store(
    *,
    source: BinaryIO | Path,
    now: datetime,
    limit: int | None = None,
    kind: str = "",
    pages: int | None = None,
    scan: Scan = Scan.OFF,
) -> File:
    """Keep this content and return its File; the same content twice is one File.

    `kind` is found by looking inside unless the caller, who made the content, names it. `scan` is the state
    of content that is new: what we made needs none, what comes from outside goes to `receive`. Raises
    storage.TooLargeError beyond `limit` bytes. Call it before the transaction that refers to the file:
    content is safe on disk before a row names it, and nobody waits for the disk with a lock in hand.
    """
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return store(source=stream, now=now, limit=limit, kind=kind, pages=pages, scan=scan)
    written, sha256, size = storage.write(source, limit)
    look = Look(kind, pages) if kind else any_kind(written)
    storage.settle(written, sha256)
    return _row(sha256, size, look, now, scan)


def receive(
    *, source: BinaryIO | Path, now: datetime, limit: int | None = None, look: Look | None = None
) -> File:
    """Keep content that comes from outside with an ordinary form, and have it scanned at once.

    While the scanner does not answer the file waits (scan_state) and is served to nobody; nothing is lost.
    Active content of a PDF is left out. Raises scanning.InfectedError, storage.TooLargeError, UnusableError.
    Call it outside a transaction.
    """
    if look is not None and look.active and isinstance(source, Path):
        clean = without_active(source, look)
        storage.settle(clean.path, clean.sha256)
        file = _row(clean.sha256, clean.size, clean.look, now, scanning.expected())
    else:
        kind, pages = (look.kind, look.pages) if look else ("", None)
        file = store(source=source, now=now, limit=limit, kind=kind, pages=pages, scan=scanning.expected())
    scanning.scan(file=file)
    if file.scan_state == Scan.INFECTED:
        raise scanning.InfectedError(file.threat)
    return file


def discard(*, file: File) -> bool:
    """Forget content that was kept for some days only; False, and it stays, where another row names it.

    The bytes go once the caller's transaction is committed.
    """
    try:
        with transaction.atomic():
            File.objects.filter(pk=file.pk).delete()
    except (ProtectedError, IntegrityError):
        return False
    transaction.on_commit(lambda: storage.remove(file.sha256))
    return True


def begin(*, owner_id: int, name: str, length: int, now: datetime, limit: int | None = None) -> Upload:
    """Start an upload; raises UploadError too_large (this file), too_much (all that this person sends).

    Raises OSError where the disk takes nothing; then no upload was started.
    """
    limit = settings.FILE_LIMIT if limit is None else limit
    if length > limit:
        raise UploadError("too_large", limit)
    waiting = Upload.objects.filter(owner_id=owner_id, file=None).aggregate(all=Sum("length"))["all"] or 0
    if waiting + length > settings.APPLICATION_LIMIT:
        raise UploadError("too_much", settings.APPLICATION_LIMIT)
    upload = Upload.objects.create(
        owner_id=owner_id, name=name, length=length, created_at=now, expires_at=machine_now() + KEEP_UPLOADS
    )
    try:
        parts.create(upload.uuid)
    except OSError:
        upload.delete()
        raise
    return upload


def advance(*, upload: Upload, to: int, sha256: str = "") -> bool:
    """Say that the bytes up to `to` are safe on disk; False when somebody else moved the upload meanwhile."""
    moved = Upload.objects.filter(pk=upload.pk, offset=upload.offset, length__gte=to, file=None).update(
        offset=to, sha256=sha256, expires_at=machine_now() + KEEP_UPLOADS
    )
    if moved:
        upload.offset, upload.sha256 = to, sha256
    return bool(moved)


def finish(*, upload: Upload, now: datetime, booklet: bool = True) -> File:
    """Make the complete upload a File; again and again the same one.

    With `booklet` only PDF, JPG and PNG that a booklet can take pass, a PDF without its active content:
    documents.inspect.UnusableError says what to mend, and the useless upload is removed. Raises UploadError
    incomplete, gone, and parts.BusyError while bytes are still arriving. Call it outside a transaction: it
    reads the whole file.
    """
    with parts.held(upload.uuid):
        upload.refresh_from_db()
        if upload.file is not None:
            return upload.file
        if not upload.complete:
            raise UploadError("incomplete")
        return _finish(upload, now, booklet)


def abandon(*, upload: Upload) -> None:
    """Forget an upload and its bytes; a file made of it stays."""
    Upload.objects.filter(pk=upload.pk).delete()
    parts.remove(upload.uuid)


def purge(*, now: datetime) -> int:
    """Forget expired uploads (`now` is machine time) and bytes that belong to none; returns how many."""
    expired = list(Upload.objects.filter(expires_at__lte=now))
    for upload in expired:
        abandon(upload=upload)
    known = set(Upload.objects.filter(file=None).values_list("uuid", flat=True))
    parts.sweep(known, before=now - timedelta(days=1))
    storage.sweep(before=now - timedelta(days=1))
    return len(expired)


def _finish(upload: Upload, now: datetime, booklet: bool) -> File:
    part = parts.place(upload.uuid)
    # A crash after the content got its name leaves the digest in the row and no bytes beside it.
    sha256 = upload.sha256 or _digest(part)
    settled = storage.place(sha256)
    source = part if part.exists() else settled
    try:
        look = for_booklet(source) if booklet else any_kind(source)
        if look.active:
            made, sha256, size, look = without_active(source, look)
        else:
            made, size = source, source.stat().st_size
    except UnusableError:
        abandon(upload=upload)
        raise
    Upload.objects.filter(pk=upload.pk).update(sha256=sha256)
    if made is not settled:
        storage.settle(made, sha256)
    file = _row(sha256, size, look, now, scanning.expected())
    part.unlink(missing_ok=True)
    Upload.objects.filter(pk=upload.pk).update(file=file, offset=F("length"), finished_at=now)
    upload.file = file
    return file


def _digest(part: Path) -> str:
    try:
        return storage.digest(part)
    except FileNotFoundError as error:
        raise UploadError("gone") from error


def _row(sha256: str, size: int, look: Look, now: datetime, scan: Scan) -> File:
    told = {"kind": look.kind, "pages": look.pages, "cleaned": list(look.active)}
    fresh = File(sha256=sha256, size=size, created_at=now, scan_state=scan, **told)
    File.objects.bulk_create([fresh], ignore_conflicts=True)
    kept = File.objects.get(sha256=sha256)
    if kept.pages is None and look.pages is not None:
        # The same content was kept before by somebody who did not look inside.
        kept.kind, kept.pages = look.kind, look.pages
        kept.save(update_fields=["kind", "pages"])
    if scan == Scan.WAITING and kept.scan_state == Scan.OFF:
        # It was kept before there was a scanner, or made by us; now it comes from outside.
        File.objects.filter(pk=kept.pk, scan_state=Scan.OFF).update(scan_state=Scan.WAITING)
        kept.scan_state = Scan.WAITING
    scanning.have_scanned(file=kept, now=now)
    return kept
