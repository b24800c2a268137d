"""A PostgreSQL cluster for one command: `python tests/postgres.py run -- pytest tests/audit`.

Debian's binaries, a temporary folder, a free port, no synchronisation. PostgreSQL refuses to run as root,
so root hands the cluster to an unprivileged account.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ACCOUNTS = ("postgres", "nobody")
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    # A plan made while a table was empty scans it; each test that is rolled back leaves it longer.
    "enable_seqscan": "off",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "fatal",
}


def binaries() -> Path:
    """The newest installed PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster, yield its URL, stop and remove it."""
    folder = Path(tempfile.mkdtemp(prefix="xingyun-pg-"))
    account = _account()
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    port = _free_port()
    tool = binaries()
    try:
        _as(
            account,
            [
                tool / "initdb",
                "-D",
                folder / "data",
                "-U",
                "xingyun",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
        )
        options = " ".join(f"-c {name}={value}" for name, value in QUICK.items())
        start = f"-p {port} -k {folder} {options}"
        _as(
            account,
            [tool / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", start, "start"],
        )
        try:
            yield f"postgres://xingyun@127.0.0.1:{port}/postgres"
        finally:
            _as(account, [tool / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: Sequence[str]) -> int:
    """Run the command after `--` beside a cluster; its code is ours."""
    if len(arguments) < 3 or arguments[0] != "run" or arguments[1] != "--":
        raise SystemExit("usage: python tests/postgres.py run -- COMMAND …")
    # The command gets the interrupt from the terminal too; we stay to stop the cluster.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as url:
        print(f"PostgreSQL: {url}", file=sys.stderr)
        environment = {**os.environ, "XINGYUN_DATABASE_URL": url}
        return subprocess.call(list(arguments[2:]), env=environment)


def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ACCOUNTS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise SystemExit("root needs an unprivileged account (postgres or nobody) to run PostgreSQL")


def _as(account: pwd.struct_passwd | None, command: Sequence[object]) -> None:
    # The server outlives pg_ctl and would keep a pipe of ours open for ever: it gets none.
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )
    if done.returncode:
        raise SystemExit(f"PostgreSQL: {' '.join(words)} ended with {done.returncode}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
