"""Two parties claim one enterprise: both are heard, its authority rules, the loser's access ends."""

from datetime import timedelta

import pytest
from tests.factories.ground import make_enterprise, make_file, make_ground

from xingyun.accounts.models import User
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.messages.models import Message
from xingyun.registry import actions
from xingyun.registry.models import Member, Takeover
from xingyun.registry.queries import actor_for, takeovers, takeovers_on
from xingyun.registry.states import Role, TakeoverState

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(now):
    made = make_ground(now)
    made.actor("lixia")  # who is told of claims
    return made


@pytest.fixture
def house(ground):
    return make_enterprise(ground, "lixia")


def claim(house, ground, **changes):
    given = {
        "reason": "left",
        "note": "原来的人离职了",
        "username": "jieren",
        "password": "a-long-enough-one",
        "person": "接某",
        "phone": "13800000002",
        "email": "jie@example.com",
        "licence": make_file(b"their licence", ground.now),
        "authorisation": make_file(b"their authorisation", ground.now),
        "now": ground.now,
    }
    return actions.file_takeover(enterprise=house[0], **{**given, **changes})


def rule(takeover, ground, to, at, actor=None, ruling="授权书是真的"):
    actions.rule_takeover(
        takeover=Takeover.objects.select_related("enterprise").get(pk=takeover.pk),
        to=to, ruling=ruling, actor=actor or ground.actor("lixia"), now=at,
    )  # fmt: skip


def later(ground):
    return ground.now + timedelta(days=3)


def holders(house):
    return set(Member.objects.filter(enterprise=house[0]).values_list("user_id", flat=True))


def test_a_claim_opens_nothing_and_tells_both(house, ground):
    made = claim(house, ground)
    claimant = actor_for(made.claimant)
    assert not claimant.posts
    assert list(takeovers(ground.actor("lixia"))) == [made]
    assert list(takeovers_on(house[1])) == [made]
    told = set(Message.objects.filter(dedupe_key__startswith="takeover").values_list("user_id", flat=True))
    assert told == {house[1].user_id, ground.actor("lixia").user_id}
    texts = " ".join(Message.objects.values_list("body", flat=True))
    assert "接某" not in texts
    assert "13800000002" not in texts


def test_handing_over_ends_the_others_access(house, ground):
    made = claim(house, ground)
    rule(made, ground, "handed_over", later(ground))
    assert holders(house) == {made.claimant_id}
    assert not actor_for(User.objects.get(pk=house[1].user_id)).posts
    house[0].refresh_from_db()
    assert house[0].licence_id == made.licence_id
    assert Message.objects.filter(user_id=house[1].user_id, dedupe_key__contains="ruled").exists()
    assert Message.objects.filter(user_id=made.claimant_id, dedupe_key__contains="ruled").exists()


def test_both_stay_or_nothing_changes(house, ground):
    both = claim(house, ground)
    rule(both, ground, "both", later(ground))
    assert holders(house) == {house[1].user_id, both.claimant_id}
    again = claim(house, ground, username="another")
    rule(again, ground, "kept", later(ground))
    assert holders(house) == {house[1].user_id, both.claimant_id}


def test_nothing_is_handed_over_before_the_present_people_could_speak(house, ground):
    made = claim(house, ground)
    for to in ("handed_over", "both"):
        with pytest.raises(Refused, match="说明期"):
            rule(made, ground, to, later(ground) - timedelta(seconds=1))
    actions.answer_takeover(takeover=made, answer="同意移交", file=None, actor=house[1], now=ground.now)
    rule(made, ground, "handed_over", ground.now)
    assert holders(house) == {made.claimant_id}


def test_what_is_missing_is_said_and_the_first_ruling_stands(house, ground):
    made = claim(house, ground)
    with pytest.raises(Refused) as refused:
        rule(made, ground, "kept", later(ground), ruling=" ")
    assert refused.value.field == "ruling"
    with pytest.raises(Refused):
        rule(made, ground, "open", later(ground))
    with pytest.raises(Refused):
        actions.answer_takeover(takeover=made, answer=" ", file=None, actor=house[1], now=ground.now)
    with pytest.raises(Refused):
        claim(house, ground, reason="", username="x2")
    rule(made, ground, "kept", later(ground))
    with pytest.raises(Conflict):
        rule(made, ground, "handed_over", later(ground))
    with pytest.raises(Conflict):
        actions.answer_takeover(takeover=made, answer="晚了", file=None, actor=house[1], now=later(ground))
    made.refresh_from_db()
    assert made.state == TakeoverState.KEPT
    assert holders(house) == {house[1].user_id}


def test_only_its_authority_rules_and_only_its_people_answer(house, ground):
    made = claim(house, ground)
    claimant = actor_for(made.claimant)
    stranger = make_enterprise(ground, "lixia")[1]
    for actor in (house[1], claimant, stranger, ground.actor("licheng"), ground.actor("lixia", Role.AUDITOR)):
        with pytest.raises(NotAllowed):
            rule(made, ground, "kept", later(ground), actor=actor)
    for actor in (claimant, stranger, ground.actor("lixia")):
        with pytest.raises(NotAllowed):
            actions.answer_takeover(takeover=made, answer="?", file=None, actor=actor, now=ground.now)
    assert Takeover.objects.get().state == TakeoverState.OPEN
    assert not Entry.objects.filter(act__in=["takeover.ruled", "takeover.answered"]).exists()


def test_the_record_names_no_person(house, ground):
    made = claim(house, ground)
    actions.answer_takeover(
        takeover=made, answer="我叫林某，13800000009", file=None, actor=house[1], now=ground.now
    )
    rule(made, ground, "both", later(ground))
    bodies = str(list(Entry.objects.values_list("body", flat=True)))
    assert not [word for word in ("接某", "林某", "13800000009", "jie@example.com") if word in bodies]


def test_after_a_hand_over_no_older_link_leads_back_in(house, ground):
    enterprise, loser = house
    made = claim(house, ground)
    link = actions.invite(enterprise=enterprise, role="holder", note="", actor=loser, now=later(ground))
    rule(made, ground, TakeoverState.HANDED_OVER, later(ground))
    back = actor_for(User.objects.get(pk=loser.user_id))
    with pytest.raises(Refused):
        actions.join(token=link.token, actor=back, now=later(ground))
    assert holders(house) == {made.claimant_id}


def test_a_claimant_who_was_invited_meanwhile_becomes_a_holder(house, ground):
    enterprise, holder = house
    made = claim(house, ground)
    link = actions.invite(enterprise=enterprise, role="preparer", note="", actor=holder, now=ground.now)
    actions.join(token=link.token, actor=actor_for(made.claimant), now=ground.now)
    rule(made, ground, TakeoverState.BOTH, later(ground))
    assert Member.objects.get(enterprise=enterprise, user=made.claimant).role == "holder"
