"""Deputies: who names them, what they may do while it lasts, how the record calls them, how it ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.factories.ground import PASSWORD, make_ground, make_user

from xingyun.accounts.models import User
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.messages.models import Message
from xingyun.registry import actions
from xingyun.registry.actors import SYSTEM
from xingyun.registry.deputies import may_stand_in, standing_in
from xingyun.registry.models import Deputy, Membership
from xingyun.registry.queries import actor_at_work, actor_for, people_of
from xingyun.registry.states import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(now, at):
    return make_ground(now)


def user_of(ground, office, role):
    return User.objects.get(pk=ground.actor(office, role).user_id)


def named(ground, *, actor=None, **more):
    today = ground.now.date()
    given = {
        "authority": ground.authority("licheng"),
        "role": Role.SIGNATORY,
        "principal": user_of(ground, "licheng", Role.SIGNATORY),
        "deputy": user_of(ground, "licheng", Role.READER),
        "first_day": today,
        "last_day": today + timedelta(days=4),
        "reason": "出差",
        **more,
    }
    return actions.name_deputy(actor=actor or ground.actor("licheng", Role.ADMIN), now=ground.now, **given)


def test_a_deputy_acts_under_both_names(ground, at):
    made = named(ground)
    deputy, principal = made.deputy, made.principal
    acting = standing_in(deputy, made.pk)
    assert acting.label == f"{deputy.label} 代 {principal.label}"
    assert acting.user_id == deputy.pk, "four eyes are told apart by the person"
    assert acting.holds(Role.SIGNATORY, made.authority_id)
    assert not acting.holds(Role.READER, made.authority_id)
    assert not actor_for(deputy).holds(Role.SIGNATORY, made.authority_id), "only where it says so"
    assert actor_at_work(deputy).holds(Role.SIGNATORY, made.authority_id)
    assert people_of(made.authority_id, Role.SIGNATORY) == [principal.pk, deputy.pk]
    assert {m.user_id for m in Message.objects.filter(subject="指定了代理人")} == {deputy.pk, principal.pk}
    assert deputy.audit_id in Entry.objects.get(act="deputy.named").body
    # It ends by itself.
    for day, live in ((made.first_day - timedelta(days=1), 0), (made.last_day, 1)):
        at(f"{day} 12:00")
        assert may_stand_in(deputy.pk).count() == live
    at(f"{made.last_day + timedelta(days=1)} 00:01")
    assert standing_in(deputy, made.pk) is None
    assert actor_at_work(deputy).seats == actor_for(deputy).seats


def test_a_role_without_a_person(ground):
    made = named(ground, principal=None)
    assert standing_in(made.deputy, made.pk).label.endswith("代 历城区签发岗")


def test_whoever_leaves_lends_nothing(ground, now):
    made = named(ground)
    Membership.objects.filter(user=made.principal).update(
        valid_from=now.date() - timedelta(days=9), valid_to=now.date()
    )
    assert standing_in(made.deputy, made.pk) is None


def test_who_names_one(ground):
    for actor in (
        ground.actor("licheng", Role.SIGNATORY),
        ground.actor("lixia", Role.ADMIN),
        ground.actor("licheng", Role.AUDITOR),
    ):
        with pytest.raises(NotAllowed):
            named(ground, actor=actor)
    made = named(ground, actor=ground.actor("city", Role.ADMIN))
    with pytest.raises(NotAllowed):
        actions.end_deputy(deputy=made, actor=ground.actor("lixia", Role.ADMIN), now=ground.now)
    with pytest.raises(Conflict):
        named(ground)
    actions.end_deputy(deputy=made, actor=ground.actor("licheng", Role.ADMIN), now=ground.now)
    with pytest.raises(Conflict):
        actions.end_deputy(deputy=made, actor=ground.actor("licheng", Role.ADMIN), now=ground.now)
    assert standing_in(made.deputy, made.pk) is None


def test_what_is_not_named(ground, now):
    stranger = make_user("stranger", now)
    own = user_of(ground, "licheng", Role.SIGNATORY)
    later = now.date() + timedelta(days=400)
    for given, field in (
        ({"role": Role.ADMIN}, "role"),
        ({"principal": user_of(ground, "licheng", Role.PREPARER)}, "principal"),
        ({"deputy": own}, "deputy"),
        ({"deputy": stranger}, "deputy"),
        ({"deputy": user_of(ground, "lixia", Role.PREPARER)}, "deputy"),
        ({"last_day": now.date() - timedelta(days=1)}, "last_day"),
        ({"last_day": later}, "last_day"),
        ({"reason": " "}, "reason"),
    ):
        with pytest.raises(Refused) as refused:
            named(ground, **given)
        assert refused.value.field == field
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.create(
            authority=ground.authority("licheng"), role="signatory", principal=own, deputy=own,
            first_day=now.date(), last_day=now.date(), reason="x", named_by=own, named_at=now,
        )  # fmt: skip


def test_in_the_page(ground, now):
    made = named(ground)
    other = make_user("colleague", now)
    actions.add_seat(user=other, authority=made.authority, role=Role.PREPARER, actor=SYSTEM, now=now)
    client = Client()
    client.login(username=made.deputy.username, password=PASSWORD)
    assert "代为办理" in client.get(reverse("todo")).content.decode()
    assert client.post(reverse("stand_in", args=[made.pk])).status_code == 302
    page = client.get(reverse("todo")).content.decode()
    assert "结束代办" in page
    assert f"代 {made.principal.label}" in page
    client.post(reverse("stand_in_end"))
    assert "结束代办" not in client.get(reverse("todo")).content.decode()
    stranger = Client()
    stranger.login(username="colleague", password=PASSWORD)
    assert stranger.post(reverse("stand_in", args=[made.pk])).status_code == 404
