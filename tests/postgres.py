"""A PostgreSQL cluster for one command: `python tests/postgres.py run -- pytest tests/audit`.

Debian's binaries, a temporary folder, a free port, no synchronisation. PostgreSQL refuses to run as root,
so root hands the cluster to an unprivileged account.
"""

import contextlib
import os
import pwd
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

ACCOUNTS = ("postgres", "nobody")
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    # A plan made while a table was empty scans it; each test that is rolled back leaves it longer.
    "enable_seqscan": "off",
    "listen_addresses": "127.0.0.1",
    # Nor is it worth compiling: what can be answered in no other way has a forbidding price.
    "jit": "off",
    "log_min_messages": "fatal",
}


def binaries() -> Path:
    """The newest installed PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


class Cluster:
    """A server with its own folder and port; `with Cluster() as it: … it.url …` removes it at the end."""

    def __init__(self, **options: str) -> None:
        """`options` go over those of QUICK: `Cluster(fsync="on")`."""
        self.folder = Path(tempfile.mkdtemp(prefix="xingyun-pg-"))
        self.data = self.folder / "data"
        self.account = _account()
        self.port = _free_port()
        self.options = {**QUICK, **options}
        self.url = f"postgres://xingyun@127.0.0.1:{self.port}/postgres"
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)

    def __enter__(self) -> Self:
        try:
            words = ("-U", "xingyun", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
            self.run("initdb", "-D", self.data, *words)
            self.start()
        except BaseException:
            self._remove()
            raise
        return self

    def start(self) -> None:
        """Start, and return when it takes connections."""
        given = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in self.options.items())
        options = f"-p {self.port} -k {self.folder} {given}"
        self.run("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop in one of pg_ctl's modes."""
        self.run("pg_ctl", "-D", self.data, "-m", mode, "stop")

    @property
    def postmaster(self) -> int:
        """The process that looks after the others."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def kill(self) -> None:
        """-9 to the postmaster; its children notice and go."""
        os.kill(self.postmaster, signal.SIGKILL)

    def run(self, program: str, *arguments: object) -> None:
        """Run one of the server's programs as the server's account."""
        # The server outlives pg_ctl and would keep a pipe of ours open for ever: it gets none.
        words = [str(word) for word in (binaries() / program, *arguments)]
        done = subprocess.run(
            words,
            check=False,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self.account.pw_uid if self.account else None,
            group=self.account.pw_gid if self.account else None,
            extra_groups=[] if self.account else None,
        )
        if done.returncode:
            raise SystemExit(f"PostgreSQL: {' '.join(words)} ended with {done.returncode}")

    def __exit__(self, *_: object) -> None:
        try:
            self.stop("immediate")
        finally:
            self._remove()

    def _remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def main(arguments: Sequence[str]) -> int:
    """Run the command after `--` beside a cluster; its code is ours."""
    if len(arguments) < 3 or arguments[0] != "run" or arguments[1] != "--":
        raise SystemExit("usage: python tests/postgres.py run -- COMMAND …")
    # The command gets the interrupt from the terminal too; we stay to stop the cluster.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with Cluster() as it:
        print(f"PostgreSQL: {it.url}", file=sys.stderr)
        environment = {**os.environ, "XINGYUN_DATABASE_URL": it.url}
        return subprocess.call(list(arguments[2:]), env=environment)


def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ACCOUNTS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise SystemExit("root needs an unprivileged account (postgres or nobody) to run PostgreSQL")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
