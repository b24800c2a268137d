"""Archives from strangers: nothing is unpacked under its own name, and what is counted is what comes out."""

import posixpath
import zipfile
import zlib
from pathlib import Path

from xingyun.documents.evidence_reading.findings import unreadable
from xingyun.documents.evidence_reading.limits import Limits

CHUNK = 1 << 16
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class Archive:
    """An opened zip. Names are looked up without regard to capital letters, as makers of OFD files do."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.unpacked
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise unreadable("archive_damaged") from error
        files = [info for info in self._zip.infolist() if not info.is_dir()]
        if len(files) > limits.entries:
            self._zip.close()
            raise unreadable("archive_entries", found=len(files), limit=limits.entries)
        self._files = {_plain(info.filename): info for info in reversed(files)}

    def close(self) -> None:
        """Let the file go."""
        self._zip.close()

    def names(self) -> list[str]:
        """The parts as they are named inside, in the archive's order."""
        return [info.filename for info in reversed(self._files.values())]

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _plain(name) in self._files

    def read(self, name: str) -> bytes:
        """One part. Raises UnreadableError when it is missing, locked, damaged, or too large unpacked."""
        info = self._files.get(_plain(name))
        if info is None:
            raise unreadable("ofd_damaged", found=name[:120])
        if info.flag_bits & 0x1:
            raise unreadable("archive_locked")
        if info.compress_type not in METHODS:
            raise unreadable("archive_damaged")
        out = bytearray()
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(CHUNK):
                    out += piece
                    self._count(len(piece), len(out))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise unreadable("archive_damaged") from error
        return bytes(out)

    def _count(self, piece: int, part: int) -> None:
        """What a header declares may be a lie; what has come out is not."""
        self._left -= piece
        if self._left < 0 or part > self._limits.part:
            most = self._limits.unpacked if self._left < 0 else self._limits.part
            raise unreadable("archive_size", limit=most // 1_000_000)


def within(folder: str, place: str) -> str:
    """A place named in a part of `folder`, as a name in the archive; it can't lead out of it."""
    place = place.strip().replace("\\", "/")
    joined = place if place.startswith("/") else f"/{folder}/{place}"
    return posixpath.normpath(joined).lstrip("/")


def _plain(name: str) -> str:
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").lower()
