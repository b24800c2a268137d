"""The countdown: by the server's clock, whatever the computer's says; each change is told in words."""

from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.factories.applications import make_application
from tests.factories.ground import Ground, make_ground
from tests.journeys.browser import DESK, PHONE

from xingyun.accounts.models import User
from xingyun.applications.actions import withdraw
from xingyun.registry.actors import SYSTEM
from xingyun.rounds import actions as rounds
from xingyun.rounds.queries import window

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WRONG_CLOCK = (
    "const real = Date; Date.now = () => 0; window.Date = class extends real { constructor() { super(0); } };"
)
ASK = "() => document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def ground(now) -> Ground:
    return make_ground(now)


@pytest.fixture
def made(ground):
    return make_application(ground, complete=False)


@pytest.fixture
def closes(ground, made):
    return window(ground.round, made.application.authority, ground.book.windows[0].key).closes


@pytest.fixture
def opened(page: Page, live_server, made):
    """Opens a page of the application on a computer whose clock stands in 1970."""
    page.add_init_script(WRONG_CLOCK)
    client = Client()
    client.force_login(User.objects.get(pk=made.actor.user_id))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])

    def open_(name: str) -> Page:
        page.goto(f"{live_server.url}/enterprise/applications/{made.application.uid}/{name}/")
        return page

    return open_


def extend(ground, made, closes, now, until) -> None:
    rounds.set_window(
        round=ground.round,
        authority=made.application.authority,
        stage=ground.book.windows[0].key,
        opens=window(ground.round, made.application.authority, ground.book.windows[0].key).opens,
        closes=until,
        reason="系统停机半天",
        set_by_id=ground.actor(made.application.authority.key).person,
        actor=SYSTEM,
        now=now,
    )


@pytest.mark.parametrize(
    ("before", "left", "warned"),
    [
        (timedelta(days=3, hours=5, minutes=1), "还有 3 天 5 小时", ""),
        (timedelta(hours=23, minutes=30, seconds=30), "还有 23 小时 30 分钟", "不到 24 小时"),
        (timedelta(minutes=59), "还有 58 分", "不到 1 小时"),
        (timedelta(minutes=9, seconds=30), "还有 9 分", "不到 10 分钟"),
    ],
)
def test_it_counts_by_the_servers_clock_and_warns(opened, at, closes, axe, before, left, warned):
    at((closes - before).isoformat())
    page = opened("submit")
    expect(page.locator("[data-left-words]")).to_contain_text(left)
    said = page.locator("[data-due-said]")
    expect(said).to_contain_text(warned) if warned else expect(said).to_be_empty()
    assert said.get_attribute("role") == "status"
    axe(page)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_goes_on_second_by_second_and_says_when_it_is_over(opened, at, closes):
    at((closes - timedelta(seconds=3)).isoformat())
    page = opened("submit")
    expect(page.locator("[data-left-words]")).to_contain_text("还有 0 分")
    at(closes.isoformat())
    expect(page.locator("[data-left-words]")).to_have_text("已截止", timeout=6000)
    expect(page.locator("[data-due-said]")).to_contain_text("已经截止，不能再提交")


def test_an_extension_shows_on_the_open_page(opened, at, ground, made, closes, axe):
    now = at((closes - timedelta(minutes=5)).isoformat())
    page = opened("submit")
    expect(page.locator("[data-due-said]")).to_contain_text("不到 10 分钟")
    extend(ground, made, closes, now, closes + timedelta(hours=12))
    page.evaluate(ASK)
    expect(page.locator("[data-due-said]")).to_contain_text("截止时间改了")
    expect(page.locator("[data-left-words]")).to_contain_text("还有 12 小时")
    axe(page)


def test_what_a_colleague_did_is_told(opened, at, made, closes):
    now = at((closes - timedelta(hours=5)).isoformat())
    page = opened("submit")
    withdraw(application=made.fresh(), reason="不报了", actor=made.actor, now=now)
    page.evaluate(ASK)
    expect(page.locator("[data-due-said]")).to_contain_text("这份申请刚有变化")


def test_without_script_the_printed_time_stands(opened, at, made, closes):
    at((closes - timedelta(hours=5)).isoformat())
    client = Client()
    client.force_login(User.objects.get(pk=made.actor.user_id))
    page = client.get(f"/enterprise/applications/{made.application.uid}/submit/").content.decode()
    assert "截止" in page
    assert "还有 5 小时" in page
