"""Work of the offices that waits for its day."""

from xingyun.clock import now
from xingyun.jobs import Run, periodic
from xingyun.reviews import actions


@periodic("reviews.amendments", every=60)
def amendments(_run: Run) -> None:
    """Let announced amendments take effect whose day has come."""
    actions.carry_out_amendments(now=now())
