"""The bytes of uploads on their way, one file each, held by one request at a time."""

import fcntl
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings


class BusyError(RuntimeError):
    """Another request is writing this upload."""


def place(uuid: UUID) -> Path:
    """Where the bytes of this upload lie."""
    return Path(settings.UPLOADS_ROOT) / uuid.hex


def create(uuid: UUID) -> None:
    """Begin with no bytes."""
    place(uuid).parent.mkdir(parents=True, exist_ok=True)
    place(uuid).touch(exist_ok=True)


def remove(uuid: UUID) -> None:
    """Throw the bytes away."""
    place(uuid).unlink(missing_ok=True)
    _lock(uuid).unlink(missing_ok=True)


@contextmanager
def held(uuid: UUID) -> Iterator[Path]:
    """Hold an upload against every other request on this machine; raises BusyError at once."""
    _lock(uuid).parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(_lock(uuid), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise BusyError from error
    try:
        yield place(uuid)
    finally:
        os.close(handle)


def sweep(known: Collection[UUID], *, before: datetime) -> None:
    """Throw away bytes that belong to no upload and were last written before then (machine time)."""
    root = Path(settings.UPLOADS_ROOT)
    names = {uuid.hex for uuid in known}
    for path in root.iterdir() if root.exists() else ():
        if path.stem not in names and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def _lock(uuid: UUID) -> Path:
    return place(uuid).with_suffix(".lock")
