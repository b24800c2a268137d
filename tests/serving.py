"""A whole running system for a test: `with Served(environment) as served: … served.url …`."""

import contextlib
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Self

COMMAND = [sys.executable, "-m", "xingyun.config.command"]


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], bool], seconds: float = 40) -> None:
    """Wait, and fail loudly."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def ended(pid: int) -> bool:
    """Whether this process is gone, or only waits to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):  # gone before it was opened, or while it was read
        return True


def children(pid: int) -> dict[int, str]:
    """The children of a process and their command lines."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
    return found


class Served:
    """`xingyun serve` on a free port, stopped at the end."""

    def __init__(self, environment: dict[str, str], *arguments: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        bind = f"127.0.0.1:{self.port}"
        environment = {**environment, "XINGYUN_BIND": bind, "XINGYUN_BASE_URL": self.url}
        self.process = subprocess.Popen([*COMMAND, "serve", *arguments], env=environment)

    def __enter__(self) -> Self:
        try:
            wait_until(lambda: bool(self.health()))
        except AssertionError:
            self.process.kill()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(40)
            self.process.kill()
            self.process.wait()

    def health(self) -> dict[str, bool]:
        """What /healthz says; empty while nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            return dict(json.load(error))
        except OSError:
            return {}

    def child(self, word: str) -> int:
        """The supervisor's child with this word in its command line; 0 when there is none."""
        return next((pid for pid, line in children(self.process.pid).items() if word in line), 0)
