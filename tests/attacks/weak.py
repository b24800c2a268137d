"""An application with the holes that are looked for: a tool that finds none here would find none anywhere."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server

PAGE = "<title>weak</title><form action='/find'><input name=q value=1></form><a href='/find?q=1'>1</a>"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def answer(environ: dict[str, str], start: Callable[..., object]) -> Iterable[bytes]:
    """What was asked goes unchanged into a query and into the page."""
    asked = parse_qs(environ.get("QUERY_STRING", "")).get("q", [""])[0]
    told, rows = "", []
    if asked:
        store = sqlite3.connect(":memory:")
        store.executescript("CREATE TABLE firm (id, name); INSERT INTO firm VALUES (1, 'a'), (2, 'b')")
        try:
            rows = store.execute(f"SELECT id, name FROM firm WHERE id = {asked}").fetchall()
        except sqlite3.Error as error:
            told = f"sqlite3.OperationalError: {error}"
    start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [f"{PAGE}<p>{asked}</p><p>{rows}</p><p>{told}</p>".encode()]


@contextmanager
def weak() -> Iterator[str]:
    """Its address, as long as it is needed."""
    server = make_server("127.0.0.1", 0, answer, handler_class=_Quiet)  # type: ignore[arg-type]
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
