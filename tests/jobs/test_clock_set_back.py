"""The machine's clock is set back: what repeats goes on, what a dead worker held is taken over."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from xingyun.audit import SYSTEM
from xingyun.audit import actions as audit
from xingyun.audit.verify import verify
from xingyun.clock import machine_now
from xingyun.jobs import actions
from xingyun.jobs.models import Beat, Job
from xingyun.jobs.registry import Kind
from xingyun.jobs.run import FencedError
from xingyun.jobs.states import State

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
KINDS = {
    "test.often": Kind("test.often", lambda _run: None, lease=60, max_attempts=1, every=20),
    "test.work": Kind("test.work", lambda _run: None, lease=60, max_attempts=3),
}


@pytest.fixture
def machine(monkeypatch):
    """`machine(moment)`: the machine says so."""

    def say(moment: datetime) -> datetime:
        monkeypatch.setattr(actions, "machine_now", lambda: moment)
        return moment

    return say


def test_what_repeats_goes_on_in_its_rhythm(now):
    here = machine_now()
    assert actions.beat(kinds=KINDS, machine=here, now=now) == 1
    Job.objects.update(state=State.DONE)
    back = here - HOUR
    assert actions.beat(kinds=KINDS, machine=back, now=now) == 1, "not an hour later"
    Job.objects.update(state=State.DONE)
    assert actions.beat(kinds=KINDS, machine=back + timedelta(seconds=19), now=now) == 0
    assert actions.beat(kinds=KINDS, machine=back + timedelta(seconds=21), now=now) == 1
    assert Beat.objects.get().due_at == back + timedelta(seconds=41)


def test_what_a_dead_worker_held_is_taken_over_and_a_living_one_keeps_its_work(machine, now):
    here = machine(machine_now())
    actions.enqueue(kind="test.work", key="a", now=now)
    run = actions.claim(kinds=KINDS, now=now)
    machine(here - HOUR)
    run.check()
    assert actions.claim(kinds=KINDS, now=now) is None, "it gave a sign of life since"
    machine(here - 2 * HOUR)
    other = actions.claim(kinds=KINDS, now=now)
    assert other.attempt == run.attempt + 1
    with pytest.raises(FencedError):
        run.finish()
    other.finish()
    assert Job.objects.get().state == State.DONE


def test_the_record_is_whole_and_tells_the_time_that_it_was_told(now):
    for moment in (now, now - HOUR, now + HOUR):
        with transaction.atomic():
            audit.append(stream="a", act="b", actor=SYSTEM, body={}, now=moment)
        audit.checkpoint(now=moment)
    assert not list(verify())
