"""Pages that books are put together from, with all that has to be known about them."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xingyun.documents.render import Mark


class DamagedError(ValueError):
    """What was kept is not what it was."""


@dataclass(frozen=True)
class Piece:
    """`path` is a PDF of finished sheets, or None for a file whose pages can be drawn as they are.

    `texts` is what each page says, without blanks; empty where only a picture can tell.
    """

    path: Path | None
    pages: int
    marks: tuple[Mark, ...] = ()
    texts: tuple[str, ...] = ()

    def text(self, index: int) -> str | None:
        """What page `index` (from 0) says; None where only a picture can tell."""
        return self.texts[index] if self.texts else None


def facts(piece: Piece) -> bytes:
    """What is known about a piece, sealed by a digest of it and of the file."""
    known = {
        "file": piece.path is not None,
        "pages": piece.pages,
        "marks": [[mark.key, mark.page, mark.x, mark.y] for mark in piece.marks],
        "texts": piece.texts,
    }
    body = json.dumps(known, ensure_ascii=False).encode()
    return _seal(body, piece.path).encode() + b"\n" + body


def read(sealed: bytes, brought: Callable[[], Path]) -> Piece:
    """The piece again; `brought` brings its file, if there is one.

    Raises DamagedError if a byte of the file or of the facts is another one, and what `brought` raises.
    """
    seal, _, body = sealed.partition(b"\n")
    try:
        known = json.loads(body)
        path = brought() if known["file"] else None
        piece = Piece(path, known["pages"], tuple(Mark(*m) for m in known["marks"]), tuple(known["texts"]))
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedError from error
    if seal != _seal(body, path).encode():
        raise DamagedError
    return piece


def _seal(body: bytes, path: Path | None) -> str:
    found = hashlib.sha256(body)
    if path is not None:
        with path.open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()
