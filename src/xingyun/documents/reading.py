"""The one way to open a PDF with PDFium, which must not be entered by two threads at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import pypdfium2 as pdfium

_ONE_AT_A_TIME = RLock()


@contextmanager
def alone() -> Iterator[None]:
    """PDFium to oneself; other threads wait."""
    with _ONE_AT_A_TIME:
        yield


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """A PdfDocument, closed at the end; other threads wait."""
    with alone():
        document = pdfium.PdfDocument(path)
        try:
            yield document
        finally:
            document.close()
