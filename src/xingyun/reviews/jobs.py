"""Work of the offices that waits for its day, or takes longer than a request."""

from xingyun.accounts.models import User
from xingyun.clock import now
from xingyun.jobs import Run, as_asked, job, periodic
from xingyun.registry.queries import actor_for
from xingyun.reviews import actions
from xingyun.reviews.actions.handing_over import KIND
from xingyun.reviews.models import HandOver


@periodic("reviews.amendments", every=60)
def amendments(_run: Run) -> None:
    """Let announced amendments take effect whose day has come."""
    actions.carry_out_amendments(now=now())


@job(KIND, lease=120)
def hand_over(run: Run) -> None:
    """Make the bundle of a report for whoever asked for it."""
    made = HandOver.objects.select_related("report").get(pk=run.payload["hand_over"])
    asked = User.objects.get(pk=made.asked_by_id)
    with as_asked(run):
        actions.make_hand_over(
            made=made,
            actor=actor_for(asked),
            now=now(),
            progress=run.progress,
            check=run.check,
            also=run.finish,
        )


@periodic("reviews.purge", every=3600)
def purge(_run: Run) -> None:
    """Delete bundles whose days are over."""
    actions.purge_hand_overs(now=now())
