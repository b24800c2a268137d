"""What gunicorn does when it begins a process that answers: `--config python:xingyun.config.web_process`."""

import gc
import os
import signal
from typing import Any

from xingyun.jobs.parent import die_with_parent


def post_fork(server: Any, worker: Any) -> None:  # noqa: ARG001  # gunicorn's own names
    """End with the process that looks after us, at once, however it ends.

    Left alone, gunicorn would finish what it is about, for twenty seconds, and hold the port meanwhile: who
    is begun in its place could not answer. A request that is cut off is as one that a power cut has met.
    """
    die_with_parent(signal.SIGKILL)
    if os.getppid() != server.pid:
        os._exit(1)


def post_worker_init(worker: Any) -> None:  # noqa: ARG001  # gunicorn's own name
    """What was loaded stays loaded: a full collection need not walk it, which takes 0.2 s while all wait."""
    gc.collect()
    gc.freeze()
