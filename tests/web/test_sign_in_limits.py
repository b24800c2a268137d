"""Attempts to sign in are counted by address: of the person, not of the proxy in front."""

import pytest
from django.core.cache import cache

pytestmark = pytest.mark.django_db
CROWD = 40  # more in a minute than one address may
TOO_MANY = 429


@pytest.fixture(autouse=True)
def _nobody_has_tried():
    cache.clear()
    yield
    cache.clear()


def tries(client, addresses):
    """A wrong attempt from each address, each with another name; the answers' statuses."""
    return [
        client.post(
            "/accounts/login/",
            {"login": f"nobody-{n}", "password": "wrong-password"},
            headers={"X-Forwarded-For": address},
        ).status_code
        for n, address in enumerate(addresses)
    ]


def test_a_crowd_behind_a_proxy_is_let_in(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert TOO_MANY not in tries(client, [f"10.0.0.{n}" for n in range(CROWD)])


def test_one_of_them_who_tries_on_is_stopped(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert tries(client, ["10.0.0.1"] * CROWD)[-1] == TOO_MANY
    assert tries(client, ["10.0.0.2"]) == [200], "and nobody else is"


def test_without_a_proxy_nobody_is_believed_what_address_he_has(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert tries(client, [f"10.0.0.{n}" for n in range(CROWD)])[-1] == TOO_MANY
