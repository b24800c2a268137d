"""Content without what acts by itself, before anything is kept under its name."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from xingyun.documents.guarded import cleaned
from xingyun.files import kept, storage
from xingyun.files.kinds import Look, bounds


class Written(NamedTuple):
    """Content on the disk that has no name yet."""

    path: Path
    sha256: str
    size: int
    look: Look


def without_active(source: Path, look: Look) -> Written:
    """A copy of a PDF without its active content, the same of the same; raises UnusableError."""
    with kept.workplace() as folder:
        out = folder / "cleaned.pdf"
        left_out = cleaned(source, out, bounds())
        with out.open("rb") as stream:
            written, sha256, size = storage.write(stream, None)
    return Written(written, sha256, size, replace(look, active=tuple(left_out)))
