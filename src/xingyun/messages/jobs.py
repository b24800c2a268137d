"""Letters leave by a job: no page waits for a mail server."""

from xingyun.clock import now
from xingyun.jobs import Run, job, periodic
from xingyun.messages import actions


@job("messages.deliver", lease=120)
def deliver(run: Run) -> None:
    """Send what is due."""
    actions.deliver(now=now(), alive=run.check)


@periodic("messages.retry", every=60, lease=120)
def retry(run: Run) -> None:
    """Send what could not be sent before and is due again."""
    actions.deliver(now=now(), alive=run.check)
