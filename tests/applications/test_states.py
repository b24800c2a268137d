"""The transition table against the database: every edge is walked, no other exists."""

from itertools import cycle

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.applications.conftest import Begun

from xingyun.applications.actions.transitions import move
from xingyun.applications.models import Application, StateChange
from xingyun.applications.states import CLOSED_FOR_GOOD, TRANSITIONS, State
from xingyun.audit.errors import Conflict
from xingyun.audit.models import Entry
from xingyun.registry.actors import SYSTEM

Machine = tuple[type[RuleBasedStateMachine], set[tuple[State, State]]]
EDGES = {(source, target) for source, targets in TRANSITIONS.items() for target in targets}


@pytest.fixture
def machine(begun: Begun) -> Machine:
    """A machine that pushes one application about, and the edges that it has walked."""
    walked: set[tuple[State, State]] = set()
    starts = cycle(sorted(EDGES))

    class Way(RuleBasedStateMachine):
        state = State.DRAFT

        @initialize()
        def begin(self) -> None:
            """Each walk starts at the foot of the next edge: far ones are rarely reached by chance alone."""
            edge = next(starts)
            Application.objects.filter(pk=begun.application.pk).update(state=edge[0])
            self.state = edge[0]
            self._push(edge[1])

        @rule(pick=st.integers(0, 99))
        def along_an_edge(self, pick: int) -> None:
            ways = list(TRANSITIONS.get(self.state, {}))
            if ways:
                self._push(ways[pick % len(ways)])

        @rule(to=st.sampled_from(list(State)))
        def anywhere(self, to: State) -> None:
            self._push(to)

        def _push(self, target: State) -> None:
            application = begun.fresh()
            steps = StateChange.objects.filter(application=application).count()
            entries = Entry.objects.count()
            if (self.state, target) in EDGES:
                change = move(application=application, to=target, actor=SYSTEM, now=begun.ground.now)
                assert change.act == TRANSITIONS[self.state][target]
                assert change.entry_hash == Entry.objects.latest("id").hash
                walked.add((self.state, target))
                self.state = target
                return
            with pytest.raises(Conflict):
                move(application=application, to=target, actor=SYSTEM, now=begun.ground.now)
            assert StateChange.objects.filter(application=application).count() == steps
            assert Entry.objects.count() == entries

        @invariant()
        def the_database_agrees(self) -> None:
            assert begun.fresh().state == self.state

    return Way, walked


def test_every_edge_and_no_other(
    machine: Machine,
) -> None:
    way, walked = machine
    run_state_machine_as_test(
        way,
        settings=settings(
            max_examples=60,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert walked == EDGES


def test_the_table_says_where_it_ends() -> None:
    """What is over is left only by striking a title, or by taking up again what was refused."""
    for state in CLOSED_FOR_GOOD:
        assert set(TRANSITIONS.get(state, {}).values()) <= {"revoke", "reopen"}
    for state in set(State) - CLOSED_FOR_GOOD:
        assert TRANSITIONS[state]


def test_a_stale_view_moves_nothing(begun: Begun) -> None:
    """Two pages show a draft; one submits, the other withdraws what is no draft any more."""
    one, other = begun.fresh(), begun.fresh()
    move(application=one, to=State.SUBMITTED, actor=SYSTEM, now=begun.ground.now)
    with pytest.raises(Conflict, match="已提交"):
        move(application=other, to=State.WITHDRAWN, actor=SYSTEM, now=begun.ground.now)
    assert begun.fresh().state == State.SUBMITTED
