"""What could not be saved is tried again by itself, ever less often, and never for ever."""

import pytest
from playwright.sync_api import Page, expect
from tests.web.browser import gallery
from tests.web.browser.gallery import STORE, digest
from tests.web.browser.showing import leave

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls(gallery.__name__),
]
TYPED = "线断时写的"
DRAFTS = "() => Object.keys(localStorage).filter((key) => key.startsWith('xingyun-draft|')).length"
KEEP = """([field, raw, seen]) =>
  localStorage.setItem(`xingyun-draft|7|/t/save|${field}`, JSON.stringify({raw, seen}))"""


@pytest.fixture
def watched(opened: Page) -> Page:
    """The page under a clock that stands until it is moved, however slow the machine."""
    opened.clock.install()
    opened.reload()
    opened.clock.pause_at(opened.evaluate("Date.now() + 1000"))
    return opened


def trouble(page: Page):
    return page.locator("[data-save-trouble]")


def test_a_cut_line_is_tried_ever_less_often_until_it_holds(watched):
    tried = []
    watched.route("**/t/save", lambda route: (tried.append(1), route.abort()))
    leave(watched, "long_text", TYPED)
    expect(trouble(watched)).to_contain_text("没有连上")
    counts = []
    for _second in range(24):
        watched.clock.fast_forward(1000)
        watched.wait_for_timeout(30)
        counts.append(len(tried))
    assert counts[1] == 1, "not at once"
    assert [counts.index(n) + 1 for n in (2, 3, 4)] == pytest.approx([3, 9, 21], abs=1)
    assert counts[-1] == 4
    watched.unroute("**/t/save")
    watched.clock.fast_forward(25_000)
    expect(trouble(watched)).to_be_empty()
    assert STORE.answers["long_text"] == TYPED
    assert watched.evaluate(DRAFTS) == 0


@pytest.mark.parametrize(("status", "said"), [(401, "登录已过期"), (500, "没有答复")])
def test_a_server_that_says_no_for_now_is_asked_again(watched, status, said):
    STORE.status = status
    leave(watched, "long_text", TYPED)
    expect(trouble(watched)).to_contain_text(said)
    STORE.status = 200
    watched.clock.fast_forward(4000)
    expect(trouble(watched)).to_be_empty()
    assert STORE.answers["long_text"] == TYPED


def test_a_field_that_was_saved_does_not_hide_that_another_was_not(watched):
    watched.route(
        "**/t/save",
        lambda route: route.abort() if "long_text" in route.request.post_data else route.fallback(),
    )
    leave(watched, "long_text", TYPED)
    expect(trouble(watched)).to_contain_text("没有连上")
    with watched.expect_response("**/t/save"):
        leave(watched, "short_text", "存上了")
    expect(trouble(watched)).to_contain_text("没有连上")
    leave(watched, "long_text", "")
    expect(trouble(watched)).to_be_empty()


def test_after_signing_in_at_another_tab_the_old_page_still_saves(watched, live_server):
    cookie = {"name": "csrftoken", "value": "a" * 32, "url": live_server.url}
    watched.context.add_cookies([cookie])
    leave(watched, "long_text", TYPED)
    expect(watched.locator("[data-saved]").first).to_contain_text("已自动保存")
    assert STORE.answers["long_text"] == TYPED
    expect(trouble(watched)).to_be_empty()
    watched.click("form[data-autosave] button[type=submit]")
    expect(watched.get_by_role("heading", level=1)).to_have_text("gallery")


def test_somebody_else_at_another_tab_does_not_get_the_text(watched, live_server):
    watched.context.add_cookies([{"name": "csrftoken", "value": "a" * 32, "url": live_server.url}])
    watched.route(
        "**/t/gallery",
        lambda route: route.fulfill(
            body=route.fetch().text().replace('data-owner="7"', 'data-owner="8"'), content_type="text/html"
        ),
    )
    leave(watched, "long_text", TYPED)
    expect(trouble(watched)).to_contain_text("现在登录的是另一个账号")
    assert "long_text" not in STORE.answers


def test_a_refusal_without_a_second_text_is_told_and_not_repeated(watched):
    STORE.status = 409
    leave(watched, "long_text", TYPED)
    expect(trouble(watched)).to_contain_text("这一项没有存上：no")
    expect(watched.locator("[data-conflict]")).to_have_count(0)
    saves = STORE.saves
    watched.clock.fast_forward(300_000)
    watched.evaluate("dispatchEvent(new Event('online'))")
    watched.wait_for_timeout(200)
    assert STORE.saves == saves
    assert watched.evaluate(DRAFTS) == 1, "the text itself is kept"


def test_what_belongs_to_another_page_of_the_form_goes_too_once_the_line_is_back(watched):
    watched.evaluate(KEEP, ["phone", "0531-66600000", digest("")])
    watched.evaluate(KEEP, ["elsewhere", TYPED, digest("")])
    watched.route("**/t/save", lambda route: route.abort())
    watched.reload()
    expect(trouble(watched)).to_contain_text("没有连上")
    watched.wait_for_timeout(300)
    watched.unroute("**/t/save")
    watched.clock.fast_forward(4000)
    expect(trouble(watched)).to_contain_text("已补存")
    assert STORE.answers["elsewhere"] == TYPED
    for _moment in range(50):  # the page's own field may be saved a moment later
        if watched.evaluate(DRAFTS) == 0:
            return
        watched.wait_for_timeout(100)
    raise AssertionError("a draft is left")


def test_a_field_that_no_longer_exists_is_shown_once_and_left_alone(watched, axe):
    watched.evaluate(KEEP, ["vanished", TYPED, digest("")])
    STORE.status = 410
    watched.reload()
    lost = watched.locator("[data-gone]")
    expect(lost).to_contain_text("申请表里已没有这一栏")
    expect(lost).to_contain_text(TYPED)
    watched.clock.resume()  # axe waits by it
    axe(watched)
    saves = STORE.saves
    watched.clock.fast_forward(300_000)
    watched.reload()
    watched.wait_for_timeout(200)
    expect(lost).to_have_count(0)
    assert STORE.saves == saves
