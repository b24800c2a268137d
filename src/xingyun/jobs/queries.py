"""Reading jobs: what a page shows of them, and whether anybody works."""

from datetime import timedelta

from django.db.models import QuerySet

from xingyun.clock import machine_now
from xingyun.jobs.models import Job, Worker
from xingyun.jobs.states import OPEN

SILENCE = timedelta(seconds=15)


def latest(*, kind: str, key: str) -> Job | None:
    """The newest job of this kind and key, open or ended: what a page shows as progress."""
    return Job.objects.filter(kind=kind, key=key).order_by("-id").first()


def count_open(kind: str) -> int:
    """How many jobs of this kind are not ended."""
    return Job.objects.filter(kind=kind, state__in=OPEN).count()


def visible_to(user_id: int) -> QuerySet[Job]:
    """The jobs that this person asked for, newest first."""
    return Job.objects.filter(owner_id=user_id).order_by("-id")


def worker_alive() -> bool:
    """Whether a worker gave a sign of life in the last seconds of machine time."""
    return Worker.objects.filter(seen_at__gt=machine_now() - SILENCE).exists()
