"""Seats given and ended: by administrators only, never their own, and somebody always stays."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from tests.factories.ground import make_enterprise, make_ground, make_user

from xingyun.accounts.models import User
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.registry import actions
from xingyun.registry.actors import SYSTEM
from xingyun.registry.models import Membership
from xingyun.registry.queries import actor_for, live_seats
from xingyun.registry.states import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(now):
    return make_ground(now)


@pytest.fixture
def admin(ground):
    return ground.actor("city", Role.ADMIN)


def seat(ground, now, actor, username="zhao", role=Role.READER, **said):
    return actions.seat_person(
        username=username, said=said, authority=ground.authority("lixia"), role=role, actor=actor, now=now
    )


def signs_in(username, password):
    return authenticate(RequestFactory().post("/"), username=username, password=password)


def live(user, now):
    return live_seats(now.date()).filter(user=user).count()


def test_a_new_person_gets_an_account_and_a_password_once(ground, admin, now):
    made, password = seat(ground, now, admin, " zhao ", name="赵", phone="0531-1")
    assert (made.user.username, made.user.name, made.user.phone) == ("zhao", "赵", "0531-1")
    assert made.user.label == f"{made.authority.name}查阅岗"
    assert made.user.must_change
    assert signs_in("zhao", password) == made.user
    again, none = seat(ground, now, admin, "zhao", Role.PREPARER, post="另一个岗位")
    assert (again.user, none) == (made.user, "")
    assert again.user.label == made.user.label, "who has an account keeps what it says"
    entry = Entry.objects.filter(act="seat.added", stream__name="authority:lixia").last()
    assert json.loads(entry.body)["role"] == Role.PREPARER


def test_what_is_refused_opens_no_account(ground, admin, now):
    seat(ground, now, admin)
    with pytest.raises(Refused, match="已经有这个席位"):
        seat(ground, now, admin)
    with pytest.raises(Refused, match="登录名"):
        seat(ground, now, admin, "  ")
    _enterprise, clerk = make_enterprise(ground, "lixia")
    with pytest.raises(Refused, match="企业的账号") as refused:
        seat(ground, now, admin, User.objects.get(pk=clerk.user_id).username)
    assert refused.value.field == "username"
    for role in (Role.PREPARER, Role.SIGNATORY, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            seat(
                ground,
                now,
                ground.actor("lixia", role) if role != Role.AUDITOR else _auditor(ground, now),
                "wu",
            )
    assert not User.objects.filter(username="wu").exists()


def _auditor(ground, now):
    user = make_user("sj", now)
    actions.add_seat(user=user, authority=ground.authority("city"), role=Role.AUDITOR, actor=SYSTEM, now=now)
    return actor_for(user)


def test_nobody_looks_after_the_own_seats(ground, admin, now):
    own = User.objects.get(pk=admin.user_id)
    for act in (
        lambda: seat(ground, now, admin, own.username),
        lambda: actions.dismiss(user=own, actor=admin, now=now),
        lambda: actions.end_seat(seat=Membership.objects.filter(user=own).first(), actor=admin, now=now),
    ):
        with pytest.raises(Refused, match="另一位系统管理员"):
            act()
    assert live(own, now)


def test_a_seat_ends_at_once_and_the_last_one_closes_the_account(ground, admin, now):
    first, _password = seat(ground, now, admin)
    second, _none = seat(ground, now, admin, role=Role.PREPARER)
    assert not actions.end_seat(seat=first, actor=admin, now=now)
    assert [one.role for one in actor_for(first.user).seats] == [Role.PREPARER], "it began today and is over"
    with pytest.raises(Conflict):
        actions.end_seat(seat=first, actor=admin, now=now)
    assert Entry.objects.filter(act="seat.ended").count() == 1
    later = now + timedelta(days=3)
    assert actions.end_seat(seat=second, actor=admin, now=later)
    assert not User.objects.get(pk=first.user_id).is_active
    second.refresh_from_db()
    assert (second.valid_from, second.valid_to) == (now.date(), later.date())


def test_who_comes_back_gets_a_new_password(ground, admin, now):
    made, old = seat(ground, now, admin)
    assert [one.pk for one in actions.dismiss(user=made.user, actor=admin, now=now)] == [made.pk]
    assert signs_in("zhao", old) is None
    with pytest.raises(Refused, match="没有席位"):
        actions.dismiss(user=made.user, actor=admin, now=now)
    again, password = seat(ground, now, admin)
    assert again.pk != made.pk
    assert signs_in("zhao", password) == made.user
    assert signs_in("zhao", old) is None


def test_the_last_administrator_stays(ground, now):
    Membership.objects.filter(role=Role.ADMIN).update(valid_to=now.date())
    last, _password = seat(ground, now, SYSTEM, "gl", Role.ADMIN)
    reader, _none = seat(ground, now, SYSTEM, "gl")
    with pytest.raises(Refused, match="最后一位"):
        actions.end_seat(seat=last, actor=SYSTEM, now=now)
    with pytest.raises(Refused, match="最后一位"):
        actions.dismiss(user=last.user, actor=SYSTEM, now=now)
    assert not actions.end_seat(seat=reader, actor=SYSTEM, now=now)
    assert live(last.user, now) == 1
    seat(ground, now, SYSTEM, "gl2", Role.ADMIN)
    assert actions.end_seat(seat=last, actor=SYSTEM, now=now)


def test_a_seat_that_ends_before_it_begins_is_no_row(ground, admin, now):
    made, _password = seat(ground, now, admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=made.pk).update(valid_to=now.date() - timedelta(days=1))
