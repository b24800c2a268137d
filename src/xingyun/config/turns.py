"""Requests of one process take turns on SQLite.

There a page waits for nothing but its own process: threads that make pages at the same time only take the
interpreter from each other at every step of the database, some hundred times a page, which costs a fifth of
all that is done. One after the other, each page is done sooner, too.

A turn is a courtesy, not a lock: who has waited long enough goes on beside whatever takes its time. What
brings a file waits for its sender, not for the processor, and takes no turn. On PostgreSQL others may work
while a page waits for its answers; there nobody takes turns.
"""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
PATIENCE = 0.05  # seconds
LARGE = 64 * 1024  # bytes


class Turns:
    """A WSGI application whose requests are answered one after the other, as far as that is quick."""

    def __init__(self, application: Application, patience: float = PATIENCE) -> None:
        self._application, self._patience = application, patience
        self._turn = Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The application's answer; what it streams comes after its turn."""
        if _large(environ) or not self._turn.acquire(timeout=self._patience):
            return self._application(environ, start_response)
        try:
            return self._application(environ, start_response)
        finally:
            self._turn.release()


def _large(environ: Environ) -> bool:
    """Whether a body that takes its time is on its way: a file, or one of unknown length."""
    length = str(environ.get("CONTENT_LENGTH") or "0")
    chunked = "HTTP_TRANSFER_ENCODING" in environ
    return chunked or not length.isdecimal() or int(length) > LARGE
