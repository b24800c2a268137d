"""An application from its beginning to its receipt, by the keys alone."""

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import expect
from tests.journeys import papers
from tests.journeys.keys import Keys

from xingyun.demo.names import Invented
from xingyun.rulebook import Rulebook
from xingyun.rulebook.schema.form import Field


def sign_in(keys: Keys, username: str, password: str) -> None:
    """Through the page, as everybody."""
    keys.page.goto("/accounts/login/")
    keys.write(keys.page.locator("[name=login]"), username)
    keys.write(keys.page.locator("[name=password]"), password)
    keys.page.keyboard.press("Enter")
    expect(keys.page.get_by_role("button", name="退出")).to_be_visible()


def fill(keys: Keys, book: Rulebook, typed: Mapping[str, str]) -> None:
    """Every section, on by the button."""
    for section in book.form.sections:
        expect(keys.page.get_by_role("heading", level=2, name=section.label)).to_be_visible()
        for field in book.form.in_section(section.key):
            enter(keys, field, typed[field.key])
        keys.button("下一部分")


def enter(keys: Keys, field: Field, text: str) -> None:
    """One field, as its kind wants."""
    place = keys.page.locator(f"[data-field='{field.key}']")
    if field.kind in ("choice", "multi_choice"):
        listed = place.locator("select")
        if listed.count():
            label = listed.locator(f"option[value='{text}']").inner_text()
            keys.pick(listed, label)
            return
        for value in text.split("\n"):
            keys.tick(place.locator(f"input[value='{value}']"))
    elif field.kind == "organisations":
        for n, line in enumerate(text.split("\n")):
            if n:
                keys.press(place.get_by_role("button", name="添加"))
            keys.write(place.get_by_role("textbox").nth(n), line)
    elif field.kind == "industry":
        box = place.get_by_role("combobox")
        keys.write(box, "")
        keys.page.keyboard.type(text, delay=20)
        expect(place.get_by_role("option").first).to_be_visible()
        keys.page.keyboard.press("End")
        keys.page.keyboard.press("Home")
        keys.page.keyboard.press("Enter")
        expect(place.get_by_role("option")).to_have_count(0)
        assert box.input_value().startswith(text)
    else:
        keys.write(place.get_by_role("textbox"), text)


def ledger(keys: Keys, book: Rulebook, seller: Invented) -> None:
    """One contract and one invoice of it."""
    keys.link("录入合同")
    for label, text in {
        "合同编号": "HT-001",
        "合同名称": "云服务采购合同",
        "供应方": seller.name,
        "供应方统一社会信用代码": seller.uscc,
        "签订日期": "2020-03-16",
        "合同金额": _yuan(papers.NET + papers.TAX),
    }.items():
        keys.write(keys.label(label), text)
    keys.pick(keys.label("部署模型"), book.deployments[0].label)
    keys.pick(keys.label("合同里写明"), "写明了")
    keys.button("记入台账")
    keys.link("录入发票")
    keys.pick(keys.label("属于哪份合同"), "HT-001")
    for label, text in {
        "发票代码": "037002000111",
        "发票号码": "00000077",
        "开票日期": "2020-04-02",
        "金额（元，不含税）": _yuan(papers.NET),
        "税额": _yuan(papers.TAX),
        "价税合计": _yuan(papers.NET + papers.TAX),
        "销售方": seller.name,
    }.items():
        keys.write(keys.label(label), text)
    keys.button("记入台账")
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text("计入的上云支出")


def upload(keys: Keys, slot: str, *files: Path) -> None:
    """Send files as this material; they are in the list afterwards."""
    listed = keys.label("这些文件是")
    keys.pick(listed, listed.locator(f"option[value='{slot}']").inner_text())
    keys.choose(keys.page.locator("form[data-upload] input[type=file]"), *files)
    for file in files:
        expect(keys.page.get_by_role("link", name=file.name)).to_be_visible(timeout=30_000)


def reorder(keys: Keys) -> None:
    """The first of two files of one material becomes the second; the focus goes with it."""
    grips = keys.page.locator("#files tbody[data-order] .grip")
    name = grips.first.locator("xpath=ancestor::tr").get_attribute("data-name")
    keys.press(grips.first, "ArrowDown")
    expect(keys.page.locator("#order-status")).to_contain_text(f"“{name}”移到第 2 位")
    expect(grips.nth(1)).to_be_focused()


def absent(keys: Keys) -> None:
    """Answer 无 wherever nothing need be there."""
    button = keys.page.get_by_role("button", name="没有，选“无”")
    for left in range(button.count(), 0, -1):
        keys.press(button.first)
        expect(button).to_have_count(left - 1)


def claim(keys: Keys, label: str, file: str) -> None:
    """Claim a domain by its switch and prove it by the first page of a file."""
    page = keys.page
    keys.press(page.get_by_role("switch", name=f"{label}："), "Space")
    expect(page.get_by_role("switch", name=f"{label}：")).to_be_checked()
    page.wait_for_load_state()
    keys.link(f"关联已传材料 {label}")
    keys.pick(keys.label("材料"), file)
    keys.write(keys.label("从第几页"), "1")
    keys.button("加上这几页")
    expect(page.get_by_role("link", name=file).first).to_be_visible()


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
