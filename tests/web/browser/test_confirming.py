"""A provider answers on a phone and with the keys alone; axe at every step."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.factories.applications import make_application
from tests.factories.confirming import NO, SELLER, SERVICES, YES, asked, current, mailed, unsaid
from tests.factories.ground import Ground, make_ground
from tests.journeys.axe import Axe
from tests.web.enterprise.parties import signed_in

from xingyun.evidence.models import Confirmation

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE, OFFICE = {"width": 390, "height": 844}, {"width": 1366, "height": 768}


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:1"


@pytest.fixture
def ground(now: Any) -> Ground:
    return make_ground(now)


def link(ground: Ground, now: Any) -> str:
    """The address that a provider was sent."""
    made = make_application(ground, level="star-3", now=now)
    asked(made, unsaid(made, now), now)
    return f"/confirm/{mailed()[-1]}/"


def narrow(page: Page) -> bool:
    """Whether nothing runs over the edge."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("screen", [PHONE, OFFICE], ids=["phone", "office"])
def test_a_provider_confirms(page: Page, live_server: Any, axe: Axe, ground: Ground, now: Any, screen: Any):
    page.set_viewport_size(screen)
    page.goto(live_server.url + link(ground, now))
    expect(page.locator("h1")).to_contain_text(SELLER)
    expect(page.locator("main")).to_contain_text(SERVICES)
    axe(page)
    assert narrow(page)
    page.get_by_label("确认", exact=True).check()
    page.get_by_label("您的姓名").fill(YES.person)
    page.get_by_role("button", name="提交答复").click()
    expect(page.locator("main")).to_contain_text("请先勾选这一句")
    axe(page)
    assert narrow(page)
    expect(page.get_by_label("您的姓名")).to_have_value(YES.person)
    page.get_by_label("我受").check()
    page.get_by_label("职务").fill(YES.post)
    page.get_by_label("联系电话").fill(YES.phone)
    page.get_by_role("button", name="提交答复").click()
    expect(page.locator("h1")).to_contain_text("已确认")
    axe(page)
    assert narrow(page)
    assert Confirmation.objects.get().state == "confirmed"


def test_a_provider_declines_with_the_keys_alone(
    page: Page, live_server: Any, axe: Axe, ground: Ground, now: Any
):
    page.goto(live_server.url + link(ground, now))
    page.locator("input[name=answer]").first.focus()
    page.keyboard.press("ArrowDown")
    for name, text in (("reason", NO.reason), ("person", NO.person), ("post", NO.post), ("phone", NO.phone)):
        for _n in range(5):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == name:
                break
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("不予确认")
    axe(page)
    stored = Confirmation.objects.get()
    assert (stored.state, stored.reason) == ("declined", NO.reason)


@pytest.mark.parametrize("screen", [PHONE, OFFICE], ids=["phone", "office"])
def test_an_applicant_asks(page: Page, live_server: Any, axe: Axe, ground: Ground, now: Any, screen: Any):
    made = make_application(ground, level="star-3", now=now)
    unsaid(made, now)
    cookie = signed_in(made.actor).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.set_viewport_size(screen)
    page.goto(f"{live_server.url}/enterprise/applications/{current(made).uid}/ledger/")
    axe(page)
    page.get_by_role("link", name="请提供方在线确认").click()
    expect(page.locator("h1")).to_contain_text("在线确认")
    axe(page)
    assert narrow(page)
    page.get_by_label("提供方的电子邮箱").fill("cloud@provider.example")
    page.get_by_role("button", name="发送确认链接").click()
    expect(page.locator("main")).to_contain_text("等待提供方确认")
    axe(page)
    assert narrow(page)
    page.get_by_role("button", name="撤回", exact=True).click()
    expect(page.locator("main")).to_contain_text("请求确认已撤回")
    axe(page)
