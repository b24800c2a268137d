"""Pictures of pages: drawn once, each in a process of its own, and kept until nobody looks at them any more.

They can be thrown away at any time and belong to no backup. A page that can't be drawn within its bounds is
remembered as such, so that looking at it again costs nothing.
"""

import os
import struct
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import BoundedSemaphore
from typing import NamedTuple

from django.conf import settings

from xingyun.documents.guarded import EndedError, drawn
from xingyun.files.kinds import MEDIA, bounds
from xingyun.files.models import File
from xingyun.files.queries import path

VERSION = "1"  # of what is drawn; counted up, everything is drawn anew
SECONDS = 10
OUTPUT = 64 * 1024 * 1024
AHEAD = 60  # pages of a file that are drawn before anybody asks
KEEP_UNUSED = timedelta(days=30)
NONE = ".none"
PAPER = 2**0.5
# Requests that draw at the same time; others wait their turn.
_TURN = BoundedSemaphore(2)


class Size(NamedTuple):
    """The resolution, and the most pixels across (0: as many as there are)."""

    dpi: int
    wide: int = 0


SIZES = {"thumb": Size(72, 320), "page": Size(110), "large": Size(220)}


def picture(file: File, page: int, size: str = "page", turn: int = 0) -> Path | None:
    """The PNG of a page (from 1), `turn` quarters clockwise, drawn now if it was not before.

    None where there is none to be had.
    """
    if file.kind not in MEDIA.values() or not 1 <= page <= (file.pages or 1):
        return None
    place = _place(file.sha256, page, size, turn % 4)
    if place.exists():
        os.utime(place)
        return place
    if place.with_suffix(NONE).exists():
        return None
    with _TURN:
        return place if place.exists() or _draw(file, page, SIZES[size], turn % 4, place) else None


def shape(file: File, page: int) -> float:
    """How high the picture of a page is for its width; that of upright paper where there is none."""
    place = picture(file, page)
    if place is None:
        return PAPER
    with place.open("rb") as stream:
        wide, high = struct.unpack("!II", stream.read(24)[16:])
    return float(high / wide)


def draw_ahead(file: File, alive: Callable[[], None] = lambda: None) -> int:
    """Draw what a reader will ask for first; returns how many pages there are. `alive` may raise to stop."""
    done = 0
    for page in range(1, min(file.pages or 1, AHEAD) + 1):
        alive()
        done += all(picture(file, page, size) is not None for size in ("page", "thumb"))
    return done


def purge(*, now: datetime) -> int:
    """Remove what nobody looked at for 30 days, then, the oldest first, what is too much; returns how many.

    `now` is machine time.
    """
    kept = sorted(_kept(), key=lambda one: one[0])
    total, gone = sum(size for _used, size, _path in kept), 0
    for used, size, place in kept:
        if used < (now - KEEP_UNUSED).timestamp() or total > settings.PICTURES_LIMIT:
            place.unlink(missing_ok=True)
            total, gone = total - size, gone + 1
    return gone


def _draw(file: File, page: int, wanted: Size, turn: int, place: Path) -> bool:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=place.parent, suffix=".new")
    os.close(handle)
    fresh = Path(name)
    held = replace(bounds(), seconds=min(SECONDS, settings.READ_SECONDS), output=OUTPUT)
    try:
        if drawn(path(file), page, fresh, held, dpi=wanted.dpi, wide=wanted.wide, turn=turn):
            fresh.replace(place)
            return True
    except EndedError:
        pass
    finally:
        fresh.unlink(missing_ok=True)
    place.with_suffix(NONE).touch()
    return False


def _place(sha256: str, page: int, size: str, turn: int) -> Path:
    return Path(settings.PICTURES_ROOT) / sha256[:2] / sha256 / f"{page}-{size}-{turn}-{VERSION}.png"


def _kept() -> Iterator[tuple[float, int, Path]]:
    for place in Path(settings.PICTURES_ROOT).glob("??/*/*"):
        try:
            found = place.stat()
        except FileNotFoundError:
            continue
        yield found.st_mtime, found.st_blocks * 512, place
