"""What content is, told by looking inside, never by its name."""

from dataclasses import dataclass
from pathlib import Path

from xingyun.documents.inspect import KINDS, inspect, media_type

MEDIA = {short: media for media, short in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Look:
    """The media type, and the pages where pages mean something."""

    kind: str
    pages: int | None = None


def any_kind(path: Path) -> Look:
    """Whatever it is, it may be kept."""
    return Look(media_type(path))


def for_booklet(path: Path) -> Look:
    """What a booklet can take: PDF, JPG, PNG. Raises documents.inspect.UnusableError."""
    seen = inspect(path)
    return Look(MEDIA[seen.kind], seen.pages)
