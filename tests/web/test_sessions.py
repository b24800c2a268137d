"""A session is its person's alone: it can't be planted, and a stolen one ends when he ends his."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from tests.factories.ground import PASSWORD, make_enterprise, make_ground, make_user

from xingyun.accounts import actions as accounts
from xingyun.accounts.models import User
from xingyun.clock import machine_now

pytestmark = pytest.mark.django_db
SIGN_IN, OUT = "/accounts/login/", "/accounts/logout/"
NAME = "林某的账号"


@pytest.fixture
def person(now):
    _enterprise, actor = make_enterprise(make_ground(now), "licheng")
    user = User.objects.get(pk=actor.user_id)
    User.objects.filter(pk=user.pk).update(username=NAME)
    return user


def sign_in(client, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": NAME, "password": password}, **more)


def with_key(key):
    """Another browser that has come by this session's key."""
    client = Client()
    client.cookies["sessionid"] = key
    return client


def signed_in(client):
    answer = client.get("/start/")
    return not (answer.status_code == 302 and answer["Location"].startswith(SIGN_IN))


def key_of(client):
    return client.cookies["sessionid"].value


@pytest.mark.parametrize("known", [True, False], ids=["of a session that is", "made up"])
@pytest.mark.usefixtures("person")
def test_a_planted_key_is_not_taken_over(known):
    planted = "0123456789abcdefghijklmnopqrstuv"
    if known:
        store = SessionStore()
        store["django_language"] = "en"
        store.create()
        planted = store.session_key
    victim = with_key(planted)
    assert sign_in(victim).status_code == 302
    assert signed_in(victim)
    assert key_of(victim) != planted
    assert not signed_in(with_key(planted))


@pytest.mark.usefixtures("person")
def test_who_signs_in_after_another_has_nothing_of_his_session(client, now):
    make_user("somebody-before", now)
    client.post(SIGN_IN, {"login": "somebody-before", "password": PASSWORD})
    before = key_of(client)
    client.post(OUT)
    sign_in(client)
    assert key_of(client) != before
    assert not signed_in(with_key(before))


@pytest.mark.usefixtures("person")
def test_a_stolen_key_is_worth_nothing_once_its_owner_has_signed_out(client):
    sign_in(client)
    thief = with_key(key_of(client))
    assert signed_in(thief)
    client.post(OUT)
    assert not signed_in(thief)


def test_a_new_password_ends_all_sessions(person, client):
    sign_in(client)
    thief = with_key(key_of(client))
    accounts.give_password(user=person)
    assert not signed_in(thief)
    assert not signed_in(client)


def test_an_account_that_is_closed_ends_its_sessions(person, client):
    sign_in(client)
    accounts.disable(user=person)
    assert not signed_in(client)


@pytest.mark.usefixtures("person")
def test_a_session_ends_by_itself(client, settings):
    sign_in(client)
    kept = Session.objects.get(session_key=key_of(client))
    assert kept.expire_date <= machine_now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    Session.objects.filter(pk=kept.pk).update(expire_date=machine_now() - timedelta(seconds=1))
    assert not signed_in(client)


@pytest.mark.usefixtures("person")
def test_the_right_password_does_not_help_after_too_many_wrong_ones(settings):
    """However many addresses they come from."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()
    for n in range(5):
        sign_in(Client(), "wrong-password", headers={"X-Forwarded-For": f"10.0.0.{n}"})
    guesser = Client()
    sign_in(guesser, headers={"X-Forwarded-For": "10.0.0.9"})
    assert not signed_in(guesser)
    cache.clear()
    sign_in(guesser, headers={"X-Forwarded-For": "10.0.0.9"})
    assert signed_in(guesser), "it was the right one"


@pytest.mark.usefixtures("person")
def test_no_script_reads_the_key(client):
    cookie = sign_in(client).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


BEHIND_TLS = """
import django
django.setup()
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.test import Client
asked = Client(headers={"X-Forwarded-Proto": "https", "Host": "xingyun.example"})
answer = asked.get("/accounts/login/")
print(answer.status_code, answer["Strict-Transport-Security"], answer.cookies["csrftoken"]["secure"])
from django.conf import settings
print(settings.SESSION_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE)
"""


@pytest.mark.anywhere
def test_behind_tls_everything_stays_there(environment):
    address = {"XINGYUN_HOSTS": "xingyun.example", "XINGYUN_BASE_URL": "https://xingyun.example"}
    there = {**environment, **address, "XINGYUN_TLS": "1"}
    words = [sys.executable, "-c", BEHIND_TLS]
    said = subprocess.run(words, env=there, check=True, capture_output=True, text=True).stdout
    assert said.split() == ["200", "max-age=31536000", "True", "True", "True"]
