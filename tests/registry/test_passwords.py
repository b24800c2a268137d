"""The way back in: by a mailed link that works once, or by an administrator's hand."""

from datetime import timedelta

import pytest
from django.core import signing
from tests.factories.ground import make_enterprise, make_ground, make_user

from xingyun.accounts import actions as accounts
from xingyun.accounts import tokens
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.messages.models import Outbox
from xingyun.registry import actions
from xingyun.registry.states import Role

pytestmark = pytest.mark.django_db
NEW = "another-long-one"


@pytest.fixture
def mailing(settings):
    settings.MAIL_URL = "smtp://localhost:1"


@pytest.fixture
def user(now):
    return make_user("lin", now, email="lin@example.com")


def verified(user, now):
    return accounts.verify_email(token=tokens.for_address(user), now=now)


def test_a_link_goes_to_a_confirmed_address_only(user, now, mailing):
    assert not actions.mail_reset(username="lin", now=now)
    verified(user, now)
    assert actions.mail_reset(username=" lin ", now=now)
    assert not actions.mail_reset(username="lin", now=now), "once in ten minutes"
    assert actions.mail_reset(username="lin", now=now + timedelta(minutes=11))
    assert not actions.mail_reset(username="nobody", now=now)
    letter = Outbox.objects.order_by("id").first()
    assert letter.address == "lin@example.com"
    assert "/accounts/password/new/" in letter.body
    assert "lin" not in letter.subject


def test_without_mail_nothing_is_sent(user, now, settings):
    settings.MAIL_URL = ""
    verified(user, now)
    assert not actions.mail_reset(username="lin", now=now)
    assert not Outbox.objects.exists()


def test_a_link_works_once_and_for_two_hours(user, now, monkeypatch):
    token = tokens.for_reset(user)
    with pytest.raises(Refused) as refused:
        actions.choose_password(token=token, password="short", now=now)
    assert refused.value.field == "password"
    assert actions.choose_password(token=token, password=NEW, now=now).check_password(NEW)
    with pytest.raises(Refused, match="用过"):
        actions.choose_password(token=token, password="a-third-long-one", now=now)
    user.refresh_from_db()
    assert user.check_password(NEW)
    late = tokens.for_reset(user)
    monkeypatch.setattr(tokens, "RESET_SECONDS", -1)
    with pytest.raises(Refused):
        actions.choose_password(token=late, password=NEW, now=now)


def test_tokens_are_not_taken_for_each_other(user, now):
    with pytest.raises(Refused):
        actions.choose_password(token=tokens.for_address(user), password=NEW, now=now)
    with pytest.raises(Refused):
        accounts.verify_email(token=tokens.for_reset(user), now=now)
    for wrong in (
        "",
        "x",
        signing.dumps([user.pk, "x"], salt="another"),
        signing.dumps(1, salt=tokens.RESET),
    ):
        with pytest.raises(Refused):
            actions.choose_password(token=wrong, password=NEW, now=now)


def test_a_changed_address_is_another_one(user, now):
    token = tokens.for_address(user)
    user.email = "new@example.com"
    user.save()
    with pytest.raises(Refused):
        accounts.verify_email(token=token, now=now)
    user.refresh_from_db()
    assert user.email_verified_at is None


def test_an_inactive_account_gets_nothing(user, now, mailing):
    verified(user, now)
    token = tokens.for_reset(user)
    user.is_active = False
    user.save()
    assert not actions.mail_reset(username="lin", now=now)
    with pytest.raises(Refused):
        actions.choose_password(token=token, password=NEW, now=now)


def test_registering_asks_for_the_address(now, mailing):
    make_enterprise(make_ground(now), "lixia")
    assert Outbox.objects.filter(dedupe_key__startswith="address:").count() == 1


def test_an_administrator_gives_officials_a_new_password(now):
    ground = make_ground(now)
    official = ground.actor("lixia")
    admin = ground.actor("city", Role.ADMIN)
    user = verified_user(official)
    password = actions.give_password(user=user, actor=admin, now=now)
    user.refresh_from_db()
    assert user.check_password(password)
    assert user.must_change
    with pytest.raises(NotAllowed):
        actions.give_password(user=user, actor=official, now=now)
    with pytest.raises(Refused):
        actions.give_password(user=verified_user(admin), actor=admin, now=now)
    with pytest.raises(Refused):
        actions.give_password(user=verified_user(make_enterprise(ground, "lixia")[1]), actor=admin, now=now)


def verified_user(actor):
    from xingyun.accounts.models import User

    return User.objects.get(pk=actor.user_id)
