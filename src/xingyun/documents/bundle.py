"""Many files as one ZIP with readable names, a list for people and digests for machines.

What goes in is read piece by piece and compared with its digest on the way, so memory stays the same
however many books there are. Files are stored as they are: PDFs and pictures don't get smaller. The same
files give the same bytes.
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from xingyun.documents.tables import Column, write_csv

PIECE = 1024 * 1024
LIST, SUMS = "清单.csv", "SHA256SUMS.txt"
# What Windows does not allow in names, as the wide sign that looks the same.
WIDE = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")
LONGEST = 60


class BundleError(ValueError):
    """A file is not what its digest says: `name` is its place in the bundle."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a bundle: its name with folders, where it lies, its SHA-256 and size in bytes."""

    name: str
    path: Path
    sha256: str
    size: int


def readable(text: str) -> str:
    """A name of one file or folder that people and all systems can read: no slashes, no control signs."""
    kept = "".join(sign for sign in text if sign.isprintable()).translate(WIDE).strip(" .")
    return kept[:LONGEST].rstrip(" .") or "_"


def write_bundle(
    out: Path,
    entries: Iterable[Entry],
    *,
    at: datetime,
    heads: tuple[str, str, str],
    each: Callable[[int], None] = lambda _size: None,
) -> Path:
    """Write the files to `out`, then the list (under `heads`: name, bytes, SHA-256) and the digests.

    `at` is what every file is dated; `each` is told how many bytes went in since it was told last. Raises
    BundleError when a file is not what its digest says.
    """
    listed: list[Entry] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, strict_timestamps=False) as bundle:
        for entry in entries:
            into = bundle.open(_info(entry.name, at), "w", force_zip64=True)
            with entry.path.open("rb") as source, into:
                if _copied(source, into.write, each) != entry.sha256:
                    raise BundleError(entry.name)
            listed.append(entry)
        bundle.writestr(_info(LIST, at), _table(out.with_suffix(".csv"), heads, listed))
        # As sha256sum and its like read it: `sha256sum -c SHA256SUMS.txt`.
        sums = "".join(f"{one.sha256}  {one.name}\n" for one in listed)
        bundle.writestr(_info(SUMS, at), sums)
    return out


def _copied(source: BinaryIO, write: Callable[[bytes], int], each: Callable[[int], None]) -> str:
    hasher = hashlib.sha256()
    while piece := source.read(PIECE):
        hasher.update(piece)
        write(piece)
        each(len(piece))
    return hasher.hexdigest()


def _table(path: Path, heads: tuple[str, str, str], listed: list[Entry]) -> bytes:
    name, size, sha256 = heads
    columns = (Column(name), Column(size, "int"), Column(sha256))
    try:
        rows = ((one.name, one.size, one.sha256) for one in listed)
        return write_csv(path, columns=columns, rows=rows).read_bytes()
    finally:
        path.unlink(missing_ok=True)


def _info(name: str, at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
    info.external_attr = 0o644 << 16
    return info
