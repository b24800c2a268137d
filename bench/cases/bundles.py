"""What a district hands over: a hundred books as one ZIP that is kept, beside copying and hashing them."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from bench.measure import Row, once, peak_since
from xingyun.clock import now
from xingyun.documents.bundle import Entry, write_bundle
from xingyun.files import actions as files

BOOKS, SIZE = 100, 12 * 1024 * 1024
PIECE = 1024 * 1024


def rows() -> list[Row]:
    """The measure, then the same as a bundle."""
    Path(settings.FILES_ROOT).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.FILES_ROOT) as scratch:
        folder = Path(scratch)
        books = [_book(folder, n) for n in range(BOOKS)]
        plain = once("copying and hashing 100 books", lambda: _copied(books, folder / "copy"), "the measure")
        with peak_since() as peak:
            ours = once("hand-over of 100 books", lambda: _handed_over(books, folder / "bundle.zip"))
    share, size = ours.p50 / plain.p50, BOOKS * SIZE >> 20
    note = f"{share:.1f} × the measure; {size:,} MB, digests compared; peak grew by {peak.megabytes:.0f} MB"
    return [plain, Row(ours.name, ours.p50, ours.p95, ours.per_second, note)]


def _book(folder: Path, n: int) -> Entry:
    path, content = folder / f"book-{n}", os.urandom(SIZE)
    path.write_bytes(content)
    return Entry(f"申报书/{n:03}/申报书.pdf", path, hashlib.sha256(content).hexdigest(), SIZE)


def _copied(books: list[Entry], into: Path) -> None:
    hasher = hashlib.sha256()
    with into.open("wb") as copy:
        for book in books:
            with book.path.open("rb") as source:
                while piece := source.read(PIECE):
                    hasher.update(piece)
                    copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())


def _handed_over(books: list[Entry], out: Path) -> None:
    write_bundle(out, books, at=now(), heads=("文件", "字节数", "SHA-256"))
    files.store(source=out, now=now(), kind="application/zip")
