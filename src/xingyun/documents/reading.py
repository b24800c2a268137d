"""The one way to open a PDF with PDFium, which must not be entered by two threads at once; what pages say."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import pypdfium2 as pdfium

AFRESH = 24  # pages
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


class Pages(ExitStack):
    """The pages of a file, one at a time. Opened anew now and then: PDFium keeps all that it has read."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path, self._served = path, 0
        self._document = self.enter_context(opened(path))

    def __len__(self) -> int:
        return len(self._document)

    def __getitem__(self, index: int) -> Any:
        if self._served == AFRESH:
            self.close()
            self._document, self._served = self.enter_context(opened(self._path)), 0
        self._served += 1
        return self._document[index]


def texts(path: Path) -> tuple[str, ...]:
    """What every page of a PDF says, without blanks."""
    with Pages(path) as pages:
        return tuple(_text(pages[index]) for index in range(len(pages)))


def bare(text: str) -> str:
    """Without blanks, soft hyphens and what PDFium writes where a line was broken."""
    return re.sub(r"[\s\u00ad\u200b\ufeff\ufffe\x00-\x1f]+", "", text)


def _text(page: Any) -> str:
    text = page.get_textpage()
    try:
        return bare(text.get_text_bounded(*page.get_bbox()))
    finally:
        text.close()
