"""Papers that are filled in and handed out to be signed: set when they are asked for, nothing is issued."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from xingyun.documents import word
from xingyun.documents.render import render
from xingyun.papers.queries.fonts import own_fonts, refuse_boxes


def as_pdf(template: str, data: Mapping[str, object]) -> bytes:
    """The paper as PDF. Raises Refused when no font has one of its characters."""
    refuse_boxes(data)
    with tempfile.TemporaryDirectory() as folder:
        return render(template, data, fonts=own_fonts(), out=Path(folder) / "paper.pdf").path.read_bytes()


def as_word(template: str, data: Mapping[str, object]) -> bytes:
    """The same words as Word. Raises Refused like `as_pdf`."""
    refuse_boxes(data)
    with tempfile.TemporaryDirectory() as folder:
        return word.write([(template, data)], Path(folder) / "paper.docx").read_bytes()
