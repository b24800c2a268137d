"""Workers at random: work is claimed, overtaken, ended, asked for again. Who lost it is not heard.

A few plays in the suite, always the same; XINGYUN_FUZZ=1000 plays that many others.
"""

import os
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from tests.machines.play import undone
from tests.machines.rows import changed, rows
from tests.machines.tables import BEGIN, JOBS, Edge

from xingyun.clock import machine_now
from xingyun.jobs import FencedError, actions
from xingyun.jobs.models import Job
from xingyun.jobs.registry import Kind
from xingyun.jobs.run import Run
from xingyun.jobs.states import OPEN, State

pytestmark = pytest.mark.django_db
PLAYS = int(os.environ.get("XINGYUN_FUZZ", "0"))
KEYS = ("a", "b")
KINDS: Mapping[str, Kind] = {"test": Kind("test", lambda _run: None, lease=60, max_attempts=2)}


class Workers(RuleBasedStateMachine):
    """The queue and those who take from it. `asked` and `done` count each key's payloads."""

    now: datetime
    seen: set[Edge]

    def __init__(self) -> None:
        super().__init__()
        self.undone = undone()
        self.undone.__enter__()
        self.runs: list[Run] = []
        self.wanted: dict[str, int] = {}
        self.count = 0
        self.settle()

    def settle(self) -> None:
        """What is there now."""
        self.rows = rows(["jobs"])
        self.states = {pk: str(state) for pk, state in Job.objects.order_by("pk").values_list("pk", "state")}

    def moved(self) -> None:
        """Whatever moved went along an edge; of each key one job at most is open."""
        now = {pk: str(state) for pk, state in Job.objects.order_by("pk").values_list("pk", "state")}
        for pk, state in now.items():
            if pk not in self.states:
                assert state in BEGIN["job"]
            elif state != self.states[pk]:
                assert (self.states[pk], state) in JOBS, (self.states[pk], state)
                self.seen.add((self.states[pk], state))
        for key in KEYS:
            assert Job.objects.filter(key=key, state__in=OPEN).count() <= 1
        self.settle()

    def holds(self, run: Run) -> bool:
        """Whether a worker's word still counts: nobody has taken or ended its job since."""
        return Job.objects.filter(pk=run.id, attempt=run.attempt, state=State.RUNNING).exists()

    def word(self, run: Run, say: object) -> None:
        """A worker speaks: it is heard while the work is its own, else fenced, and nothing is changed."""
        right = self.holds(run)
        try:
            say(run=run)
        except FencedError:
            assert not right
            assert not changed(self.rows, rows(["jobs"]))
            return
        # Putting back what is not its own is said in vain, but no fault.
        assert right or (say is actions.release and not changed(self.rows, rows(["jobs"])))
        self.moved()

    @rule(key=st.sampled_from(KEYS), again=st.booleans(), late=st.booleans())
    def asked(self, key: str, again: bool, late: bool) -> None:
        self.count += 1
        after = self.now + timedelta(hours=1) if late else None
        payload = {"n": self.count}
        job = actions.enqueue(
            kind="test", key=key, payload=payload, run_after=after, now=self.now, again=again
        )
        assert Job.objects.get(pk=job.pk).payload == payload
        self.wanted[key] = self.count
        self.moved()

    @rule()
    def claimed(self) -> None:
        run = actions.claim(kinds=KINDS, now=self.now)
        if run is not None:
            assert all(run.id != other.id or run.attempt > other.attempt for other in self.runs)
            self.runs.append(run)
        self.moved()

    @precondition(lambda self: self.runs)
    @rule(data=st.data())
    def ended(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(self.runs))
        right = self.holds(run)
        self.word(run, actions.complete)
        open_ = Job.objects.filter(key=run.key, state__in=OPEN).first()
        if right and open_ is None:
            # Nothing is left to do: the last that was asked for is what was done.
            assert run.payload == {"n": self.wanted[run.key]}

    @precondition(lambda self: self.runs)
    @rule(data=st.data(), final=st.booleans())
    def failed(self, data: st.DataObject, final: bool) -> None:
        run = data.draw(st.sampled_from(self.runs))
        self.word(run, lambda run: actions.fail(run=run, error="坏了", final=final))

    @precondition(lambda self: self.runs)
    @rule(data=st.data())
    def put_back(self, data: st.DataObject) -> None:
        self.word(data.draw(st.sampled_from(self.runs)), actions.release)

    @precondition(lambda self: self.runs)
    @rule(data=st.data())
    def showed_progress(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(self.runs))
        self.word(run, lambda run: actions.report(run=run, done=1, total=2))

    @rule()
    def fell_silent(self) -> None:
        silent = machine_now() - timedelta(seconds=1)
        Job.objects.filter(state=State.RUNNING).update(lease_until=silent)
        self.settle()

    @rule()
    def time_passes(self) -> None:
        type(self).now += timedelta(minutes=5)

    def teardown(self) -> None:
        self.undone.__exit__(None, None, None)


def test_workers_at_random(now: datetime) -> None:
    seen: set[Edge] = set()
    play = type("WorkersHere", (Workers,), {"now": now, "seen": seen})
    run_state_machine_as_test(
        play,
        settings=settings(
            max_examples=PLAYS or 12,
            stateful_step_count=40,
            derandomize=not PLAYS,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        ),
    )
    assert seen == JOBS
