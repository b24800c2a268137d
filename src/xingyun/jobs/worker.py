"""`xingyun worker`: does the queued work, in a few threads, until it is told to stop.

SIGTERM and SIGINT: nothing new is begun, running work may finish or gives itself back at its next sign of
life. A worker that is killed leaves leases that run out: another one does that work again.
"""

import argparse
import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from xingyun.audit.outages import Outage, outage
from xingyun.clock import machine_now, now
from xingyun.jobs import actions
from xingyun.jobs.models import FAULT, FULL
from xingyun.jobs.parent import Parent
from xingyun.jobs.registry import JobError, Kind, discover, urgent
from xingyun.jobs.run import FencedError, Run, StoppedError

log = logging.getLogger(__name__)
PAUSE = 0.5
SIGN_EVERY = 3.0
GRACE = 20.0


class Worker:
    """Threads that claim and do work, and one that gives signs of life and starts what repeats."""

    def __init__(self, kinds: dict[str, Kind]) -> None:
        self.kinds = kinds
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self.stopping = threading.Event()

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Begin nothing new."""
        self.stopping.set()

    def serve(self, threads: int) -> None:
        """Work until `stop`; then wait a little for what is running."""
        crew = [threading.Thread(target=self._work, name=f"work-{n}", daemon=True) for n in range(threads)]
        for thread in crew:
            thread.start()
        self._watch()
        for thread in crew:
            thread.join(GRACE / threads)
        _quietly(lambda: actions.sign_off(name=self.name))

    def drain(self) -> int:
        """Do what is due now and return how many pieces that were."""
        done = 0
        self._beat()
        while not self.stopping.is_set() and (run := actions.claim(kinds=self.kinds, now=now())):
            self.do(run)
            done += 1
        return done

    def do(self, run: Run) -> None:
        """One attempt, from its claim to its end."""
        run.stopping = self.stopping.is_set
        try:
            self.kinds[run.kind].work(run)
            if not run.finished:
                actions.complete(run=run)
        except FencedError:
            log.warning("%s %s: taken over by another worker", run.kind, run.key)
        except StoppedError:
            actions.release(run=run)
        except JobError as error:
            self._fail(run, str(error), final=True)
        except Exception as error:
            number = secrets.token_hex(4)
            log.exception("%s %s attempt %d [%s]", run.kind, run.key, run.attempt, number)
            met = outage(error)
            if met is Outage.ROOM:
                actions.postpone(run=run, error=FULL)
            elif met is Outage.DATABASE and _cut_off():
                self._give_back(run)
            else:
                self._fail(run, FAULT + number, final=False)

    def _give_back(self, run: Run) -> None:
        """The database went away: as soon as it answers, the work is queued again, blamed for nothing.

        Beyond the lease another worker takes it over anyway.
        """
        until = time.monotonic() + run.lease
        while time.monotonic() < until and not self.stopping.is_set():
            connection.close()
            try:
                actions.release(run=run)
            except DatabaseError:
                self.stopping.wait(PAUSE)
            else:
                return

    def _fail(self, run: Run, error: str, *, final: bool) -> None:
        try:
            actions.fail(run=run, error=error, final=final)
        except FencedError:
            log.warning("%s %s: failed after it was taken over", run.kind, run.key)

    def _work(self) -> None:
        try:
            while not self.stopping.is_set():
                if not self._once():
                    self.stopping.wait(PAUSE)
        finally:
            connection.close()

    def _once(self) -> bool:
        """Do one piece; False when there is none. A fault is a pause, never the end of the thread."""
        try:
            close_old_connections()
            run = actions.claim(kinds=self.kinds, now=now())
            if run is not None:
                self.do(run)
            return run is not None
        except Exception:
            log.exception("no work can be taken just now")
            connection.close()
            return False

    def _watch(self) -> None:
        parent = Parent()
        while not self.stopping.is_set():
            _quietly(self._beat)
            if self.stopping.wait(SIGN_EVERY) or parent.gone:
                break
        self.stopping.set()

    def _beat(self) -> None:
        actions.sign_on(name=self.name, machine=machine_now())
        actions.beat(kinds=self.kinds, machine=machine_now(), now=now())


def run(arguments: Sequence[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="xingyun worker", description="执行排队的任务")
    parser.add_argument("--once", action="store_true", help="做完眼下到期的任务就结束")
    parser.add_argument("--threads", type=int, default=1, help="同时执行几个任务（默认 1）")
    options = parser.parse_args(arguments)
    worker = Worker(urgent() if settings.URGENT_ONLY else discover())
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    if options.once:
        worker.drain()
        actions.sign_off(name=worker.name)
    else:
        worker.serve(max(1, options.threads))
    return 0


def _cut_off() -> bool:
    """Whether the connection to the database is gone; a query alone may fail on a sound one."""
    return connection.connection is None or not connection.is_usable()


def _quietly(act: Callable[[], None]) -> None:
    try:
        close_old_connections()
        act()
    except Exception:
        log.exception("no sign of life can be given just now")
        connection.close()
