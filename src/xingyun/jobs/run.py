"""What a piece of work holds while it runs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


class FencedError(Exception):
    """Another worker has taken this work over; whatever it was about to write must not be written."""


class StoppedError(Exception):
    """The worker is shutting down; the work goes back into the queue."""


@dataclass(slots=True)
class Run:
    """One attempt. `payload` is what was asked for; `attempt` fences everything it reports."""

    id: int
    kind: str
    key: str
    payload: dict[str, Any]
    owner_id: int | None
    attempt: int
    lease: int
    stopping: Callable[[], bool] = field(default=lambda: False)
    finished: bool = False

    def progress(self, done: int, total: int) -> None:
        """Show how far it is, and hold the work for another lease; raises FencedError, StoppedError."""
        from xingyun.jobs import actions

        self._heed_stop()
        actions.report(run=self, done=done, total=total)

    def check(self) -> None:
        """Hold the work for another lease, or raise FencedError or StoppedError.

        Inside a transaction it also locks the job until the commit: nobody takes over in between, so
        what that transaction writes is written by this attempt alone.
        """
        from xingyun.jobs import actions

        self._heed_stop()
        actions.renew(run=self)

    def finish(self) -> None:
        """Call the work done within the caller's transaction: the effect and the end are one."""
        from xingyun.jobs import actions

        actions.complete(run=self)
        self.finished = True

    def _heed_stop(self) -> None:
        if self.stopping():
            raise StoppedError
