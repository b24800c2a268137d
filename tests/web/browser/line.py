"""A line between browser and server that can be slow, cut and mended: plain TCP, both ways."""

import contextlib
import socket
import threading
import time
from typing import Self

PIECE = 16 * 1024


class Line:
    """Carries bytes to `port`. `rate` is bytes a second towards the server; 0 is as fast as it goes.

    After `cut_after` bytes towards the server every connection breaks and new ones do, until `mend`.
    """

    def __init__(self, port: int) -> None:
        self.target, self.rate, self.cut_after, self.sent = port, 0, 0, 0
        self.cut = threading.Event()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut.set()
        self._break()
        self._listener.close()

    def mend(self) -> None:
        """Carry again."""
        self.cut_after = 0
        self.cut.clear()

    def break_now(self) -> None:
        """As if somebody had pulled the plug."""
        self.cut.set()
        self._break()

    def _break(self) -> None:
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        while True:
            try:
                near, _from = self._listener.accept()
            except OSError:
                return
            if self.cut.is_set():
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.target))
            self._open |= {near, far}
            for source, sink, up in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._carry, args=(source, sink, up), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, up: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(PIECE):
                if up:
                    self.sent += len(data)
                    if self.rate:
                        time.sleep(len(data) / self.rate)
                    if self.cut_after and self.sent >= self.cut_after:
                        self.break_now()
                sink.sendall(data)
        for one in (source, sink):
            self._open.discard(one)
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
