"""Who acts for an enterprise, decided in several places at one moment: nobody slips in."""

import pytest
from tests.factories.ground import make_enterprise, make_ground, make_user
from tests.registry.test_takeovers import claim, holders, later
from tests.reviews.test_races import together

from xingyun.audit.errors import Refused
from xingyun.registry import actions
from xingyun.registry.models import Enterprise, Member, Takeover
from xingyun.registry.queries import actor_for
from xingyun.registry.states import TakeoverState

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ground(now):
    made = make_ground(now)
    made.actor("lixia")
    return made


@pytest.fixture
def house(ground):
    return make_enterprise(ground, "lixia")


def ruling(takeover, ground, to=TakeoverState.HANDED_OVER):
    found, actor = Takeover.objects.select_related("enterprise").get(pk=takeover.pk), ground.actor("lixia")
    return lambda: actions.rule_takeover(takeover=found, to=to, ruling="属实", actor=actor, now=later(ground))


def test_one_link_lets_one_in(ground, house, now):
    enterprise, holder = house
    token = actions.invite(enterprise=enterprise, role="preparer", note="", actor=holder, now=now).token
    people = [actor_for(make_user(f"guest-{n}", now)) for n in range(3)]
    results = together(*[lambda a=a: actions.join(token=token, actor=a, now=now) for a in people])
    assert sum(isinstance(r, Enterprise) for r in results) == 1, results
    assert all(isinstance(r, Enterprise | Refused) for r in results), results
    assert Member.objects.filter(enterprise=enterprise).count() == 2


def test_nobody_joins_whom_it_is_taken_from(ground, house, now):
    """A link of the old people's is worth nothing once it is handed over; and none waits for the other."""
    enterprise, holder = house
    for n in range(3):
        made = claim(house, ground, username=f"jieren-{n}")
        token = actions.invite(enterprise=enterprise, role="holder", note="", actor=holder, now=now).token
        guest = actor_for(make_user(f"late-{n}", now))
        ruled, joined = together(
            ruling(made, ground), lambda t=token, g=guest: actions.join(token=t, actor=g, now=later(ground))
        )
        assert ruled is None, ruled
        assert isinstance(joined, Enterprise | Refused), joined
        assert holders(house) == {made.claimant_id}
        holder = actor_for(made.claimant)


def test_two_claims_ruled_at_once_one_after_another(ground, house):
    claims = [claim(house, ground, username=f"jieren-{n}") for n in range(2)]
    assert together(*[ruling(made, ground) for made in claims]) == [None, None]
    assert holders(house) in [{made.claimant_id} for made in claims]
