"""Workers for tests, forked from one prepared process: a line on stdin is a birth, its pid the answer."""

# ruff: noqa: E402
import os
import signal
import sys

import django

django.setup()

from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker

KINDS = discover()


def live() -> None:
    """The life of one worker, as `xingyun worker` leads it."""
    worker = Worker(KINDS)
    signal.signal(signal.SIGTERM, worker.stop)
    worker.serve(threads=1)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            live()
            os._exit(0)
        print(child, flush=True)
