"""Work that keeps the rooms below tidy; they can't declare it themselves, being below."""

from xingyun.audit import actions as audit
from xingyun.clock import now
from xingyun.jobs import actions
from xingyun.jobs.registry import periodic
from xingyun.jobs.run import Run


@periodic("audit.checkpoint", every=60)
def checkpoint(_run: Run) -> None:
    """Sign the heads of the record that changed."""
    audit.checkpoint(now=now())


@periodic("jobs.purge", every=3600)
def purge(_run: Run) -> None:
    """Forget repeated work that went well."""
    actions.purge(now=now())
