"""Asking clamd what it thinks of a file: its own protocol, of which one command and one greeting are needed.

There is a client library (`clamd`, LGPL, last touched in 2014); it waits for ever where no answer comes, and
loses the answer to a file that is too large. What is needed of the protocol is what stands here.
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xingyun.files.storage import pieces

CONNECT = 3.0  # seconds
WAIT = 120.0  # seconds that clamd may be silent while it looks
ANSWER = 4096  # bytes of an answer beyond which it is none


class ScannerDownError(OSError):
    """Nobody answers there, or the answer broke off: the file has not been looked at."""


class ScannerFaultError(RuntimeError):
    """The scanner answered that it can't look at this file; the message is its own."""


def threat_in(path: Path, address: str) -> str:
    """What clamd finds in the file: the name of the threat, or nothing.

    `address` is `unix:/path` or `host:port`. The content is streamed, so clamd needs no right to read it.
    Raises ScannerDownError, ScannerFaultError.
    """
    with _connected(address, WAIT) as line:
        _send(line, path)
        answer = _answer(line)
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")[:100]
    raise ScannerFaultError(said or "no answer")


def answers(address: str) -> bool:
    """Whether clamd is there."""
    try:
        with _connected(address, CONNECT) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except OSError:
        return False


@contextmanager
def _connected(address: str, wait: float) -> Iterator[socket.socket]:
    unix = address.startswith("unix:")
    with socket.socket(socket.AF_UNIX if unix else socket.AF_INET, socket.SOCK_STREAM) as line:
        try:
            line.settimeout(CONNECT)
            line.connect(address.removeprefix("unix:") if unix else _host_and_port(address))
            line.settimeout(wait)
            yield line
        except OSError as error:
            raise ScannerDownError(str(error)) from error


def _host_and_port(address: str) -> tuple[str, int]:
    host, _colon, port = address.rpartition(":")
    return host.strip("[]") or "127.0.0.1", int(port)


def _send(line: socket.socket, path: Path) -> None:
    try:
        line.sendall(b"zINSTREAM\0")
        with path.open("rb") as content:
            for piece in pieces(content):
                line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        # It hangs up on a file that is larger than it takes, once it has said so: the answer tells.
        return


def _answer(line: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < ANSWER:
        try:
            piece = line.recv(ANSWER)
        except ConnectionResetError:
            piece = b""
        if not piece:
            break
        said += piece
    if not said:
        raise ScannerDownError("no answer")
    return said.split(b"\0", 1)[0].decode("utf-8", "replace").strip()
