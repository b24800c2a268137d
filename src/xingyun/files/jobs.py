"""Work on files that nobody waits for."""

from xingyun.clock import machine_now
from xingyun.files import actions, kept
from xingyun.jobs import Run, periodic


@periodic("files.purge", every=3600)
def purge(_run: Run) -> None:
    """Throw away uploads that expired, and pieces of booklets that nobody used for long."""
    actions.purge(now=machine_now())
    kept.purge(now=machine_now())
