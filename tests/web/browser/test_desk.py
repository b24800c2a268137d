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

from xingyun.applications.models import Attachment
from xingyun.evidence.models import Finding
from xingyun.reviews.models import PageRead

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


def press(page, key):
    """Press a key when the scripts that listen for it are there."""
    page.wait_for_load_state()
    page.keyboard.press(key)


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
    press(desk, "ArrowRight")
    expect(desk.locator(".view .tools")).to_contain_text("第 2 页")
    press(desk, "ArrowLeft")
    expect(desk.locator(".view .tools")).to_contain_text("第 1 页")


def test_keys_enlarge_turn_and_lay_side_by_side(desk):
    """Without a script of its own: each look is an address, and the way back is the browser's."""
    desk.goto(desk.url.split("?")[0] + "?at=book")
    plain = desk.locator(".leaf").bounding_box()["width"]
    press(desk, "=")
    expect(desk.locator(".leaf")).to_have_class(re.compile(r"\bz150\b"))
    assert desk.locator(".leaf").bounding_box()["width"] > 1.2 * plain
    press(desk, "-")
    expect(desk.locator(".leaf")).to_have_class(re.compile(r"\bz100\b"))
    press(desk, "r")
    expect(desk.locator(".scan")).to_have_attribute("src", re.compile("turn=1"))
    press(desk, "c")
    expect(desk.locator(".beside .scan")).to_have_count(2)
    look(desk, "desk-side-by-side")
    press(desk, "c")
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


@pytest.fixture
def odd(desk):
    """The desk of an application with two findings on one page."""
    sheet = Attachment.objects.get(material="invoices", removed_at=None)
    Finding.objects.bulk_create(
        Finding(
            dossier=sheet.application.dossier, check_key="dates", fingerprint=f"f{n}", file=sheet.file,
            page=1, box=[100, 200 * n, 400, 200 * n + 40], clause="二、3", zh=f"日期不对 {n}。",
            en=f"wrong date {n}", found_at=sheet.added_at,
        )
        for n in (1, 2)
    )  # fmt: skip
    desk.reload()
    return desk


def test_a_note_is_pinned_with_the_keys_alone_and_becomes_a_point(odd):
    """F, F, N, Alt and an arrow, Ctrl+Enter: the flag stands there, the notice begins with it."""
    odd.keyboard.press("f")
    expect(odd.locator(".marks .now title")).to_have_text("1. 日期不对 1。")
    odd.keyboard.press("f")
    expect(odd.locator(".marks .now title")).to_have_text("2. 日期不对 2。")
    look(odd, "desk-finding")
    expect(odd.locator(".strip [aria-current], .doms [aria-current]").first).to_be_visible()
    odd.keyboard.press("n")
    expect(odd.locator("#note")).to_be_focused()
    expect(odd.locator("#note")).to_have_value("日期不对 2。")
    odd.keyboard.press("Alt+ArrowRight")
    expect(odd.locator("#note-left")).to_have_value("41")
    odd.keyboard.press("Control+Enter")
    expect(odd.locator(".marks .pinned:not(.new)")).to_have_attribute(
        "transform", re.compile(r"translate\(410 ")
    )
    expect(odd.locator("#note")).to_have_value("")
    look(odd, "desk-note")
    odd.get_by_role("link", name="退回补正（1 条）").click()
    expect(odd.locator("#t1")).to_have_value(re.compile("第 1 页：日期不对 2。"))


def test_a_click_pins_the_note_where_it_was(odd):
    odd.goto(odd.url.split("?")[0] + "?at=material:invoices")
    leaf = odd.locator(".leaf")
    box = leaf.bounding_box()
    leaf.click(position={"x": box["width"] / 4, "y": 60})
    expect(odd.locator("#note")).to_be_focused()
    expect(odd.locator("#note-left")).to_have_value(re.compile(r"^(24\.9|25|25\.1)$"))
    odd.keyboard.type("章不清楚")
    odd.get_by_role("button", name="钉上").click()
    expect(odd.locator(".note")).to_contain_text("章不清楚")


def test_a_page_that_was_in_sight_is_remembered(odd):
    odd.goto(odd.url.split("?")[0] + "?at=material:invoices")
    told = odd.locator(".desk nav [data-read-then]")
    expect(told).to_contain_text("您看过 1 页")
    odd.reload()
    expect(told).to_contain_text("您看过 1 页")
    assert PageRead.objects.count() == 1
