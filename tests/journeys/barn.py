"""Servers and workers for tests, forked from one prepared process, so that a birth takes no time.

A line on stdin is a birth, its pid the answer: `worker`, or `web` and the arguments of gunicorn. Each has a
session of its own and can be killed whole.
"""

# ruff: noqa: E402
import os
import signal
import sys

import django

django.setup()

from xingyun.config.wsgi import application  # noqa: F401  # loaded before the first birth
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker

KINDS = discover()


def work() -> None:
    """The life of a worker, as `xingyun worker` leads it."""
    worker = Worker(KINDS)
    signal.signal(signal.SIGTERM, worker.stop)
    worker.serve(threads=1)


def serve(arguments: list[str]) -> None:
    """The life of a web server, as `xingyun serve` begins it."""
    from gunicorn.app.wsgiapp import run

    sys.argv = ["gunicorn", *arguments]
    run()


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while line := sys.stdin.readline():
        what, *arguments = line.split()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            serve(arguments) if what == "web" else work()
            os._exit(0)
        print(child, flush=True)
