"""Another programme altogether, three tiers and other keys, goes the same way through the same code."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import At
from tests.factories.applications import make_application
from tests.factories.ground import Ground, make_ground

from xingyun.applications import actions, queries
from xingyun.applications.models import Submission
from xingyun.applications.states import BookletState, State
from xingyun.registry.states import Role

FOLDER = Path(__file__).parents[1] / "rulebooks" / "qinglan-2022"


@pytest.fixture
def elsewhere(db: None, at: At) -> Ground:
    """The made-up programme's round."""
    return make_ground(at("2022-03-01 09:00"), folder=FOLDER)


def test_it_is_filled_in_bound_and_handed_in(elsewhere: Ground, work: Callable[[], int]) -> None:
    made = make_application(elsewhere)
    space = queries.workspace(made.fresh(), elsewhere.now)
    assert [f.where[0] for f in space.verdict.blocking] == ["booklet"]
    booklet = actions.make_booklet(application=made.application, actor=made.actor, now=elsewhere.now)
    work()
    booklet.refresh_from_db()
    assert booklet.state == BookletState.READY, booklet.error


@pytest.mark.parametrize("state", [State.SUBMITTED, State.REPORTED, State.EVALUATING, State.AWARDED])
def test_upper_tiers_see_it_once_it_was_reported(elsewhere: Ground, state: State) -> None:
    made = make_application(elsewhere, state=state)
    office = made.application.authority
    seen = []
    while office is not None:
        actor = elsewhere.actor(office.key, Role.PREPARER)
        seen.append(queries.visible_to(actor).filter(pk=made.application.pk).exists())
        office = office.parent  # type: ignore[assignment]
    assert seen == [True, *[state != State.SUBMITTED] * (len(seen) - 1)]
    assert len(seen) == 3
    facts = Submission.objects.get().facts
    assert facts["level"] == elsewhere.book.levels[0].key
    assert (facts["points"] > 0, facts["reached"], facts["preferences"]) == (True, None, 0)
