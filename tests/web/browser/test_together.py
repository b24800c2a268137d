"""Two preparers in one section at once, two tabs of one person, the way back, a session that ends."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.factories.applications import make_application
from tests.factories.ground import PASSWORD, make_ground, make_user
from tests.journeys.browser import DESK

from xingyun.accounts.models import User
from xingyun.applications.models import Application
from xingyun.registry.models import Member

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ONE = "scope"
MINE, THEIRS = "我写的上云范围", "同事写的上云范围"


@pytest.fixture
def made(now):
    made = make_application(make_ground(now), complete=False)
    Member.objects.create(enterprise=made.enterprise, user=make_user("colleague", now), role="preparer")
    return made


@pytest.fixture
def form(live_server, made) -> str:
    """The address of a section with two long fields."""
    fields = {f.key: f.section for f in made.ground.book.form.fields}
    return f"{live_server.url}/enterprise/applications/{made.application.uid}/form/{fields[ONE]}/"


@pytest.fixture
def two(made) -> tuple[str, str]:
    """Two fields of that section, both written freely."""
    section = made.ground.book.form.field(ONE).section
    kinds = ("short_text", "long_text")
    keys = [f.key for f in made.ground.book.form.in_section(section) if f.kind in kinds]
    return ONE, next(key for key in keys if key != ONE)


def sign_in(page: Page, username: str, form: str) -> Page:
    """Through the page that asks for it; the form lies open afterwards."""
    page.goto(form)
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page).to_have_url(form)
    page.wait_for_load_state()
    return page


@pytest.fixture
def mine(page: Page, made, form) -> Page:
    """The first person's page."""
    return sign_in(page, User.objects.get(pk=made.actor.user_id).username, form)


@pytest.fixture
def theirs(browser: Browser, form, mine) -> Any:
    """A colleague's, in a browser of its own."""
    context = browser.new_context(viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai")
    yield sign_in(context.new_page(), "colleague", form)
    context.close()


def write(page: Page, key: str, text: str) -> None:
    """Write into a field, leave it, wait for the answer."""
    with page.expect_response("**/save/"):
        page.fill(f"[name={key}]", text)
        page.locator(f"[name={key}]").blur()


def stored(made) -> dict[str, str]:
    return Application.objects.get(pk=made.application.pk).answers


def test_different_fields_at_once_are_both_kept(made, two, mine, theirs):
    one, other = two
    mine.fill(f"[name={one}]", MINE)
    theirs.fill(f"[name={other}]", THEIRS)
    for page, key in ((mine, one), (theirs, other)):
        page.locator(f"[name={key}]").blur()
        expect(page.locator("[data-saved]").first).to_contain_text("已自动保存")
    assert (stored(made)[one], stored(made)[other]) == (MINE, THEIRS)
    for page in (mine, theirs):
        page.reload()
        assert page.input_value(f"[name={one}]") == MINE
        assert page.input_value(f"[name={other}]") == THEIRS


def test_in_one_field_both_texts_are_shown_and_one_is_chosen(made, mine, theirs, axe):
    write(mine, ONE, MINE)
    write(theirs, ONE, THEIRS)
    box = theirs.locator("[data-conflict]")
    expect(box).to_contain_text(MINE)
    expect(box).to_contain_text(THEIRS)
    axe(theirs)
    assert stored(made)[ONE] == MINE
    with theirs.expect_response("**/save/"):
        box.get_by_role("button", name="用我填的").press("Enter")
    expect(theirs.locator(f"[name={ONE}]")).to_be_focused()
    assert stored(made)[ONE] == THEIRS
    write(mine, ONE, MINE + "，补充")
    expect(mine.locator("[data-conflict]")).to_contain_text(THEIRS)
    mine.locator("[data-conflict]").get_by_role("button", name="用对方填的").click()
    expect(mine.locator(f"[name={ONE}]")).to_have_value(THEIRS)
    mine.reload()
    assert mine.input_value(f"[name={ONE}]") == THEIRS


def test_sent_as_a_whole_both_texts_are_shown_too(made, mine, theirs, axe):
    write(mine, ONE, MINE)
    theirs.route("**/save/", lambda route: route.abort())
    theirs.fill(f"[name={ONE}]", THEIRS)
    theirs.get_by_role("button", name="下一部分").click()
    alert = theirs.get_by_role("alert").first
    expect(alert).to_contain_text(MINE)
    assert theirs.input_value(f"[name={ONE}]") == THEIRS
    axe(theirs)
    assert stored(made)[ONE] == MINE
    theirs.unroute("**/save/")
    theirs.get_by_role("button", name="下一部分").click()
    theirs.wait_for_url(lambda address: "/form/" not in address or ONE not in address)
    assert stored(made)[ONE] == THEIRS


def test_back_shows_what_was_saved(made, two, mine, form):
    one, other = two
    write(mine, one, MINE)
    write(mine, other, "第一次")
    write(mine, other, "第二次")
    mine.get_by_role("link", name="上一部分").click()
    expect(mine).not_to_have_url(form)
    mine.go_back()
    expect(mine).to_have_url(form)
    mine.wait_for_load_state()
    assert mine.input_value(f"[name={one}]") == MINE
    assert mine.input_value(f"[name={other}]") == "第二次"
    write(mine, one, MINE + "。")
    expect(mine.locator("[data-conflict]")).to_have_count(0)
    assert stored(made)[one] == MINE + "。"
    mine.get_by_role("button", name="下一部分").click()
    expect(mine).not_to_have_url(form)
    mine.go_back()
    expect(mine.locator(f"[name={one}]")).to_have_value(MINE + "。")


def test_two_tabs_of_one_person(made, two, mine, form):
    one, other = two
    second = mine.context.new_page()
    second.goto(form)
    write(mine, one, MINE)
    write(second, other, THEIRS)
    assert (stored(made)[one], stored(made)[other]) == (MINE, THEIRS)
    write(second, one, "另一个标签页写的")
    expect(second.locator("[data-conflict]")).to_contain_text(MINE)
    assert stored(made)[one] == MINE


def test_a_session_that_ended_in_one_tab_and_began_again_in_another(made, mine, form):
    mine.context.clear_cookies(name="sessionid")
    write(mine, ONE, MINE)
    trouble = mine.locator("[data-save-trouble]")
    expect(trouble).to_contain_text("登录已过期")
    assert ONE not in stored(made)
    second = mine.context.new_page()
    sign_in(second, User.objects.get(pk=made.actor.user_id).username, form)
    expect(trouble).to_be_empty(timeout=15_000)
    assert stored(made)[ONE] == MINE


def test_a_session_that_ended_is_begun_again_by_the_link(made, mine, form, axe):
    mine.context.clear_cookies(name="sessionid")
    write(mine, ONE, MINE)
    axe(mine)
    mine.get_by_role("link", name="重新登录").click()
    mine.fill("[name=login]", User.objects.get(pk=made.actor.user_id).username)
    mine.fill("[name=password]", PASSWORD)
    mine.press("[name=password]", "Enter")
    expect(mine).to_have_url(form)
    expect(mine.locator("[data-save-trouble]")).to_contain_text("已补存")
    assert mine.input_value(f"[name={ONE}]") == MINE
    assert stored(made)[ONE] == MINE
