"""The whole import of a roster in a real browser: file, columns, progress, rows to mend, a ruling."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook
from tests.factories.ground import make_ground
from tests.journeys.looking import look
from tests.registry.sheets import brought, code, row, xlsx
from tests.web.enterprise.parties import signed_in

from xingyun.registry.models import RosterEntry

HOME = "licheng"

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ground(now: Any) -> Any:
    return make_ground(now)


@pytest.fixture
def visit(page: Page, live_server: Any, ground: Any) -> Any:
    """`visit("licheng")`: the browser, signed in as this office's preparer."""

    def sign_in(key: str) -> Page:
        cookie = signed_in(ground.actor(key)).cookies["sessionid"].value
        page.context.clear_cookies()
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(f"{live_server.url}/officials/rosters/")
        return page

    return sign_in


def choose(page: Page, path: Path) -> None:
    page.get_by_label("文件").set_input_files(path)
    page.get_by_label(re.compile("^列入名录的日期")).fill("2020-09-30")
    page.get_by_role("button", name="下一步：对应列").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请核对每一列是什么")


def bad(n: int) -> str:
    return code(n)[:-1] + ("A" if code(n)[-1] != "A" else "B")


def test_a_roster_is_imported_mended_and_ruled(visit, at_work, ground, tmp_path):
    file = tmp_path / "上云企业.xlsx"
    rows = [*(row(n, name=f"历城云岫智造{n}号有限公司") for n in range(1, 41)), row(41, code=bad(41))]
    file.write_bytes(xlsx([*rows, row(42, name=""), row(43, day="去年")]))
    page = visit(HOME)
    page.get_by_role("link", name="历城区").click()
    look(page, "roster-empty")
    choose(page, file)
    expect(page.get_by_label("“统一社会信用代码”对应到")).to_have_value("uscc")
    expect(page.get_by_label("“首次上云时间”对应到")).to_have_value("listed_on")
    look(page, "roster-columns")
    page.get_by_role("button", name="导入 43 行").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 行没有导入，其余都导入了", timeout=20_000)
    look(page, "roster-result")
    assert RosterEntry.objects.count() == 40

    with page.expect_download() as coming:
        page.get_by_role("link", name="下载这 3 行").click()
    mended = tmp_path / "改好.xlsx"
    coming.value.save_as(mended)
    assert coming.value.suggested_filename == "要改的行-上云企业.xlsx"
    cells = CalamineWorkbook.from_path(mended).get_sheet_by_index(0).to_python()
    cells[1][2], cells[2][1], cells[3][3] = code(41), "补上名称的公司", "2019-12"
    mended.write_bytes(xlsx(cells[1:], cells[0]))
    page.get_by_role("link", name="回历城区名录").click()
    choose(page, mended)
    page.get_by_role("button", name="导入 3 行").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已导入：新增 3 家，改了 0 家", timeout=20_000)

    brought(ground, xlsx([row(1, name="历下云岫智造有限公司"), row(50)]), "lixia")
    page.get_by_role("link", name="回历城区名录").click()
    expect(page.get_by_text("1 家别的单位也报了")).to_be_visible()
    look(page, "roster-list")
    page.get_by_role("link", name="历城云岫智造2号有限公司").click()
    look(page, "roster-entry")
    page.get_by_role("textbox", name="理由").fill("已注销")
    page.get_by_role("button", name="移出").click()
    expect(page.get_by_text("理由：已注销")).to_be_visible()

    page = visit("city")
    look(page, "rosters")
    page.get_by_role("link", name="看是哪些").click()
    look(page, "roster-claims")
    page.get_by_role("radio", name="历城区").check()
    page.get_by_role("textbox", name="理由").fill("注册地和经营地都在历城")
    page.get_by_role("button", name="裁定").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("没有两地都报的企业")
    look(page, "roster-ruled")
    assert RosterEntry.objects.filter(delisted_on=None, state="disputed").count() == 0
