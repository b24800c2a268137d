"""Work of this room that takes longer than a request."""

from xingyun import clock
from xingyun.jobs.registry import job
from xingyun.jobs.run import Run
from xingyun.papers import actions
from xingyun.papers.actions.verifying import KIND
from xingyun.registry.actors import SYSTEM


@job(KIND, lease=3600)
def verify_record(run: Run) -> None:
    """Verify the whole record; the statement and the job's end are one."""
    actions.state_verification(actor=SYSTEM, now=clock.now(), also=run.finish)
