"""Web server, worker, PostgreSQL and clamd as a service manager keeps them: whatever dies is begun again."""

import contextlib
import os
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from typing import Self

from tests.clamd import Clamd
from tests.journeys.house import ROOT, House, descendants
from tests.postgres import Cluster
from tests.serving import COMMAND, children, ended, free_port

LOOK_EVERY = 0.2
HOLD_OFF = 0.1  # seconds before a unit is begun again, as systemd's RestartSec
PATIENCE = 120.0


class Units:
    """`with Units(…) as units: … units.url …`; each unit has somebody who looks after it alone."""

    def __init__(self, house: House, cluster: Cluster, clamd: Clamd) -> None:
        self.house, self.cluster, self.clamd = house, cluster, clamd
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.begun_again: Counter[str] = Counter()
        self._end = threading.Event()
        self._serve: subprocess.Popen[bytes] | None = None
        self._log = (house.data / "serve.log").open("ab")
        self._watchers = [
            threading.Thread(target=self._watch, args=unit, name=unit[0], daemon=True)
            for unit in (
                ("serve", self._serving, self._begin_serve),
                ("postgresql", self._database_runs, self._begin_database),
                ("clamd", self._scanner_runs, self.clamd.start),
            )
        ]

    def __enter__(self) -> Self:
        self._begin_serve()
        self.wait()
        for watcher in self._watchers:
            watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        for watcher in self._watchers:
            watcher.join()
        if self._serve is not None:
            family = [self._serve.pid, *descendants(self._serve.pid)]
            self._serve.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._serve.wait(40)
            for pid in family:
                if not ended(pid):
                    os.kill(pid, signal.SIGKILL)
            self._serve.wait()
        self._log.close()

    def wait(self, seconds: float = PATIENCE) -> float:
        """Until everything answers; how many seconds that took."""
        since = time.monotonic()
        while not self.well():
            assert time.monotonic() - since < seconds, "it does not come back"
            time.sleep(0.3)
        return time.monotonic() - since

    def well(self) -> bool:
        """Whether web server, database, files, worker and scanner answer."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return b'"scanner": true' in answer.read()
        except (OSError, urllib.error.HTTPError):
            return False

    # ── who can be killed ─────────────────────────────────────────────────────────────────────
    def victims(self) -> dict[str, Callable[[], list[int]]]:
        """What may be killed, each with the processes that it has just now."""
        return {
            "supervisor": lambda: [self._serve.pid] if self._serve else [],
            "web master": lambda: self._children("gunicorn"),
            "web": lambda: [pid for master in self._children("gunicorn") for pid in children(master)],
            "worker": lambda: self._children(" worker "),
            "database connection": self._backends,
            "database": lambda: [self.cluster.postmaster] if self._database_runs() else [],
            "scanner": lambda: [self.clamd.process.pid] if self.clamd.process else [],
        }

    def _children(self, word: str) -> list[int]:
        return [pid for pid, line in children(self._serve.pid).items() if word in line] if self._serve else []

    def _backends(self) -> list[int]:
        if not self._database_runs():
            return []
        return [p for p, line in children(self.cluster.postmaster).items() if "postgres: xingyun" in line]

    # ── who looks after them ──────────────────────────────────────────────────────────────────
    def _watch(self, name: str, runs: Callable[[], bool], begin: Callable[[], None]) -> None:
        while not self._end.wait(LOOK_EVERY):
            if runs():
                continue
            time.sleep(HOLD_OFF)
            try:
                begin()
            except (AssertionError, OSError, SystemExit):
                continue  # what is left of the old one goes first
            self.begun_again[name] += 1

    def _serving(self) -> bool:
        return self._serve is not None and self._serve.poll() is None

    def _begin_serve(self) -> None:
        bind = f"127.0.0.1:{self.port}"
        own = {"XINGYUN_BIND": bind, "XINGYUN_BASE_URL": self.url, "XINGYUN_CLAMD": self.clamd.address}
        self._serve = subprocess.Popen(
            [*COMMAND, "serve"],
            env={**self.house.environment, **own},
            cwd=ROOT,
            stdout=self._log,
            stderr=self._log,
        )

    def _database_runs(self) -> bool:
        try:
            return not ended(self.cluster.postmaster)
        except (OSError, IndexError, ValueError):
            return False

    def _begin_database(self) -> None:
        self.cluster.start()

    def _scanner_runs(self) -> bool:
        return self.clamd.process is not None and self.clamd.process.poll() is None
