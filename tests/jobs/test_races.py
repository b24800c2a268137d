"""What is asked for while the work ends is done; two workers never want the same piece."""

import time
from datetime import timedelta

import pytest
from tests.reviews.test_races import together

from xingyun.clock import machine_now
from xingyun.jobs import actions
from xingyun.jobs.models import Job
from xingyun.jobs.registry import Kind
from xingyun.jobs.states import OPEN, State

pytestmark = pytest.mark.django_db(transaction=True)
KINDS = {"test": Kind("test", lambda _run: None, lease=60, max_attempts=3)}
# The asker takes some milliseconds: the end comes at each of them once.
MOMENTS = [n * 0.003 for n in range(10)]


@pytest.mark.parametrize("end", ["complete", "fail"])
def test_what_is_asked_for_while_the_work_ends_is_not_lost(end, now):
    def over(run, after):
        time.sleep(after)
        if end == "complete":
            return actions.complete(run=run)
        return actions.fail(run=run, error="坏了", final=True)

    for n, after in enumerate(MOMENTS):
        key = str(n)
        actions.enqueue(kind="test", key=key, now=now)
        run = actions.claim(kinds=KINDS, now=now)
        asked, ended = together(
            lambda key=key: actions.enqueue(kind="test", key=key, again=True, now=now),
            lambda run=run, after=after: over(run, after),
        )
        assert isinstance(asked, Job), asked
        assert ended is None, ended
        assert Job.objects.filter(key=key, state=State.QUEUED).count() == 1
        Job.objects.filter(key=key, state__in=OPEN).delete()


def test_two_workers_at_once_take_two_pieces(now):
    for _n in range(5):
        for key in ("a", "b"):
            actions.enqueue(kind="test", key=key, now=now)
        runs = together(*[lambda: actions.claim(kinds=KINDS, now=now)] * 2)
        assert None not in runs
        assert {run.key for run in runs} == {"a", "b"}
        Job.objects.all().delete()


def test_one_of_many_ends_what_its_worker_left_for_the_last_time(now):
    actions.enqueue(kind="test", key="a", now=now)
    run = actions.claim(kinds=KINDS, now=now)
    silent = machine_now() - timedelta(seconds=1)
    Job.objects.filter(pk=run.id).update(failures=2, lease_until=silent)
    assert together(*[lambda: actions.claim(kinds=KINDS, now=now)] * 4) == [None] * 4
    assert list(Job.objects.values_list("state", "failures")) == [(State.FAILED, 3)]
