"""Which edition the page that is being drawn speaks of, so that its clauses and its frame are that one's."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from xingyun.rulebook import Rulebook

_BOOK: ContextVar[Rulebook | None] = ContextVar("book_in_view", default=None)


def book() -> Rulebook | None:
    """The edition in view; None on a page that is about none, or about several."""
    return _BOOK.get()


@contextmanager
def speaking_of(context: Mapping[str, Any]) -> Iterator[None]:
    """While a page with this context is drawn, its `book` (or `rulebook`) is in view."""
    named = (context.get(name) for name in ("rulebook", "book"))
    token = _BOOK.set(next((book for book in named if isinstance(book, Rulebook)), None))
    try:
        yield
    finally:
        _BOOK.reset(token)
