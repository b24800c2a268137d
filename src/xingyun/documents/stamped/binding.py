"""Pages that were put upright as one PDF: each fills its sheet, so that it lies on the page it replaces."""

from collections.abc import Sequence
from pathlib import Path

import pikepdf

from xingyun.documents.booklet import placing
from xingyun.documents.booklet.drawing import Source, add_page, fitted, size


def bind(pages: Sequence[tuple[Path, int]], out: Path) -> Path:
    """Write pages, each a file (PDF or JPEG) and an index from 0, to `out`. Same pages, same bytes."""
    with pikepdf.new() as book:
        for path, index in pages:
            source = Source(book, path)
            content, box = source.content(index)
            put = placing.whole(*size(box))
            add_page(book, put.width, put.height, [(content, fitted(put, box))])
            source.close()
        book.Root.Lang = pikepdf.String("zh-CN")
        book.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out
