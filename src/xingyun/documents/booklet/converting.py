"""A file of evidence made ready for the book, where that is work: filled forms and stamps are drawn into
their pages, pictures that PDF does not know are drawn anew. What can be taken over as it is is not copied.
"""

import hashlib
from pathlib import Path

import pikepdf

from xingyun.documents import reading, versions
from xingyun.documents.booklet import drawing, images, placing
from xingyun.documents.piece import Piece

PACKAGES = ("pikepdf", "pillow", "pypdfium2")
MODULES = (drawing, images, placing, reading)


def name_of(path: Path, sha256: str = "") -> str:
    """What the converted file is known by: the digest of the file, and of what converts it."""
    if not sha256:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    code = (Path(__file__), *(Path(str(module.__file__)) for module in MODULES))
    made_with = versions.made_with(code, PACKAGES)
    return hashlib.sha256(f"evidence {sha256} {made_with}".encode()).hexdigest()


def convert(source: Path, out: Path) -> Piece:
    """Look into an inspected PDF, JPEG or PNG; write its pages, on their sheets, to `out` where that is work.

    The same file gives the same bytes. What the pages say is read from the file itself, so that the book's
    check covers the conversion.
    """
    with pikepdf.new() as book:
        file = drawing.Source(book, source)
        pages, made = len(file), not file.plain
        if made:
            for index in range(pages):
                content, box = file.content(index)
                put = placing.place(*drawing.size(box))
                drawing.add_page(book, put.width, put.height, [(content, drawing.fitted(put, box))])
            book.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        file.close()
    texts = () if drawing.is_image(source) else reading.texts(source)
    return Piece(out if made else None, pages, texts=texts)
