"""Work on files that nobody waits for."""

from xingyun.clock import machine_now
from xingyun.files import actions
from xingyun.jobs import Run, periodic


@periodic("files.purge", every=3600)
def purge(_run: Run) -> None:
    """Throw away uploads that expired."""
    actions.purge(now=machine_now())
