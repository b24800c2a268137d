"""Evidence in a real browser: a line that breaks, a page that is left, progress that is true, the order."""

import os
import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pikepdf
import pytest
from playwright.sync_api import Page, expect
from tests.factories.applications import Made, make_application
from tests.factories.ground import make_ground
from tests.journeys.browser import PHONE
from tests.web.browser.line import Line
from tests.web.enterprise.parties import signed_in

from xingyun.applications.models import Attachment, ClaimPage
from xingyun.files.models import Upload

MB = 1024 * 1024
LONG = 60_000  # ms
# What the bars show, every time it changes, beside what the server has by then.
WATCH = """() => { window.seen = []; new MutationObserver(() => {
  const row = [...document.querySelectorAll('[data-files] progress')].map(bar => bar.value);
  window.seen.push(row); }).observe(document.querySelector('[data-files]'),
  {subtree: true, attributes: true, childList: true, characterData: true}); }"""

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def made(now: Any) -> Made:
    return make_application(make_ground(now), complete=False)


@pytest.fixture
def line(live_server: Any) -> Any:
    with Line(urlsplit(live_server.url).port) as carried:
        yield carried


@pytest.fixture
def opened(page: Page, made: Made, line: Line) -> Page:
    """The page of the evidence, signed in, reached by the line."""
    cookie = signed_in(made.actor).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": line.url}])
    page.goto(f"{line.url}/enterprise/applications/{made.application.uid}/evidence/")
    page.get_by_label("这些文件是").select_option("screenshots")
    return page


@pytest.fixture
def scan(tmp_path: Path) -> Any:
    """A PDF of one page with about as many bytes."""

    def make(name: str, size: int, pages: int = 1) -> Path:
        with pikepdf.new() as pdf:
            for _ in range(pages):
                page = pdf.add_blank_page(page_size=(595, 842))
                page.Contents = pikepdf.Stream(pdf, b"%" + os.urandom(size // pages // 2).hex().encode())
            pdf.save(tmp_path / name, compress_streams=False)
        return tmp_path / name

    return make


def never_back(page: Page) -> list[list[float]]:
    """What the bars have shown; no bar ever went back."""
    seen: list[list[float]] = page.evaluate("window.seen")
    for before, after in pairwise(seen):
        assert all(a <= b for a, b in zip(before, after, strict=False)), (before, after)
    return seen


def test_a_line_cut_at_four_fifths_of_40_mb_is_gone_on_with_from_there(opened, line, scan):
    file = scan("合同.pdf", 40 * MB)
    opened.evaluate(WATCH)
    line.sent, line.cut_after = 0, 32 * MB
    opened.set_input_files("#up", file)
    row = opened.locator("[data-files] .file")
    expect(row).to_contain_text("连接断了，正在重新连接", timeout=LONG)
    kept = Upload.objects.get()
    assert 20 * MB < kept.offset <= 32 * MB
    line.sent = 0
    line.mend()
    expect(row).to_contain_text("1 个文件已收好", timeout=LONG)
    assert line.sent < file.stat().st_size - kept.offset + 2 * MB, "what had arrived was sent again"
    assert Upload.objects.count() == 1
    assert Attachment.objects.get().file.size == file.stat().st_size
    assert max(values[0] for values in never_back(opened)) == 100


def test_what_a_reload_cut_off_is_named_and_gone_on_with(opened, line, scan):
    file = scan("发票.pdf", 6 * MB)
    line.rate = 2 * MB
    opened.set_input_files("#up", file)
    expect(opened.locator("[data-files] .file")).to_contain_text(
        re.compile(r"已传 (3[5-9]|[4-8]\d)%"), timeout=LONG
    )
    opened.on("dialog", lambda dialog: dialog.accept())
    line.break_now()
    line.mend()
    opened.reload()
    row = opened.locator("[data-files] .file")
    expect(row).to_contain_text("没有传完。再选一次这个文件")
    kept = Upload.objects.get().offset
    assert kept >= 2 * MB
    line.rate = line.sent = 0
    opened.get_by_label("这些文件是").select_option("screenshots")
    opened.set_input_files("#up", file)
    expect(row).to_have_count(1)
    expect(row).to_contain_text("1 个文件已收好", timeout=LONG)
    assert line.sent < file.stat().st_size - kept + MB
    opened.reload()
    expect(row).to_have_count(0)


def test_many_files_on_a_slow_line_tell_the_truth(opened, line, scan):
    files = [scan(f"{n:02d}.pdf", MB // 2) for n in range(8)]
    opened.evaluate(WATCH)
    line.rate = MB
    opened.set_input_files("#up", files)
    status = opened.locator("[data-upload-status]")
    expect(status).to_contain_text(re.compile("[3-7] 个已收好"), timeout=LONG)
    shown = sum(opened.evaluate("window.seen.at(-1)")) / 100 * (MB // 2)
    confirmed = sum(Upload.objects.values_list("offset", flat=True))
    assert shown <= confirmed + MB, "more is shown than has arrived"
    expect(status).to_contain_text("8 个已收好，0 个处理中，0 个要您处理", timeout=LONG)
    never_back(opened)
    assert Attachment.objects.count() == 8


def test_more_than_all_may_have_is_refused_before_a_byte_is_sent(opened, line, scan):
    opened.evaluate(f"document.querySelector('form[data-upload]').dataset.left = {3 * MB}")
    opened.set_input_files("#up", [scan("a.pdf", 2 * MB), scan("b.pdf", 2 * MB)])
    rows = opened.locator("[data-files] .file")
    expect(rows.nth(0)).to_contain_text("已收好", timeout=LONG)
    expect(rows.nth(1)).to_contain_text("全部材料合计只剩 1.0 MB")
    assert Upload.objects.count() == 1


@pytest.fixture
def three(opened, scan):
    opened.set_input_files("#up", [scan(f"{name}.pdf", 2000, pages=3) for name in ("甲", "乙", "丙")])
    expect(opened.locator("[data-upload-status]")).to_contain_text("3 个已收好", timeout=LONG)
    expect(opened.locator("#files tr[data-move]")).to_have_count(3)
    return opened


def order() -> list[str]:
    found = Attachment.objects.filter(material="screenshots").order_by("position")
    return [attachment.name[0] for attachment in found]


def test_the_order_is_changed_by_the_arrow_keys_and_announced(three):
    before = order()
    three.locator("#files tr[data-move] .grip").first.focus()
    three.keyboard.press("ArrowDown")
    expect(three.locator("#order-status")).to_have_text(f"“{before[0]}.pdf”移到第 2 位，共 3 份")
    expect(three.locator("#files tr[data-move]").nth(1)).to_contain_text(before[0])
    expect(three.locator("#files tr[data-move] .grip").nth(1)).to_be_focused()
    three.keyboard.press("ArrowDown")
    expect(three.locator("#order-status")).to_have_text(f"“{before[0]}.pdf”移到第 3 位，共 3 份")
    assert order() == [before[1], before[2], before[0]]
    three.keyboard.press("ArrowDown")
    expect(three.locator("#order-status")).to_have_text("已在最后")


def test_the_order_is_changed_by_dragging(three):
    before = order()
    rows = three.locator("#files tr[data-move]")
    rows.nth(2).drag_to(rows.nth(0), source_position={"x": 8, "y": 8}, target_position={"x": 8, "y": 4})
    expect(three.locator("#order-status")).to_contain_text("移到第 1 位")
    assert order() == [before[2], before[0], before[1]]


def test_pages_of_a_file_prove_a_domain_from_the_side_of_the_file(three, axe):
    three.locator("#files tr[data-move] a").first.click()
    expect(three.get_by_role("heading", name="这个文件还没有证明任何域")).to_be_visible()
    three.locator("#domain").select_option("database")
    three.get_by_label("从第几页").fill("2")
    three.get_by_label("到第几页").fill("3")
    three.get_by_role("button", name="加上这几页").click()
    expect(three.get_by_text("第 2–3 页").first).to_be_visible()
    claimed = ClaimPage.objects.get()
    assert (claimed.claim.domain, claimed.first, claimed.last) == ("database", 2, 3)
    axe(three)
    three.set_viewport_size(PHONE)
    assert three.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    three.get_by_role("button", name="去掉").click()
    expect(three.get_by_role("heading", name="这个文件还没有证明任何域")).to_be_visible()
    assert not ClaimPage.objects.exists()
