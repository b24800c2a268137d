"""Work of this room that lasts longer than a request."""

from xingyun.applications.actions import awaiting, rereading
from xingyun.applications.jobs import checking, making, reading, receipts, receiving, scanning, stamping
from xingyun.applications.queries.rereading import AGAIN
from xingyun.clock import now
from xingyun.jobs import Run, job, periodic


@job("applications.booklet", lease=120)
def booklet(run: Run) -> None:
    """Make the booklet named in the payload."""
    making.make(run)


@job("applications.scan", lease=240)
def scan(run: Run) -> None:
    """Read the stamped scan named in the payload."""
    scanning.read(run)


@job("applications.stamped", lease=120)
def stamped(run: Run) -> None:
    """Put the stamped pages of the booklet named in the payload into their places."""
    stamping.stamp(run)


@job("applications.receipt")
def receipt(run: Run) -> None:
    """Issue the receipt of the submission named in the payload."""
    receipts.issue(run)


@job(awaiting.KIND, lease=300)
def receive(run: Run) -> None:
    """Take in the file named in the payload once it is scanned."""
    receiving.receive(run)


@periodic("applications.receive_again", every=20)
def receive_again(_run: Run) -> None:
    """Take in what was scanned after its scanner had been away."""
    awaiting.receive_all(now=now())


@job("applications.read", lease=240, patient=True)
def read(run: Run) -> None:
    """Read the file named in the payload."""
    reading.read(run)


@job(AGAIN, lease=240, patient=True)
def read_again(run: Run) -> None:
    """Read the file named in the payload, which older readers read."""
    reading.read_again(run)


@periodic("applications.reread", every=60, patient=True)
def reread(run: Run) -> None:
    """After an upgrade that reads better, have everything read again, piece by piece."""
    rereading.go_on(run=run, now=now())


@job("applications.check", lease=120, patient=True)
def check(run: Run) -> None:
    """Check the evidence of the application named in the payload."""
    checking.check(run)
