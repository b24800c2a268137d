"""Certificates are made one by one, after the announcement; statistics are counted while a round runs."""

from xingyun import clock
from xingyun.jobs.registry import job, periodic
from xingyun.jobs.run import Run
from xingyun.registry.actors import SYSTEM
from xingyun.results import actions
from xingyun.results.actions.announcing import CERTIFICATE
from xingyun.results.actions.counting import KIND
from xingyun.results.queries.statistics import to_count
from xingyun.rounds.queries import rounds


@job(CERTIFICATE)
def certificate(run: Run) -> None:
    """The certificate of one award; the job ends in the transaction that issues it."""
    actions.issue_certificate(award_id=run.payload["award"], actor=SYSTEM, now=clock.now(), also=run.finish)


@periodic(KIND, every=600, lease=300, patient=True)
def statistics(run: Run) -> None:
    """Count the rounds that are due, or the one that was asked for; done twice, the later count stands."""
    asked = run.payload.get("round")
    for round_ in rounds().filter(pk=asked) if asked else to_count():
        run.check()
        actions.count_statistics(round=round_, now=clock.now())
