"""Asking for work, and what a worker says of it. Every word of a worker is fenced by the attempt."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from xingyun.clock import machine_now
from xingyun.clock import now as product_now
from xingyun.jobs.models import DIED, Beat, Job, Worker
from xingyun.jobs.registry import KINDS, Kind
from xingyun.jobs.run import FencedError, Run
from xingyun.jobs.states import OPEN, State

BACKOFF = (5, 30, 120, 600)
# What lies so much farther ahead than it can was written before the machine's clock was set back; a little
# more is only a colleague who has looked at the clock a moment later.
SET_BACK = timedelta(minutes=1)
AWAY = timedelta(seconds=30)  # between two looks whether there is room again
KEEP_DONE = timedelta(days=1)


def enqueue(
    *,
    kind: str,
    key: str,
    payload: Mapping[str, Any] | None = None,
    owner: int | None = None,
    run_after: datetime | None = None,
    now: datetime,
    again: bool = False,
) -> Job:
    """Ask for work; while a job of this kind and key is open, that one is returned.

    `payload` holds small ids, `owner` is the user's id, `run_after` product time. A job that still waits
    takes the new payload. One that is running already is done once more afterwards when `again` says that
    its input has changed, or when the payload is another. Part of the caller's transaction, if there is one.
    """
    fresh = Job(
        kind=kind,
        key=key,
        owner_id=owner,
        payload=dict(payload or {}),
        run_after=run_after or now,
        created_at=now,
    )
    with transaction.atomic():
        while True:
            Job.objects.bulk_create([fresh], ignore_conflicts=True)
            job = Job.objects.select_for_update().filter(kind=kind, key=key, state__in=OPEN).first()
            # None: the open job that stood in the way ended in this very moment.
            if job is not None:
                return _join(job, fresh, again)


def claim(*, kinds: Mapping[str, Kind], now: datetime) -> Run | None:
    """Take the next piece of work that is due (product time) or whose worker fell silent (machine time).

    Patient work is taken when there is no other.
    """
    for patient in (False, True):
        some = {name: kind for name, kind in kinds.items() if kind.patient is patient}
        if some and (run := _claim(some, now)):
            return run
    return None


def _claim(kinds: Mapping[str, Kind], now: datetime) -> Run | None:
    due = _due(kinds, now)
    # A look first: on SQLite a transaction, even an empty one, makes writers wait.
    while due.exists():
        with transaction.atomic():
            job = due.select_for_update(skip_locked=True).first()
            if job is None:
                return None
            if job.state == State.QUEUED or job.failures + 1 < kinds[job.kind].max_attempts:
                return _take(job, kinds[job.kind])
            _end(job.pk, job.attempt, error=DIED, failures=job.failures + 1)
    return None


def report(*, run: Run, done: int, total: int) -> None:
    """Show progress and renew the lease; raises FencedError."""
    _fenced(_mine(run).update(progress=min(done, total), total=total, lease_until=_lease(run.lease)))


def renew(*, run: Run) -> None:
    """Renew the lease; raises FencedError."""
    _fenced(_mine(run).update(lease_until=_lease(run.lease)))


def complete(*, run: Run) -> None:
    """The work is done; raises FencedError. What was asked for meanwhile is queued again."""
    now = product_now()
    with transaction.atomic():
        ended = (
            _mine(run)
            .filter(again=False)
            .update(state=State.DONE, lease_until=None, finished_at=now, progress=F("total"), error="")
        )
        if not ended:
            _requeue(run, now)


def fail(*, run: Run, error: str, final: bool = False) -> None:
    """The try ended badly: once more after a pause, or, `final` or too often, failed for good."""
    now = product_now()
    with transaction.atomic():
        job = _mine(run).select_for_update().first()
        if job is None:
            raise FencedError
        failures = job.failures + 1
        if job.again:
            _requeue(run, now)
        elif final or failures >= job.max_attempts:
            _end(run.id, run.attempt, error=error, failures=failures)
        else:
            pause = timedelta(seconds=BACKOFF[min(failures, len(BACKOFF)) - 1])
            _mine(run).update(
                state=State.QUEUED, lease_until=None, run_after=now + pause, failures=failures, error=error
            )


def release(*, run: Run) -> None:
    """Put the work back unfinished, without blame: the worker is stopping. Fenced work is left alone."""
    _mine(run).update(state=State.QUEUED, lease_until=None, progress=0)


def postpone(*, run: Run, error: str) -> None:
    """Put the work back for a while, without blame: what it needs is away. Fenced work is left alone."""
    _mine(run).update(
        state=State.QUEUED, lease_until=None, progress=0, run_after=product_now() + AWAY, error=error
    )


def retry(*, job: Job, now: datetime) -> Job:
    """Ask again for work that failed."""
    return enqueue(kind=job.kind, key=job.key, payload=job.payload, owner=job.owner_id, now=now)


def beat(*, kinds: Mapping[str, Kind], machine: datetime, now: datetime) -> int:
    """Queue the repeated work that is due; of several workers one does. Returns how many."""
    rhythm = {name: kind.every for name, kind in kinds.items() if kind.every}
    known = dict(Beat.objects.filter(kind__in=rhythm).values_list("kind", "due_at"))
    missing = [Beat(kind=name, due_at=machine) for name in rhythm if name not in known]
    if missing:
        Beat.objects.bulk_create(missing, ignore_conflicts=True)
        known.update({item.kind: item.due_at for item in missing})
    rest = {name: timedelta(seconds=rhythm[name] or 0) for name in known}
    due = [name for name, at in known.items() if not machine < at <= machine + rest[name] + SET_BACK]
    return sum(_beat(name, machine, rest[name], now) for name in due)


def sign_on(*, name: str, machine: datetime) -> None:
    """Give a worker's sign of life, and forget workers that fell silent a day ago."""
    if not Worker.objects.filter(name=name).update(seen_at=machine):
        Worker.objects.create(name=name, started_at=machine, seen_at=machine)
        Worker.objects.filter(seen_at__lt=machine - timedelta(days=1)).delete()


def sign_off(*, name: str) -> None:
    """The worker has stopped."""
    Worker.objects.filter(name=name).delete()


def purge(*, now: datetime) -> int:
    """Forget repeated work that was done more than a day ago; returns how many."""
    repeated = [name for name, kind in KINDS.items() if kind.every]
    gone = Job.objects.filter(state=State.DONE, kind__in=repeated, finished_at__lt=now - KEEP_DONE).delete()
    return gone[0]


def _join(job: Job, fresh: Job, again: bool) -> Job:
    """Merge what is asked for now into the open job."""
    changed = job.payload != fresh.payload
    if job.state == State.RUNNING and (again or changed):
        Job.objects.filter(pk=job.pk).update(again=True, payload=fresh.payload)
        job.again = True
    elif job.state == State.QUEUED and (changed or fresh.run_after < job.run_after):
        earlier = min(job.run_after, fresh.run_after)
        Job.objects.filter(pk=job.pk).update(payload=fresh.payload, run_after=earlier)
        job.run_after = earlier
    job.payload = fresh.payload
    return job


def _due(kinds: Mapping[str, Kind], now: datetime) -> QuerySet[Job]:
    machine = machine_now()
    waiting = Q(state=State.QUEUED, run_after__lte=now)
    silent = Q(state=State.RUNNING, lease_until__lt=machine)
    # Held for longer than anybody may hold it: the machine's clock was set back since. Whoever does the work
    # all the same renews its lease at the next sign of life, or is fenced.
    longest = timedelta(seconds=max(kind.lease for kind in kinds.values()))
    silent |= Q(state=State.RUNNING, lease_until__gt=machine + longest + SET_BACK)
    return Job.objects.filter(waiting | silent, kind__in=list(kinds)).order_by("run_after", "id")


def _take(job: Job, kind: Kind) -> Run | None:
    died = job.state == State.RUNNING
    taken = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=job.state).update(
        state=State.RUNNING,
        attempt=F("attempt") + 1,
        failures=F("failures") + int(died),
        max_attempts=kind.max_attempts,
        lease_until=_lease(kind.lease),
        error=DIED if died else job.error,
        progress=0,
    )
    if not taken:
        return None
    return Run(job.pk, job.kind, job.key, job.payload, job.owner_id, job.attempt + 1, kind.lease)


def _requeue(run: Run, now: datetime) -> None:
    """Begin anew with what was asked for meanwhile."""
    fresh = {"again": False, "failures": 0, "progress": 0, "error": ""}
    _fenced(_mine(run).update(state=State.QUEUED, lease_until=None, run_after=now, **fresh))


def _mine(run: Run) -> QuerySet[Job]:
    return Job.objects.filter(pk=run.id, attempt=run.attempt, state=State.RUNNING)


def _fenced(rows: int) -> None:
    if rows != 1:
        raise FencedError


def _lease(seconds: int) -> datetime:
    return machine_now() + timedelta(seconds=seconds)


def _end(pk: int, attempt: int, *, error: str, failures: int) -> None:
    Job.objects.filter(pk=pk, attempt=attempt, state=State.RUNNING).update(
        state=State.FAILED, lease_until=None, finished_at=product_now(), error=error, failures=failures
    )


def _beat(name: str, machine: datetime, every: timedelta, now: datetime) -> bool:
    # Due later than its rhythm allows: the machine's clock was set back since.
    due = Q(due_at__lte=machine) | Q(due_at__gt=machine + every + SET_BACK)
    with transaction.atomic():
        if not Beat.objects.filter(due, kind=name).update(due_at=machine + every):
            return False
        enqueue(kind=name, key="periodic", now=now)
        return True
