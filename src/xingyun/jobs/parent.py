"""Children that do not outlive their parent (Linux)."""

import ctypes
import os
import signal

PR_SET_PDEATHSIG = 1


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Have the kernel send this process `number` when the thread that started it ends, `kill -9` included.

    Call it in the child, before or after exec. A parent that died before the call is noticed by `orphaned`.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")


class Parent:
    """The parent at the start; `gone` once this process was handed to another."""

    def __init__(self) -> None:
        self._pid = os.getppid()

    @property
    def gone(self) -> bool:
        """Whether the parent has ended."""
        return os.getppid() != self._pid
