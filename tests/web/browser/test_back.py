"""The way back by the browser's own button, at pages behind a door."""

import pytest
from playwright.sync_api import Page, expect
from tests.factories.applications import make_application
from tests.factories.ground import make_ground
from tests.web.enterprise.parties import signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(page: Page, live_server, now) -> Page:
    """The checklist of a draft."""
    made = make_application(make_ground(now), complete=False)
    cookie = signed_in(made.actor).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/enterprise/applications/{made.application.uid}/checklist/")
    return page


def test_a_page_shows_what_has_been_done_since(opened):
    elsewhere = opened.context.new_page()
    before = opened.url
    opened.goto(before.replace("checklist", "evidence"))
    elsewhere.goto(before)
    elsewhere.get_by_role("switch").first.press("Space")
    expect(elsewhere.get_by_role("switch").first).to_be_checked()
    opened.go_back()
    expect(opened.get_by_role("switch").first).to_be_checked()


def test_after_signing_out_there_is_no_way_back(opened):
    opened.get_by_role("button", name="退出").click()
    expect(opened.get_by_role("link", name="登录").first).to_be_visible()
    opened.go_back()
    expect(opened.get_by_role("heading", level=1)).to_have_text("登录")
