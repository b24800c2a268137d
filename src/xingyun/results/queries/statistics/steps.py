"""The steps of the way, and how many came at least so far."""

from collections.abc import Mapping

from xingyun.applications.states import State

# What was handed in and stands: neither a draft nor taken back.
HANDED_IN = frozenset(State) - {State.DRAFT, State.WITHDRAWN}
# Who has come at least this far; states beside the way count as far as they came.
ACCEPTED = frozenset(State) - {
    State.DRAFT,
    State.SUBMITTED,
    State.RETURNED,
    State.WITHDRAWN,
    State.NOT_ACCEPTED,
}
REPORTED = frozenset({State.REPORTED, State.EVALUATING, State.PROPOSED, State.AWARDED})


def funnel(states: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Steps of the way with how many came so far, and the width of the bar in hundredths."""
    steps = [
        ("begun", sum(states.values())),
        ("submitted", sum(n for state, n in states.items() if state != State.DRAFT)),
        ("accepted", sum(states.get(state, 0) for state in ACCEPTED)),
        ("reported", sum(states.get(state, 0) for state in REPORTED)),
        ("proposed", states.get(State.PROPOSED, 0) + states.get(State.AWARDED, 0)),
    ]
    widest = max(n for _name, n in steps) or 1
    return [(name, n, 100 * n // widest) for name, n in steps]
