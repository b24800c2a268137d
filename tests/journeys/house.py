"""A whole system of its own: data folder, database, rehearsal, web and worker, on a free port."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import psycopg
from tests.serving import COMMAND, Served, children, ended

ROOT = Path(__file__).resolve().parents[2]
CLUSTER = os.environ.get("XINGYUN_DATABASE_URL", "")


class Family(NamedTuple):
    """A neighbour: its name, its application's uid, a session of its person."""

    name: str
    application: str
    session: str


class House:
    """`with House(rulebook) as house: … house.url …`; nothing of it is left afterwards."""

    def __init__(
        self,
        rulebook: Path | None = None,
        neighbours: Sequence[str] = (),
        at: str = "2020-10-12 09:00",
        served: bool = True,
        beside: Sequence[Path] = (),
    ) -> None:
        """`neighbours` are the arguments of tests/journeys/neighbours.py: who has applied before `at`.

        The programmes of `beside` run in the same installation.
        """
        self.rulebooks = [rulebook or ROOT / "rulebooks" / "jinan-2020", *beside]
        self.neighbours, self.at = neighbours, at
        self.served: Served | None = None
        self.to_be_served = served
        self.data = Path(tempfile.mkdtemp(prefix="xingyun-journey-"))
        self.database = Database(self.data)
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("XINGYUN_", "DJANGO_"))},
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "DJANGO_SETTINGS_MODULE": "xingyun.config.settings",
            "XINGYUN_DATA": str(self.data),
            "XINGYUN_DATABASE_URL": self.database.url,
            "XINGYUN_REHEARSAL": "1",
            # Every neighbour's files would be read while people are at their browsers.
            "XINGYUN_URGENT_ONLY": "1",
            "XINGYUN_RULEBOOKS": str(ROOT / "rulebooks"),
        }

    def __enter__(self) -> Self:
        try:
            self.database.create()
            self.families = self.seed()
            if self.to_be_served:
                self.serve()
        except BaseException:
            self.leave()
            raise
        return self

    def seed(self) -> list[Family]:
        """What is there before anybody comes; the neighbours, in their order."""
        folders = [word for folder in self.rulebooks for word in ("--rulebook", str(folder))]
        self.command("demo", "seed", "--bare", "--at", self.at, *folders)
        told = self.run([sys.executable, "-m", "tests.journeys.neighbours", *self.neighbours])
        return [Family(*line.split("\t")) for line in told.splitlines()]

    def serve(self) -> None:
        """Start web and worker; they can be stopped and started again."""
        self.served = Served(self.environment)
        self.served.__enter__()

    @property
    def url(self) -> str:
        """Where the pages are."""
        assert self.served, "nothing is served"
        return self.served.url

    def __exit__(self, *_: object) -> None:
        try:
            self.stop()
        finally:
            self.leave()

    def stop(self) -> None:
        """End the system as an operator would, and see that none of its processes is left."""
        if self.served is None:
            return
        family = [self.served.process.pid, *descendants(self.served.process.pid)]
        self.served.__exit__()
        left = [pid for pid in family if not ended(pid)]
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        assert not left, f"still running after the end: {left}"
        assert self.served.process.returncode == 0, "the system did not stop cleanly"

    def leave(self) -> None:
        """Throw the database and the folder away."""
        self.database.drop()
        shutil.rmtree(self.data, ignore_errors=True)

    def command(self, *arguments: str, code: int = 0) -> str:
        """Run `xingyun …` beside the running system; its output."""
        return self.run([*COMMAND, *arguments], code=code)

    def run(self, words: Sequence[str], code: int = 0, told: str = "") -> str:
        """Run a program in this environment, with `told` to read."""
        done = subprocess.run(
            words, env=self.environment, cwd=ROOT, input=told, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, f"{words} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def clock(self, to: str) -> None:
        """Move the rehearsal's time forward; every process sees it within a second."""
        self.command("demo", "clock", "--to", to)
        time.sleep(1.1)

    def sql(self, text: str) -> list[tuple[Any, ...]]:
        """Run a statement past the program, straight in the database."""
        return self.database.sql(text)


class Database:
    """SQLite in the data folder, or a database of its own in the cluster that the run names."""

    def __init__(self, data: Path) -> None:
        self.name = data.name.replace("-", "_").lower()
        self.file = data / "journey.sqlite3"
        self.url = f"{CLUSTER.rsplit('/', 1)[0]}/{self.name}" if CLUSTER else f"sqlite:///{self.file}"

    def create(self) -> None:
        """Make it; SQLite makes itself."""
        if CLUSTER:
            self._above(f'CREATE DATABASE "{self.name}"')

    def drop(self) -> None:
        """Throw it away."""
        if CLUSTER:
            self._above(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _above(self, text: str) -> None:
        with psycopg.connect(CLUSTER, autocommit=True) as above:
            above.execute(text)  # type: ignore[call-overload]  # the name is our own

    def sql(self, text: str) -> list[tuple[Any, ...]]:
        """Run one statement and commit it; its rows."""
        if CLUSTER:
            with psycopg.connect(self.url) as there:
                cursor = there.execute(text)  # type: ignore[call-overload]  # written in a test
                return cursor.fetchall() if cursor.description else []
        there = sqlite3.connect(self.file, timeout=20)
        try:
            with there:
                return there.execute(text).fetchall()
        finally:
            there.close()

    @property
    def refusal(self) -> type[Exception]:
        """What a broken constraint raises."""
        return psycopg.errors.IntegrityError if CLUSTER else sqlite3.IntegrityError


def descendants(pid: int) -> list[int]:
    """The children of a process, their children, and so on."""
    found = []
    for child in children(pid):
        found += [child, *descendants(child)]
    return found


__all__ = ["ROOT", "Database", "House", "descendants"]
