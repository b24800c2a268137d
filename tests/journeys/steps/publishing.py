"""The proposed list, objections, the announcement, titles and certificates, the auditor's look."""

import re
from pathlib import Path

from playwright.sync_api import expect
from tests.journeys.people import Person

LONG = 60_000  # ms; a job of the worker


def publish(signatory: Person) -> None:
    """Publish the proposed list."""
    signatory.page.goto("/officials/notices/")
    signatory.choose_programme()
    signatory.heading("可以公示了")
    signatory.look("notices")
    signatory.press("发布公示")
    signatory.told("公示")
    signatory.at_ease()


def object_(visitor: Person, name: str, text: str) -> str:
    """A visitor objects to one line and is given a receipt."""
    visitor.page.goto("/results/")
    visitor.look("results-running")
    visitor.go("看名单")
    visitor.look("public-notice")
    visitor.go(f"提出异议 {name}")
    visitor.fill("事实和理由", text)
    visitor.fill("姓名或单位", "一位市民")
    visitor.fill("联系方式", "objector@example.com")
    visitor.look("object")
    visitor.press("提出异议，取得回执")
    visitor.heading("异议已收到")
    receipt = visitor.page.locator("dt:has-text('回执号') + dd").inner_text()
    visitor.look("objection-receipt")
    return receipt


def follow(visitor: Person, receipt: str, words: str) -> None:
    """With the receipt, and without signing in, the visitor reads how it stands."""
    visitor.page.goto("/objections/")
    visitor.fill("回执号", receipt)
    visitor.press("查看")
    expect(visitor.page.get_by_role("main")).to_contain_text(words)
    visitor.look("objection-followed")


def decide_objection(officer: Person, name: str, outcome: str, *, upheld: bool) -> None:
    """The office that leads decides an objection."""
    officer.page.goto("/officials/notices/")
    officer.go("第 1 次公示")
    officer.heading("异议等您处理")
    officer.look("office-notice")
    officer.page.get_by_role("radio", name="成立" if upheld else "不成立", exact=False).first.check()
    officer.fill("核实情况", outcome)
    officer.press("作出处理")
    officer.told("处理")
    officer.at_ease()


def cannot_announce_yet(signatory: Person) -> None:
    """While the notice runs there is no button, only the reason."""
    signatory.page.goto("/officials/notices/")
    signatory.go("第 1 次公示")
    expect(signatory.page.get_by_role("button", name="公布结果")).to_have_count(0)
    expect(signatory.page.get_by_text("结束后才能公布").first).to_be_visible()


def announce(signatory: Person, number: str) -> None:
    """Announce what stands of the list."""
    signatory.page.goto("/officials/notices/")
    signatory.choose_programme()
    signatory.go("第 1 次公示")
    signatory.heading("可以公布结果")
    signatory.fill("文号", number)
    signatory.press("公布结果")
    signatory.heading("结果已公布")
    signatory.look("announced")


def on_the_list(visitor: Person, awarded: dict[str, str]) -> str:
    """The public list shows these enterprises with these levels; a serial."""
    visitor.page.goto("/results/")
    if visitor.about:
        visitor.go(visitor.about)
    serial = ""
    for name, level in awarded.items():
        row = visitor.page.get_by_role("row").filter(has_text=name)
        expect(row).to_contain_text(level)
        serial = serial or row.get_by_role("link").inner_text()
    expect(visitor.page.get_by_role("row")).to_have_count(len(awarded) + 1)
    visitor.look("results")
    return serial


def verify(visitor: Person, serial: str, name: str) -> None:
    """A certificate's number says whose it is."""
    visitor.page.goto("/verify/")
    visitor.fill("证书编号", serial)
    visitor.press("核验")
    visitor.heading("证书是真的")
    visitor.reads(name)
    visitor.look("verify")
    with visitor.expecting(404):
        visitor.fill("证书编号", serial[:-1])
        visitor.press("核验")
        visitor.heading("没有这张证书")


def certificate(person: Person, application: str, out: Path) -> Path:
    """The awarded enterprise downloads its certificate."""
    link = person.page.get_by_role("link", name="证书").first
    for _ in range(60):
        person.page.goto(f"{application}progress/")
        if link.count():
            break
        person.page.wait_for_timeout(500)
    person.look("progress-awarded")
    with person.page.expect_download() as coming:
        person.page.get_by_role("main").get_by_role(
            "link", name=re.compile("下载.*证书|证书.*下载|证书")
        ).first.click()
    coming.value.save_as(out)
    return out


def audit(auditor: Person) -> None:
    """The auditor has the whole record verified."""
    auditor.page.goto("/start/")
    auditor.go("操作记录")
    auditor.press("查验全部记录")
    expect(auditor.page.get_by_role("heading", level=1)).to_contain_text("记录完整", timeout=LONG)
    auditor.look("record")
