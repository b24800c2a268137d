"""Work of this room that lasts longer than a request."""

from xingyun.applications.jobs import making, receipts
from xingyun.jobs import Run, job


@job("applications.booklet", lease=120)
def booklet(run: Run) -> None:
    """Make the booklet named in the payload."""
    making.make(run)


@job("applications.receipt")
def receipt(run: Run) -> None:
    """Issue the receipt of the submission named in the payload."""
    receipts.issue(run)
