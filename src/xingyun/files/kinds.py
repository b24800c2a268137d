"""What content is, told by looking inside, never by its name."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from xingyun.documents.guarded import Bounds, inspected
from xingyun.documents.inspect import KINDS, media_type

MEDIA = {short: media for media, short in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Look:
    """The media type, the pages where pages mean something, and the active content of a PDF."""

    kind: str
    pages: int | None = None
    active: tuple[str, ...] = ()


def any_kind(path: Path) -> Look:
    """Whatever it is, it may be kept."""
    return Look(media_type(path))


def for_booklet(path: Path) -> Look:
    """What a booklet can take: PDF, JPG, PNG, looked into in a process of its own.

    Raises documents.inspect.UnusableError.
    """
    seen = inspected(path, bounds())
    return Look(MEDIA[seen.kind], seen.pages, seen.active)


def bounds() -> Bounds:
    """What looking into a file may cost in this installation."""
    return Bounds(
        seconds=settings.READ_SECONDS,
        memory=settings.READ_MEMORY,
        pages=settings.PAGE_LIMIT,
        pixels=settings.PIXEL_LIMIT,
        unpacked=settings.UNPACKED_LIMIT,
    )
