"""People of the rehearsal are who they say: nobody goes on as a visitor without noticing."""

from typing import Any

import pytest
from tests.factories.ground import PASSWORD, make_user
from tests.rehearsal.session import Fault, Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.anywhere]


def test_who_can_not_sign_in_is_told(live_server: Any, now: Any) -> None:
    make_user("lu", now)
    with pytest.raises(Fault, match="could not sign in"):
        Person(live_server.url, "lu").sign_in("not this one")
    with pytest.raises(Fault, match="could not sign in"):
        Person(live_server.url, "nobody-of-this-name").sign_in(PASSWORD)


def test_who_can_is_in(live_server: Any, now: Any) -> None:
    make_user("lu", now)
    signed_in = Person(live_server.url, "lu").sign_in(PASSWORD)
    assert "/accounts/login/" not in signed_in.page.url
