"""Last year's answers at a real browser: readable, ticked by keyboard, taken over."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.applications.conftest import Begun
from tests.applications.test_taking_over import following, save
from tests.factories.applications import Made, fill
from tests.factories.ground import make_enterprise, make_ground
from tests.journeys.browser import DESK, PHONE

from xingyun.accounts.models import User
from xingyun.applications import actions
from xingyun.applications.models import Application

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(page: Page, live_server, now) -> Page:
    """The page that offers them, for an enterprise that had filled in all of last year's form."""
    ground = make_ground(now)
    enterprise, actor = make_enterprise(ground, "licheng")
    old = actions.create(enterprise=enterprise, round=ground.round, actor=actor, now=now)
    fill(Made(ground, old, enterprise, actor), level="star-3", now=now)
    begun = Begun(ground, enterprise, actor, old)
    made = actions.create(enterprise=enterprise, round=following(begun), actor=actor, now=now)
    save(begun, made, cover_contact="今年的人")
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/enterprise/applications/{made.uid}/again/")
    return page


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_it_is_read_by_everybody_on_any_screen(opened, axe, size):
    opened.set_viewport_size(size)
    axe(opened)
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_one_more_is_ticked_by_keyboard_and_taken_over(opened):
    scope = opened.get_by_role("checkbox", name="上云范围及内容简介")
    scope.focus()
    opened.keyboard.press("Space")
    expect(scope).to_be_checked()
    opened.get_by_role("button", name="沿用勾选的").press("Enter")
    expect(opened.get_by_text("请逐项看一遍")).to_be_visible()
    now, before = Application.objects.order_by("-id")
    assert now.answers["scope"] == before.answers["scope"]
    assert now.answers["cover_contact"] == "今年的人"
    assert "staff_total" not in now.answers
