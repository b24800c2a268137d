"""What is typed while the session has ended or the line is down: kept, told, replayed once."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.factories.applications import make_application
from tests.factories.ground import make_ground

from xingyun.accounts.models import User
from xingyun.applications.models import Application

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DRAFTS = "() => Object.keys(localStorage).filter((key) => key.startsWith('xingyun-draft|')).length"
TYPED = "云上业务，线断时写的"


@pytest.fixture
def made(now):
    return make_application(make_ground(now), complete=False)


@pytest.fixture
def sign_in(page: Page, live_server, made):
    def signed() -> None:
        client = Client()
        client.force_login(User.objects.get(pk=made.actor.user_id))
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])

    signed()
    return signed


@pytest.fixture
def form(made):
    section = made.ground.book.form.field("scope").section
    return f"/enterprise/applications/{made.application.uid}/form/{section}/"


def stored(made) -> str:
    return Application.objects.get(pk=made.application.pk).answers.get("scope", "")


def test_a_session_that_ended_while_typing(page: Page, live_server, made, sign_in, form):
    page.goto(live_server.url + form)
    page.context.clear_cookies(name="sessionid")
    page.fill("[name=scope]", TYPED)
    page.locator("[name=scope]").blur()
    expect(page.locator("[data-save-trouble]")).to_contain_text("登录已过期")
    assert stored(made) == ""
    sign_in()
    page.goto(live_server.url + form)
    expect(page.locator("[data-save-trouble]")).to_contain_text("已补存上次没有存上的 1 项")
    assert stored(made) == TYPED
    assert page.evaluate(DRAFTS) == 0


def test_a_line_that_was_down(page: Page, live_server, made, sign_in, form):
    page.goto(live_server.url + form)
    page.context.set_offline(True)
    page.fill("[name=scope]", TYPED)
    page.locator("[name=scope]").blur()
    expect(page.locator("[data-save-trouble]")).to_contain_text("没有连上")
    with page.expect_response("**/save/"):
        page.context.set_offline(False)
    expect(page.locator("[data-save-trouble]")).to_be_empty()
    assert stored(made) == TYPED


def test_signing_out_asks_first_and_leaves_nothing(page: Page, live_server, made, sign_in, form):
    page.goto(live_server.url + form)
    page.route("**/save/", lambda route: route.abort())
    page.fill("[name=scope]", TYPED)
    asked = []
    page.once("dialog", lambda box: (asked.append(box.message), box.dismiss()))
    page.dblclick("form[data-forget] button")
    page.wait_for_timeout(4000)
    assert len(asked) == 1
    assert "还有 1 项没有存到服务器" in asked[0]
    assert page.evaluate(DRAFTS) == 1
    page.once("dialog", lambda box: box.accept())
    with page.expect_navigation():
        page.click("form[data-forget] button")
    assert page.evaluate(DRAFTS) == 0
