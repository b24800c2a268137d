"""Content on disk: written beside, synchronised, then named by its digest. Nothing is ever overwritten."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

PIECE = 1024 * 1024


class TooLargeError(ValueError):
    """The content is larger than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"larger than {limit} bytes")


def place(sha256: str) -> Path:
    """Where content of this digest lies or would lie."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def pieces(source: BinaryIO) -> Iterator[bytes]:
    """The content, a megabyte at a time."""
    while piece := source.read(PIECE):
        yield piece


def digest(path: Path) -> str:
    """The SHA-256 of a file on disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(source: BinaryIO, limit: int | None) -> tuple[Path, str, int]:
    """Bring content onto the disk: (temporary path, SHA-256, size). Raises TooLargeError."""
    incoming = Path(settings.FILES_ROOT) / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=incoming)
    hasher, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces(source):
                size += len(piece)
                if limit is not None and size > limit:
                    raise TooLargeError(limit)
                hasher.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name), hasher.hexdigest(), size


def settle(written: Path, sha256: str) -> None:
    """Give synchronised content its name. The same content twice is kept once."""
    target = place(sha256)
    if target.exists():
        written.unlink()
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    written.chmod(0o440)
    os.replace(written, target)
    for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
        _sync(folder)


def remove(sha256: str) -> None:
    """Throw away content that no row names any more."""
    place(sha256).unlink(missing_ok=True)


def sweep(*, before: datetime) -> None:
    """Throw away what a crash left half written before then (machine time)."""
    incoming = Path(settings.FILES_ROOT) / "incoming"
    for path in incoming.iterdir() if incoming.exists() else ():
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def works() -> bool:
    """Write a byte, read it back, remove it."""
    root = Path(settings.FILES_ROOT)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root) as probe:
            probe.write(b"1")
            probe.seek(0)
            return probe.read() == b"1"
    except OSError:
        return False


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
