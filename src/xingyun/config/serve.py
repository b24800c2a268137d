"""`xingyun serve`: the web server and the worker together, one process looking after both.

A child that dies is started again. SIGINT and SIGTERM stop both cleanly; if this process is killed the
kernel stops them. A child that can't even start ends everything with a message.
"""

import argparse
import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from xingyun.config.environment import ENVIRONMENT, SQLITE, misspelt
from xingyun.config.faults import OLD, pending
from xingyun.config.typed import address
from xingyun.jobs.parent import die_with_parent

log = logging.getLogger("xingyun.serve")
LOOK_EVERY = 0.3
GRACE = 30.0
YOUNG = 10.0  # seconds; a child that dies younger did not really start
TRIES = 5
AWAIT_DATABASE = 60.0  # seconds
AWAIT_EVERY = 2.0
SHARED = "/dev/shm"


class Child:
    """One process, started again when it dies."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name, self.command = name, command
        self.failures = 0
        self.begin()

    def begin(self) -> None:
        """Start it, in a session of its own: an interrupt from the terminal is for the supervisor alone."""
        parent = os.getpid()
        self.born = time.monotonic()
        self.process = subprocess.Popen(
            self.command, preexec_fn=lambda: _bind(parent), start_new_session=True
        )

    def look(self) -> bool:
        """Start it again if it died; False when that is hopeless."""
        code = self.process.poll()
        if code is None:
            return True
        young = time.monotonic() - self.born < YOUNG
        self.failures = self.failures + 1 if young else 0
        log.error("%s ended with %d", self.name, code)
        if self.failures >= TRIES:
            return False
        time.sleep(min(self.failures, 3))
        self.begin()
        return True

    def end(self, deadline: float) -> None:
        """Wait until it has stopped, or kill it."""
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.error("%s did not stop and is killed", self.name)
            self.process.kill()
            self.process.wait()


class Supervisor:
    """Looks after its children until it is told to stop."""

    def __init__(self) -> None:
        self.stopping = threading.Event()

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Begin to stop."""
        self.stopping.set()

    def watch(self, commands: Mapping[str, Sequence[str]]) -> int:
        """Run these; 0 when told to stop, 1 when one can't run."""
        children = [Child(name, command) for name, command in commands.items()]
        try:
            while not self.stopping.wait(LOOK_EVERY):
                for child in children:
                    if not child.look():
                        log.error("%s can't run; see its messages above", child.name)
                        return 1
            return 0
        finally:
            for child in children:
                if child.process.poll() is None:
                    child.process.terminate()
            deadline = time.monotonic() + GRACE
            for child in children:
                child.end(deadline)


def run(arguments: Sequence[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="xingyun serve", description="启动网站和任务进程")
    parser.add_argument("--bind", default=ENVIRONMENT.bind, help="地址和端口（默认取 XINGYUN_BIND）")
    parser.add_argument("--threads", type=int, default=ENVIRONMENT.web_threads, help="每个网站进程的线程数")
    parser.add_argument("--no-worker", action="store_true", help="只启动网站，任务由别的机器执行")
    options = parser.parse_args(arguments)
    processes = ENVIRONMENT.web_processes
    if processes > 1 and ENVIRONMENT.database["ENGINE"] == SQLITE:
        print(
            "用 SQLite 时网站只能有一个进程：请去掉 XINGYUN_WEB_PROCESSES，或改用 PostgreSQL。",
            file=sys.stderr,
        )
        return 1
    address(options.bind, "--bind")
    for line in misspelt(dict(os.environ)):
        log.warning("%s", line)
    if why := unwritable(ENVIRONMENT.data) or refused(options.bind):
        print(why, file=sys.stderr)
        return 1
    if not reachable():
        return 1
    if pending():
        print(OLD, file=sys.stderr)
        return 1
    commands = {"web": web(options.bind, options.threads, processes)}
    if not options.no_worker:
        threads = str(ENVIRONMENT.worker_threads)
        commands["worker"] = [sys.executable, "-m", "xingyun.config.command", "worker", "--threads", threads]
    supervisor = Supervisor()
    signal.signal(signal.SIGTERM, supervisor.stop)
    signal.signal(signal.SIGINT, supervisor.stop)
    return supervisor.watch(commands)


def web(bind: str, threads: int, processes: int = 1) -> list[str]:
    """The web server: some threads; SQLite's writers queue, more than one process would not help there."""
    # Where it is closed to us (a container, a chroot), the disk's temporary folder does.
    memory = ["--worker-tmp-dir", SHARED] if os.access(SHARED, os.W_OK | os.X_OK) else []
    return [
        *[sys.executable, "-m", "gunicorn", "xingyun.config.wsgi", "--bind", bind, *memory],
        *["--worker-class", "gthread", "--workers", str(processes), "--threads", str(threads)],
        *["--timeout", "120", "--graceful-timeout", "20", "--keep-alive", "5"],
        *["--config", "python:xingyun.config.web_process"],
        *["--no-control-socket", "--log-level", "warning"],
    ]


def unwritable(data: Path) -> str:
    """Why nothing can be kept in the data folder, or nothing; told before its database seems to be away."""
    try:
        with tempfile.TemporaryFile(dir=data):
            return ""
    except OSError as error:
        return f"数据目录 {data}（XINGYUN_DATA）不能写：{error.strerror}。"


def refused(bind: str) -> str:
    """Why the web server can't listen there, or nothing."""
    host, _colon, port = bind.rpartition(":")
    try:
        [family, kind, protocol, _name, place], *_rest = socket.getaddrinfo(
            host.strip("[]"), int(port), type=socket.SOCK_STREAM
        )
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"{bind} 已被别的程序占用：请停掉它，或用 --bind（XINGYUN_BIND）换一个端口。"
        return f"不能在 {bind} 上提供服务：{error.strerror}。"
    return ""


def reachable() -> bool:
    """Wait until the database answers; False, with a message, when it does not for a minute.

    After a power cut everything begins at once, and a service that ends at once may not be begun again.
    """
    from django.db import OperationalError, connection

    deadline = time.monotonic() + AWAIT_DATABASE
    while True:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            if time.monotonic() > deadline:
                print(f"数据库连不上：{error}", file=sys.stderr)
                return False
            log.warning("waiting for the database: %s", str(error).strip().partition("\n")[0])
            time.sleep(AWAIT_EVERY)
        else:
            return True


def _bind(parent: int) -> None:
    """In the child before it becomes the program: stop when the supervisor ends, however it ends."""
    die_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)
