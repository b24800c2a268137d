"""The side that asks: one nursery for each process, started on first use, and anew should it have died."""

import contextlib
import json
import os
import select
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from xingyun.documents.guarded.bounds import Bounds

NURSERY = "xingyun.documents.guarded.nursery"
GRACE = 3.0  # seconds for the way there and back
ANSWER = 64_000_000  # bytes of an answer beyond which something is wrong
_LOCK = threading.Lock()
_known: dict[int, "_Nursery"] = {}


class EndedError(Exception):
    """The process was ended: by a crash, for want of memory, or because it took too long."""


def ask(task: str, bounds: Bounds, **facts: object) -> Any:
    """What the task of this name (guarded.tasks) answers. Raises EndedError. Several threads may ask."""
    asked = json.dumps({"task": task, "bounds": asdict(bounds), "facts": facts}).encode()
    reading, writing = os.pipe()
    try:
        try:
            _nursery().begin(asked, writing)
        finally:
            os.close(writing)
        said = _all(reading, time.monotonic() + bounds.seconds + GRACE)
    finally:
        os.close(reading)
    try:
        return json.loads(said)
    except ValueError as error:
        raise EndedError(task) from error


class _Nursery:
    """The process that forks the ones that work."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        known = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "LANG")}
        source = str(Path(__file__).parents[3])
        # A library that counts starts a thread for each processor; what forks must have one.
        known["OPENBLAS_NUM_THREADS"] = "1"
        known["PYTHONPATH"] = os.pathsep.join(filter(None, (source, known.get("PYTHONPATH"))))
        with theirs:
            # -P: what lies in the folder we were started in is no part of the product.
            command = [sys.executable, "-P", "-m", NURSERY, str(theirs.fileno())]
            self.process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                env=known,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # A terminal's interrupt is for the one that asks; the nursery ends when its line does.
                start_new_session=True,
            )

    def send(self, asked: bytes, answer: int) -> None:
        """Raises OSError where nobody listens any more."""
        socket.send_fds(self._line, [asked], [answer])

    def close(self) -> None:
        """Let it end."""
        self._line.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(1)


class _Door:
    """The nursery of this process, whichever that is by now."""

    def begin(self, asked: bytes, answer: int) -> None:
        with _LOCK:
            try:
                self._mine().send(asked, answer)
            except OSError:
                _known.pop(os.getpid()).close()
                self._mine().send(asked, answer)

    def _mine(self) -> _Nursery:
        # A forked process must not share its parent's line.
        if os.getpid() not in _known:
            _known.clear()
            _known[os.getpid()] = _Nursery()
        return _known[os.getpid()]


_DOOR = _Door()


def _nursery() -> _Door:
    return _DOOR


def _all(reading: int, until: float) -> bytes:
    """Everything until the other side closes; what came too late or is too much is nothing."""
    said = bytearray()
    while (left := until - time.monotonic()) > 0 and len(said) < ANSWER:
        if not select.select([reading], [], [], left)[0]:
            continue
        piece = os.read(reading, 65536)
        if not piece:
            return bytes(said)
        said += piece
    return b""
