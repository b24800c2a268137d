"""`python -m xingyun.documents.guarded.nursery FD`: has the libraries in memory and forks for every file.

Starting Python with the libraries takes up to a second, forking this a hundredth. It has one thread and
touches no file itself. What a task needs is taken into memory when it is asked for first. A forked process
is held by the kernel: more memory is refused, an alarm that nothing in it can put off ends it, and what it
had to say is then missing.
"""

import contextlib
import json
import os
import resource
import signal
import socket
import sys
from typing import Any

from xingyun.documents.guarded import tasks

REQUEST = 256 * 1024  # bytes; a scan of a thousand pages whose places are named fits


def serve(line: socket.socket) -> None:
    """Until the other side is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        asked, answers, _flags, _address = socket.recv_fds(line, REQUEST, 1)
        if not asked:
            return
        # What can't be understood or had is told by the answer that is missing; it ends nobody here.
        with contextlib.suppress(ImportError, KeyError, ValueError):
            tasks.task(json.loads(asked)["task"])
        if os.fork() == 0:
            line.close()
            _work(json.loads(asked), answers[0])
        for answer in answers:
            os.close(answer)


def _work(asked: dict[str, Any], answer: int) -> None:
    try:
        hold(asked["bounds"])
        said = json.dumps(tasks.task(asked["task"])(bounds=asked["bounds"], **asked["facts"])).encode()
        with os.fdopen(answer, "wb") as out:
            out.write(said)
    finally:
        # Whatever happened: this process must never go on as a second nursery.
        os._exit(0)


def hold(bounds: dict[str, int]) -> None:
    """Have the kernel keep this process within its bounds."""
    seconds = bounds["seconds"]
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    for what, most in (
        (resource.RLIMIT_AS, bounds["memory"]),
        (resource.RLIMIT_CPU, seconds + 1),
        (resource.RLIMIT_FSIZE, bounds["output"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as mine:
        serve(mine)
