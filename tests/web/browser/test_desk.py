"""The officials' desk and lists in a real browser: as tall as the screen, and worked with the keys alone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.factories.applications import make_application
from tests.factories.ground import make_ground
from tests.journeys.browser import DESK, PHONE
from tests.journeys.looking import look
from tests.web.enterprise.parties import signed_in

HOME = "licheng"

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page: Page, live_server: Any, now: Any) -> Page:
    """An officer before the one application of this district."""
    ground = make_ground(now)
    made = make_application(ground, state="submitted", level="star-3", authority=HOME)
    cookie = signed_in(ground.actor(HOME)).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/officials/applications/{made.application.uid}/")
    return page


def test_the_desk_is_as_tall_as_the_screen_and_its_columns_scroll(desk):
    assert desk.evaluate("document.documentElement.scrollHeight") == DESK["height"]
    assert desk.locator(".desk nav").evaluate("column => column.scrollHeight > column.clientHeight")


def test_d_opens_the_next_entry_and_it_is_in_sight(desk):
    desk.keyboard.press("d")
    expect(desk.locator(".desk [aria-current='true']")).to_contain_text("合同与发票")
    last = desk.locator(".doms a").last
    desk.goto(desk.url.split("?")[0] + last.get_attribute("href"))
    expect(desk.locator(".desk [aria-current='true']")).to_be_in_viewport()


def test_arrows_turn_the_pages(desk):
    desk.goto(desk.url.split("?")[0] + "?at=book")
    desk.keyboard.press("ArrowRight")
    expect(desk.locator(".view .tools")).to_contain_text("第 2 页")
    desk.keyboard.press("ArrowLeft")
    expect(desk.locator(".view .tools")).to_contain_text("第 1 页")


def test_keys_enlarge_turn_and_lay_side_by_side(desk):
    """Without a script of its own: each look is an address, and the way back is the browser's."""
    desk.goto(desk.url.split("?")[0] + "?at=book")
    plain = desk.locator(".leaf").bounding_box()["width"]
    desk.keyboard.press("=")
    expect(desk.locator(".leaf")).to_have_class("leaf z150")
    assert desk.locator(".leaf").bounding_box()["width"] > 1.2 * plain
    desk.keyboard.press("-")
    expect(desk.locator(".leaf")).to_have_class("leaf z100")
    desk.keyboard.press("r")
    expect(desk.locator(".scan")).to_have_attribute("src", re.compile("turn=1"))
    desk.keyboard.press("c")
    expect(desk.locator(".beside .scan")).to_have_count(2)
    look(desk, "desk-side-by-side")
    desk.keyboard.press("c")
    expect(desk.locator(".scan")).to_have_count(1)
    desk.go_back()
    expect(desk.locator(".scan")).to_have_count(2)


def test_single_keys_can_be_turned_off(desk):
    desk.get_by_role("button", name="关掉快捷键").click()
    before = desk.url
    desk.keyboard.press("d")
    desk.reload()
    assert desk.url == before
    desk.get_by_role("button", name="打开快捷键").click()
    desk.keyboard.press("d")
    expect(desk.locator(".desk [aria-current='true']")).to_contain_text("合同与发票")


def test_a_key_typed_into_a_field_is_text(desk, live_server):
    desk.goto(f"{live_server.url}/officials/applications/")
    desk.keyboard.press("/")
    desk.keyboard.type("d/k")
    expect(desk.locator("#q")).to_have_value("d/k")


def test_what_a_phone_folds_opens_again_on_a_wide_screen(desk, live_server):
    desk.set_viewport_size(PHONE)
    desk.goto(f"{live_server.url}/officials/applications/")
    folded = desk.locator("details.fold")
    expect(folded).not_to_have_attribute("open", "")
    desk.set_viewport_size(DESK)
    expect(folded).to_have_attribute("open", "")
