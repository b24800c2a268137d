"""The factory that other rooms' tests stand on: every state is reached, by edges that exist."""

import pytest
from tests.factories.applications import make_application
from tests.factories.ground import Ground

from xingyun.applications.models import StateChange
from xingyun.applications.states import TRANSITIONS, State


@pytest.mark.parametrize("state", list(State))
def test_every_state_can_be_made(ground: Ground, state: State) -> None:
    made = make_application(ground, state=state)
    assert made.application.state == state
    for step in StateChange.objects.filter(application=made.application).exclude(source=""):
        assert TRANSITIONS[State(step.source)][State(step.target)] == step.act
