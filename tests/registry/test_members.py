"""The people of an enterprise: invited, joined, given roles, taken out; by its holders and nobody else."""

from datetime import timedelta

import pytest
from tests.applications.test_races import at_once
from tests.factories.ground import make_enterprise, make_ground, make_user

from xingyun.accounts.models import User
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.messages.models import Message
from xingyun.registry import actions
from xingyun.registry.actors import SYSTEM
from xingyun.registry.models import Invitation, Member
from xingyun.registry.queries import actor_for, waiting_invitations

pytestmark = pytest.mark.django_db
ACCOUNT = {
    "username": "xinren",
    "password": "a-long-enough-one",
    "person": "新某",
    "phone": "13800000001",
    "email": "xin@example.com",
}


@pytest.fixture
def ground(now):
    return make_ground(now)


@pytest.fixture
def house(ground):
    return make_enterprise(ground, "lixia")


def invited(house, now, role="preparer"):
    enterprise, holder = house
    return actions.invite(enterprise=enterprise, role=role, note="财务小林", actor=holder, now=now)


def member_of(enterprise, actor):
    return Member.objects.select_related("user", "enterprise").get(enterprise=enterprise, user=actor.user_id)


def joined(house, now, **changes):
    token = invited(house, now).token
    return actor_for(actions.join_as_new(token=token, **{**ACCOUNT, **changes}, now=now))


def test_an_invitation_works_once_and_keeps_no_token(house, now):
    made = invited(house, now)
    user = actions.join_as_new(token=made.token, **ACCOUNT, now=now)
    assert Member.objects.get(user=user).role == "preparer"
    assert made.token not in str(Invitation.objects.values())
    assert Message.objects.get(user_id=house[1].user_id, dedupe_key__startswith="joined").subject
    with pytest.raises(Refused, match="已经用过"):
        actions.join_as_new(token=made.token, **{**ACCOUNT, "username": "another"}, now=now)
    assert not User.objects.filter(username="another").exists(), "no account is left of a try in vain"


def test_an_invitation_ends(house, now):
    old, withdrawn = invited(house, now), invited(house, now)
    actions.withdraw_invitation(invitation=withdrawn.invitation, actor=house[1], now=now)
    for token, at in ((old.token, now + timedelta(days=7)), (withdrawn.token, now), ("forged", now)):
        with pytest.raises(Refused):
            actions.join_as_new(token=token, **ACCOUNT, now=at)
    with pytest.raises(Conflict):
        actions.withdraw_invitation(invitation=withdrawn.invitation, actor=house[1], now=now)
    assert list(waiting_invitations([house[0].pk], now)) == [old.invitation]


def test_joining_with_an_account_one_has(house, ground, now):
    _other, actor = make_enterprise(ground, "licheng")
    token = invited(house, now).token
    assert actions.join(token=token, actor=actor, now=now) == house[0]
    again = invited(house, now).token
    with pytest.raises(Refused, match="已经是"):
        actions.join(token=again, actor=actor_for(User.objects.get(pk=actor.user_id)), now=now)
    assert waiting_invitations([house[0].pk], now).count() == 1, "what was not used is left"
    with pytest.raises(Refused, match="主管部门"):
        actions.join(token=again, actor=ground.actor("lixia"), now=now)


def test_preparers_and_strangers_manage_nobody(house, ground, now):
    preparer = joined(house, now)
    stranger = make_enterprise(ground, "lixia")[1]
    target = member_of(house[0], preparer)
    waiting = invited(house, now).invitation
    for actor in (preparer, stranger, ground.actor("lixia")):
        with pytest.raises(NotAllowed):
            actions.invite(enterprise=house[0], role="holder", note="", actor=actor, now=now)
        with pytest.raises(NotAllowed):
            actions.withdraw_invitation(invitation=waiting, actor=actor, now=now)
        with pytest.raises(NotAllowed):
            actions.give_role(member=target, role="holder", actor=actor, now=now)
        with pytest.raises(NotAllowed):
            actions.remove(member=target, actor=actor, now=now)
        with pytest.raises(NotAllowed):
            actions.give_member_password(member=target, actor=actor, now=now)
    assert not Entry.objects.filter(act__in=["member.role", "member.removed", "member.password"]).exists()


def test_somebody_taken_out_acts_no_more(house, now):
    preparer = joined(house, now)
    actions.remove(member=member_of(house[0], preparer), actor=house[1], now=now)
    assert not actor_for(User.objects.get(pk=preparer.user_id)).posts
    assert Message.objects.filter(user_id=preparer.user_id, dedupe_key__startswith="removed").exists()
    assert "新某" not in str(list(Entry.objects.values_list("body", flat=True)))


def test_there_is_always_a_holder(house, now):
    enterprise, holder = house
    own = member_of(enterprise, holder)
    for act in (
        lambda: actions.remove(member=own, actor=holder, now=now),
        lambda: actions.give_role(member=own, role="preparer", actor=holder, now=now),
    ):
        with pytest.raises(Refused, match="至少要有一位"):
            act()
    other = joined(house, now)
    actions.give_role(member=member_of(enterprise, other), role="holder", actor=holder, now=now)
    actions.remove(member=own, actor=holder, now=now)
    assert [m.user_id for m in Member.objects.filter(enterprise=enterprise)] == [other.user_id]


def test_a_new_password_is_to_be_changed(house, ground, now):
    preparer = joined(house, now)
    member = member_of(house[0], preparer)
    password = actions.give_member_password(member=member, actor=house[1], now=now)
    user = User.objects.get(pk=preparer.user_id)
    assert user.check_password(password)
    assert user.must_change
    with pytest.raises(Refused, match="改密码"):
        actions.give_member_password(member=member_of(*house), actor=house[1], now=now)
    Member.objects.create(enterprise=make_enterprise(ground, "lixia")[0], user=user, role="preparer")
    with pytest.raises(Refused, match="别的企业"):
        actions.give_member_password(member=member, actor=house[1], now=now)


def test_no_more_than_fifty(house, now):
    for _n in range(49):
        invited(house, now)
    with pytest.raises(Refused, match="50"):
        invited(house, now)


@pytest.mark.django_db(transaction=True)
def test_two_holders_who_take_each_other_out(house, now):
    """One is left, whoever was faster."""
    enterprise, holder = house
    other = joined(house, now)
    actions.give_role(member=member_of(enterprise, other), role="holder", actor=holder, now=now)
    other = actor_for(User.objects.get(pk=other.user_id))
    pairs = [(member_of(enterprise, other), holder), (member_of(enterprise, holder), other)]
    at_once([lambda m=m, a=a: actions.remove(member=m, actor=a, now=now) for m, a in pairs])
    assert Member.objects.filter(enterprise=enterprise, role="holder").count() == 1


def test_one_invitation_for_two(house, now):
    token = invited(house, now).token
    make_user("bystander", now)
    actions.join_as_new(token=token, **ACCOUNT, now=now)
    with pytest.raises(Refused):
        actions.join(token=token, actor=actor_for(User.objects.get(username="bystander")), now=now)


def test_whoever_leaves_takes_his_invitations_along(ground, house, now):
    """A link made before is no way back in for somebody who was taken out."""
    enterprise, holder = house
    other = joined(house, now)
    actions.give_role(member=member_of(enterprise, other), role="holder", actor=holder, now=now)
    other = actor_for(User.objects.get(pk=other.user_id))
    kept = actions.invite(enterprise=enterprise, role="preparer", note="留", actor=holder, now=now)
    gone = actions.invite(enterprise=enterprise, role="holder", note="后门", actor=other, now=now)
    actions.remove(member=member_of(enterprise, other), actor=holder, now=now)
    back = actor_for(User.objects.get(pk=other.user_id))
    with pytest.raises(Refused):
        actions.join(token=gone.token, actor=back, now=now)
    assert [one.pk for one in waiting_invitations([enterprise.pk], now)] == [kept.invitation.pk]


def test_a_holder_who_becomes_a_preparer_invites_nobody_by_older_links(house, now):
    enterprise, holder = house
    other = joined(house, now)
    actions.give_role(member=member_of(enterprise, other), role="holder", actor=holder, now=now)
    made = actions.invite(
        enterprise=enterprise,
        role="holder",
        note="",
        actor=actor_for(User.objects.get(pk=other.user_id)),
        now=now,
    )
    actions.give_role(member=member_of(enterprise, other), role="preparer", actor=holder, now=now)
    with pytest.raises(Refused):
        actions.join_as_new(token=made.token, **{**ACCOUNT, "username": "late"}, now=now)


def test_no_holder_becomes_an_official_by_a_password(ground, house, now):
    """A member who was given a seat later on is not the enterprise's to open."""
    enterprise, holder = house
    other = joined(house, now)
    user = User.objects.get(pk=other.user_id)
    actions.add_seat(user=user, authority=ground.authority("lixia"), role="reviewer", actor=SYSTEM, now=now)
    before = user.password
    with pytest.raises(Refused):
        actions.give_member_password(member=member_of(enterprise, other), actor=holder, now=now)
    assert User.objects.get(pk=user.pk).password == before
