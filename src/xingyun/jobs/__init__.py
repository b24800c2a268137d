"""Work that lasts longer than a request. A room's `jobs.py` declares it with `@job` and `@periodic`."""

from xingyun.jobs.asked import as_asked
from xingyun.jobs.registry import JobError, job, periodic
from xingyun.jobs.run import FencedError, Run, StoppedError

__all__ = ["FencedError", "JobError", "Run", "StoppedError", "as_asked", "job", "periodic"]
