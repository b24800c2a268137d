"""Contract and invoice, evidence, domains and the pages that prove them."""

import re
from pathlib import Path

from playwright.sync_api import expect
from tests.journeys import papers
from tests.journeys.people import Person

from xingyun.demo.names import Invented
from xingyun.rulebook import Rulebook


def yuan(fen: int) -> str:
    """A sum as a person types it."""
    return f"{fen // 100}.{fen % 100:02d}"


def ledger(person: Person, book: Rulebook, seller: Invented, *, signed: str, issued: str) -> None:
    """One contract and one invoice of it."""
    person.heading("录入合同和发票")
    person.go("录入合同")
    for label, text in {
        "合同编号": "HT-001",
        "合同名称": "云服务采购合同",
        "供应方": seller.name,
        "供应方统一社会信用代码": seller.uscc,
        "签订日期": signed,
        "合同金额": yuan(papers.NET + papers.TAX),
    }.items():
        person.fill(label, text)
    person.choose("部署模型", book.deployments[0].label)
    person.choose("合同里写明", "写明了")
    person.look("ledger-contract")
    person.press("记入台账")
    person.go("录入发票")
    person.choose("属于哪份合同", "HT-001")
    for label, text in {
        "发票代码": "037002000111",
        "发票号码": "00000077",
        "开票日期": issued,
        "金额（元，不含税）": yuan(papers.NET),
        "税额": yuan(papers.TAX),
        "价税合计": yuan(papers.NET + papers.TAX),
        "销售方": seller.name,
    }.items():
        person.fill(label, text)
    person.press("记入台账")
    person.heading("计入的上云支出")
    person.look("ledger")
    person.at_ease()


def upload(person: Person, application: str, slot: str, file: Path) -> None:
    """Send one file up as this material and see it in the list."""
    page = person.page
    page.goto(f"{application}evidence/")
    page.get_by_label("这些文件是").select_option(slot)
    before = page.locator("#room").inner_text()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("status").filter(has_text="1 个已收好，0 个处理中")).to_be_visible()
    expect(page.get_by_role("link", name=file.name)).to_be_visible()
    if "MB，共" not in before:  # in megabytes small files round away
        expect(page.locator("#room")).not_to_have_text(before)
    person.at_ease()


def absent(person: Person, application: str) -> None:
    """Answer 无 to every material that need not be there."""
    person.page.goto(f"{application}evidence/")
    button = person.page.get_by_role("button", name="没有，选“无”")
    for _ in range(button.count()):
        left = button.count()
        button.first.click()
        expect(button).to_have_count(left - 1)
    person.look("evidence")


def claim(person: Person, application: str, label: str, file: str, first: int) -> None:
    """Claim a domain by its switch and prove it by a page of a file."""
    page = person.page
    page.goto(f"{application}checklist/")
    switch = page.get_by_role("switch", name=f"{label}：已上云或满足")
    switch.check()
    # The second proof of a domain is added by a link with another name.
    page.get_by_role("link", name=f"关联已传材料 {label}").or_(
        page.get_by_role("link", name=f"为{label}添加证明")
    ).click()
    option = page.get_by_label("材料").locator("option", has_text=file).first.get_attribute("value")
    page.get_by_label("材料").select_option(option)
    person.fill("从第几页", str(first))
    person.press("加上这几页")
    expect(page.get_by_role("link", name=re.compile(file)).first).to_be_visible()
    person.at_ease()
