"""Certificates are made one by one, after the announcement."""

from xingyun import clock
from xingyun.jobs.registry import job
from xingyun.jobs.run import Run
from xingyun.registry.actors import SYSTEM
from xingyun.results import actions
from xingyun.results.actions.announcing import CERTIFICATE


@job(CERTIFICATE)
def certificate(run: Run) -> None:
    """The certificate of one award; the job ends in the transaction that issues it."""
    actions.issue_certificate(award_id=run.payload["award"], actor=SYSTEM, now=clock.now(), also=run.finish)
