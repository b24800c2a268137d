"""Workers for tests, forked from one prepared process: a line on stdin is a birth, its pid the answer.

Each does one kind of work: six steps that each keep a file, then one entry of the record. The entry can't
be written twice unseen, and the files are named by their content.
"""

# ruff: noqa: E402
import io
import os
import sys
import time

import django

django.setup()

from xingyun.audit import SYSTEM
from xingyun.audit import actions as audit
from xingyun.clock import now
from xingyun.files import actions as files
from xingyun.jobs.registry import Kind
from xingyun.jobs.run import Run
from xingyun.jobs.worker import Worker

STEPS = 6


def labour(run: Run) -> None:
    """Safe to do twice; the effect is written with the end."""
    from django.db import transaction

    for step in range(STEPS):
        run.progress(step, STEPS)
        files.store(source=io.BytesIO(f"{run.key}/{step}".encode() * 1000), now=now(), kind="text/plain")
        time.sleep(0.02)
    with transaction.atomic():
        run.check()
        audit.append(stream=f"labour:{run.key}", act="done", actor=SYSTEM, body={}, now=now())
        run.finish()


def live() -> None:
    """The life of one worker."""
    import signal

    worker = Worker({"test.labour": Kind("test.labour", labour, lease=1, max_attempts=100)})
    signal.signal(signal.SIGTERM, worker.stop)
    worker.serve(threads=2)


if __name__ == "__main__":
    import signal

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            live()
            os._exit(0)
        print(child, flush=True)
