"""Pieces kept on disk by the digest of what they were made of, so that they need not be made again.

Nothing depends on it: what is missing, damaged or can't be kept is made anew. Several processes may use one
folder: each file gets its name when it is whole, and a digest of everything seals what is known of a piece.
"""

import logging
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xingyun.documents import piece as pieces
from xingyun.documents.piece import Piece

INCOMING = "incoming"
SUFFIX = ".pdf"
SHARE = 16  # of the limit may come in before it is looked whether it is too much
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Entry:
    used: float
    size: int
    files: tuple[Path, ...]


class Shelf:
    """A folder of kept pieces of `limit` bytes; without a folder, or without a limit, nothing is kept."""

    def __init__(self, root: Path | None = None, limit: int = 0) -> None:
        self._root, self._limit, self._added = root, limit, 0

    def find(self, key: str, path: Path) -> Piece | None:
        """What is kept under `key`, its file brought to `path`; None unless every byte is as it was."""
        if self._root is None:
            return None
        place = _place(self._root, key)
        try:
            found = pieces.read(place.read_bytes(), lambda: _brought(place, path))
            os.utime(place)
        except OSError:
            found = None
        except pieces.DamagedError:
            log.warning("a kept piece is damaged and is made anew: %s", key)
            found = None
        if found is None:
            path.unlink(missing_ok=True)
        return found

    def keep(self, key: str, piece: Piece) -> None:
        """Keep a piece, whose file is not to be written any more; a full disk means that it is not kept."""
        if self._root is None or not self._limit:
            return
        try:
            self._keep(self._root, key, piece)
        except OSError as error:
            log.warning("a piece could not be kept: %s", error)

    def trim(self, *, before: float = 0) -> int:
        """Remove what nobody used since then (seconds of machine time), then, oldest first, what is too much.

        Returns how many pieces were removed.
        """
        entries = sorted(_entries(self._root), key=lambda entry: entry.used) if self._root else []
        total, gone = sum(entry.size for entry in entries), 0
        for entry in entries:
            if entry.used < before or total > self._limit:
                for file in entry.files:
                    file.unlink(missing_ok=True)
                total, gone = total - entry.size, gone + 1
        return gone

    def sweep(self, *, before: float) -> None:
        """Throw away what a crash left half written before then (seconds of machine time)."""
        folder = self._root / INCOMING if self._root else None
        for path in folder.iterdir() if folder and folder.exists() else ():
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before:
                    path.unlink()

    def _keep(self, root: Path, key: str, piece: Piece) -> None:
        # Pieces are as private as the files that they were made of.
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = _place(root, key)
        place.parent.mkdir(exist_ok=True)
        (root / INCOMING).mkdir(exist_ok=True)
        fresh = root / INCOMING / f"{key}-{secrets.token_hex(4)}"
        try:
            if piece.path is not None:
                piece.path.chmod(0o440)
                _bring(piece.path, fresh)
                fresh.replace(place.with_suffix(SUFFIX))
                self._added += piece.path.stat().st_size
            self._added += fresh.write_bytes(pieces.facts(piece))
            fresh.replace(place)
        finally:
            fresh.unlink(missing_ok=True)
        if self._added > self._limit // SHARE:
            self._added = 0
            self.trim()


def _place(root: Path, key: str) -> Path:
    return root / key[:2] / key


def _entries(root: Path) -> Iterator[_Entry]:
    for name in {path.with_suffix("") for path in root.glob("[0-9a-f][0-9a-f]/*")}:
        seen = {}
        for file in (name, name.with_suffix(SUFFIX)):
            with suppress(FileNotFoundError):
                seen[file] = file.stat()
        if seen:
            used = max(found.st_mtime for found in seen.values())
            yield _Entry(used, sum(found.st_blocks * 512 for found in seen.values()), tuple(seen))


def _brought(place: Path, path: Path) -> Path:
    _bring(place.with_suffix(SUFFIX), path)
    return path


def _bring(source: Path, target: Path) -> None:
    """The same file under another name, which lasts when the first one goes; a copy on another disk."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)
