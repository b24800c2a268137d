"""A programme in which one tier accepts, decides and publishes: there is nobody to report to."""

from pathlib import Path

import pytest
from tests.factories.ground import Ground, make_ground
from tests.reviews.office import Office, fresh

from xingyun.applications.states import State
from xingyun.audit.errors import Refused
from xingyun.registry.models import Title
from xingyun.results import actions
from xingyun.results.models import Notice, NoticeLine
from xingyun.reviews.states import Outcome

pytestmark = pytest.mark.django_db
LANTING = Path(__file__).parents[1] / "rulebooks" / "lanting-2021"


@pytest.fixture
def ground(db, at) -> Ground:
    """The made-up county's programme, open."""
    return make_ground(at("2021-03-10 09:00"), folder=LANTING)


@pytest.fixture
def office(ground) -> Office:
    """The county's bureau."""
    return Office(ground, "lanting", ground.now)


def publish(office: Office) -> Notice:
    """Publish what the bureau has decided."""
    return actions.publish_notice(
        round=office.ground.round, authority=office.authority, actor=office.actor(), now=office.now
    )


def test_what_it_accepted_it_proposes_and_announces(ground, office, at):
    won, lost = office.accepted(""), office.accepted("")
    assert fresh(won).level == "workshop", "the only level is nobody's to choose"
    with pytest.raises(Refused, match="2 份申请没有评定"):
        publish(office)
    office.decide(won, "workshop", "decide")
    office.decide(lost, "workshop", "decide", Outcome.DECLINED, "作品不足")
    notice = publish(office)
    assert [fresh(m).state for m in (won, lost)] == [State.PROPOSED, State.NOT_AWARDED]
    assert NoticeLine.objects.get(notice=notice).application_id == won.application.pk
    actions.announce(notice=notice, actor=office.actor(), now=at("2021-03-15 09:00"))
    title = Title.objects.get()
    assert (title.level, str(title.valid_from), str(title.valid_to)) == (
        "workshop",
        "2021-03-15",
        "2023-03-15",
    )
    assert fresh(won).state == State.AWARDED


def test_it_has_nothing_to_report(ground, office):
    won = office.accepted("")
    office.decide(won, "workshop", "decide")
    with pytest.raises(Refused, match="不需要上报"):
        office.draft()
