"""Views, an export with its progress and the desk's place in a list, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook
from tests.factories.applications import make_application
from tests.factories.ground import make_ground
from tests.journeys.looking import look
from tests.web.enterprise.parties import signed_in

HOME = "licheng"

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ground(now: Any) -> Any:
    ground = make_ground(now)
    for _n in range(3):
        make_application(ground, state="submitted", level="star-3", authority=HOME)
    return ground


@pytest.fixture
def queue(page: Page, live_server: Any, ground: Any) -> Page:
    cookie = signed_in(ground.actor(HOME)).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/officials/applications/?state=submitted")
    return page


def test_a_view_is_kept_and_stands_over_the_list(queue):
    queue.get_by_text("存为视图").click()
    look(queue, "queue-keeping")
    queue.get_by_label("名称").fill("今天先办")
    queue.get_by_label("给谁用").select_option(HOME)
    queue.get_by_role("button", name="保存").click()
    expect(queue.get_by_role("navigation", name="视图").locator("[aria-current]")).to_contain_text("今天先办")
    look(queue, "queue-view")
    queue.get_by_role("link", name="改名、删除").click()
    look(queue, "views")
    queue.get_by_label("“今天先办”的新名称").fill("先办")
    queue.get_by_role("button", name="改名").click()
    expect(queue.get_by_role("link", name="先办", exact=True)).to_be_visible()
    queue.get_by_role("button", name="删除").click()
    expect(queue.get_by_role("heading", level=1)).to_have_text("还没有视图")
    look(queue, "views-none")


def test_a_list_with_telephones_is_exported_and_taken(queue, at_work, tmp_path):
    queue.get_by_role("link", name="导出").click()
    queue.get_by_text("联系人和电话").first.click()
    queue.get_by_label("办公电话").check()
    look(queue, "exports")
    queue.get_by_role("button", name="导出", exact=True).click()
    expect(queue.get_by_role("alert")).to_contain_text("要写明用途")
    look(queue, "exports-refused")
    queue.get_by_label("用途").fill("电话通知补正")
    queue.get_by_label("存为导出方案").fill("电话表")
    queue.get_by_role("button", name="导出", exact=True).click()
    expect(queue.get_by_role("heading", level=1)).to_have_text("3 行，可以下载", timeout=20_000)
    look(queue, "export-made")
    with queue.expect_download() as coming:
        queue.get_by_role("button", name="下载").click()
    assert coming.value.suggested_filename == "电话表-20201012.xlsx"
    coming.value.save_as(tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert "不得转发" in rows[0][0]
    assert rows[2][-1] == "0531-66600000"
    queue.get_by_role("link", name="导出", exact=True).click()
    look(queue, "exports-again")
    expect(queue.get_by_role("table")).to_contain_text("含联系方式")


def test_j_begins_at_the_first_row(queue):
    rows = queue.locator("a[data-row]")
    for key, n in (("j", 0), ("j", 1), ("k", 0)):
        queue.keyboard.press(key)
        expect(rows.nth(n)).to_be_focused()
    queue.keyboard.press("Enter")
    expect(queue.get_by_role("navigation", name="列表里的位置")).to_contain_text("第 1 件")


def test_j_and_k_turn_from_application_to_application(queue):
    queue.locator("a[data-row]").first.click()
    turn = queue.get_by_role("navigation", name="列表里的位置")
    expect(turn).to_contain_text("第 1 件，共 3 件")
    look(queue, "desk-listed")
    queue.keyboard.press("j")
    expect(turn).to_contain_text("第 2 件，共 3 件")
    queue.keyboard.press("d")
    expect(queue.locator(".desk [aria-current='true']")).to_contain_text("合同与发票")
    expect(turn).to_contain_text("第 2 件，共 3 件")
    queue.keyboard.press("k")
    expect(turn).to_contain_text("第 1 件，共 3 件")
    turn.get_by_role("link", name="回列表").click()
    expect(queue.get_by_role("checkbox", name="已提交")).to_be_checked()
