"""Pieces of booklets, kept so that only what changed is made anew, and the folder in which one is made.

Both can be thrown away at any time, are never served, and belong to no backup.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from xingyun.documents.shelf import Shelf

KEEP_UNUSED = timedelta(days=30)


def shelf() -> Shelf:
    """The one shelf of this process."""
    return _shelf(Path(settings.KEPT_ROOT), settings.KEPT_LIMIT)


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder to make a booklet in, on the disk of the files and the shelf; removed at the end."""
    root = Path(settings.WORK_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=root) as folder:
        yield Path(folder)


def purge(*, now: datetime) -> int:
    """Remove what nobody used for 30 days, what is too much, what killed work left; returns how many pieces.

    `now` is machine time.
    """
    yesterday = now - timedelta(days=1)
    kept = shelf()
    kept.sweep(before=yesterday.timestamp())
    root = Path(settings.WORK_ROOT)
    for folder in root.iterdir() if root.exists() else ():
        if folder.stat().st_mtime < yesterday.timestamp():
            shutil.rmtree(folder, ignore_errors=True)
    return kept.trim(before=(now - KEEP_UNUSED).timestamp())


@lru_cache(maxsize=1)
def _shelf(root: Path, limit: int) -> Shelf:
    return Shelf(root, limit)
