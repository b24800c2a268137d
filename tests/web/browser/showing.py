"""The gallery's page, opened by somebody who is signed in; its server side begins empty."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.factories.ground import make_user
from tests.web.browser.gallery import STORE, Store


@pytest.fixture
def store() -> Store:
    """What the server has: nothing yet."""
    fresh = Store()
    for name in Store.__dataclass_fields__:
        setattr(STORE, name, getattr(fresh, name))
    return STORE


@pytest.fixture
def opened(page: Page, live_server: Any, now: Any, store: Store) -> Page:
    """The page, signed in."""
    client = Client()
    client.force_login(make_user("lu", now))
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/t/gallery")
    return page


def leave(page: Page, name: str, text: str) -> None:
    """Type into a field and leave it."""
    page.fill(f"#{name}", text)
    page.locator(f"#{name}").blur()
