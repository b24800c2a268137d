"""The measure of uploads: takes a body a megabyte at a time, hashes it, writes it down, forgets it."""

import hashlib
import tempfile
from collections.abc import Iterable
from typing import Any

PIECE = 1024 * 1024


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """A WSGI application; answers the digest."""
    found, left = hashlib.sha256(), int(environ.get("CONTENT_LENGTH") or 0)
    with tempfile.TemporaryFile() as kept:
        while left and (piece := environ["wsgi.input"].read(min(PIECE, left))):
            found.update(piece)
            kept.write(piece)
            left -= len(piece)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [found.hexdigest().encode()]
