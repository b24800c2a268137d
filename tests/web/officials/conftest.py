"""What the tests of these pages share. Imports stand inside: this file is read before Django is set up."""

from collections.abc import Callable
from typing import Any

import pytest

LICHENG = "licheng"


@pytest.fixture
def ground(db: None, now: Any) -> Any:
    from tests.factories.ground import make_ground

    return make_ground(now)


@pytest.fixture
def sign_in(ground: Any) -> Callable[..., Any]:
    """`sign_in("licheng", "preparer")` is a client; an actor may be given instead."""
    from tests.web.enterprise.parties import signed_in

    def make(authority: Any, role: str = "preparer") -> Any:
        actor = ground.actor(authority, role) if isinstance(authority, str) else authority
        client = signed_in(actor)
        client.actor = actor
        return client

    return make


@pytest.fixture
def officer(sign_in: Callable[..., Any]) -> Any:
    return sign_in(LICHENG)


@pytest.fixture
def city(sign_in: Callable[..., Any]) -> Any:
    return sign_in("city")


@pytest.fixture
def stranger(sign_in: Callable[..., Any]) -> Any:
    """An officer of another district."""
    return sign_in("lixia")


@pytest.fixture
def auditor(sign_in: Callable[..., Any]) -> Any:
    return sign_in("city", "auditor")


@pytest.fixture
def applicant(ground: Any, sign_in: Callable[..., Any]) -> Any:
    """Somebody of an enterprise, who has no business here."""
    from tests.factories.ground import make_enterprise

    enterprise, actor = make_enterprise(ground, LICHENG)
    client = sign_in(actor)
    client.enterprise = enterprise
    return client
