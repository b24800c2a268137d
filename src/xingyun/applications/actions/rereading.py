"""Reading again whatever older readers read: first all files, then everything that hangs on them is checked.

In this order, because pages are compared with one another: who is checked while only half of them were looked
at by the present readers would miss likenesses that are there.
"""

from datetime import datetime

from django.db import transaction

from xingyun.applications.actions.checking import CHECK, have_all_checked
from xingyun.applications.queries.rereading import AGAIN
from xingyun.applications.queries.subject import with_files
from xingyun.evidence import actions as evidence
from xingyun.evidence.queries import how_far, to_read_again, to_settle
from xingyun.jobs import actions as jobs
from xingyun.jobs.queries import count_open
from xingyun.jobs.run import Run

AT_ONCE = 40  # so many wait at most: what somebody just sent in stands behind no more


def go_on(*, run: Run, now: datetime) -> None:
    """Ask for the next piece of it, and for itself behind that piece; nothing once all is done.

    Each file is asked for once. Killed anywhere, it goes on where it was.
    """
    if _read_more(run, now) or _check_more(run, now):
        jobs.enqueue(kind=run.kind, key=run.key, now=now, again=True)


def _read_more(run: Run, now: datetime) -> bool:
    room = max(AT_ONCE - count_open(AGAIN), 0)
    files = to_read_again(room)
    for file in files:
        with transaction.atomic():
            evidence.expect_reading(file=file)
            jobs.enqueue(kind=AGAIN, key=file.sha256, payload={"file": file.pk}, now=now)
    if files or room < AT_ONCE:
        read, waiting, older = how_far()
        run.progress(read, read + waiting + older)
    return bool(files)


def _check_more(run: Run, now: datetime) -> bool:
    if count_open(AGAIN) or count_open(CHECK) >= AT_ONCE:
        return False
    files = to_settle(AT_ONCE)
    have_all_checked(applications=with_files(files), now=now)
    run.check()
    evidence.forget_older(files=files)
    return bool(files)
