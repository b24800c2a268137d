"""The joint report: drafted, countersigned online or on paper, sent, received."""

from pathlib import Path

from playwright.sync_api import expect
from tests.journeys import papers
from tests.journeys.people import People, Person


def draft(officer: Person) -> str:
    """Draft the report; its address."""
    officer.page.goto("/officials/reports/")
    officer.look("reports")
    own = officer.page.get_by_role("region", name=officer.about) if officer.about else None
    officer.press("起草", own)
    expect(officer.page.get_by_role("article", name="联合行文预览")).to_be_visible()
    officer.look("report")
    return officer.page.url.removeprefix(officer.base)


def countersign(finance: Person, report: str) -> None:
    """Finance agrees online."""
    finance.page.goto("/officials/reports/")
    finance.page.get_by_role("row").nth(1).get_by_role("link").click()
    assert finance.page.url.endswith(report), finance.page.url
    finance.heading("请会签")
    finance.press("同意会签")
    finance.told("会签")
    finance.at_ease()


def countersign_on_paper(officer: Person, report: str, number: str, day: str, desk: Path) -> None:
    """What was countersigned on paper: number, day, signatories, the scan with both seals."""
    officer.page.goto(report)
    officer.fill("文号", number)
    officer.fill("成文日期", day)
    officer.fill("签发人", "甲、乙")
    scan = papers.letter("两家联合", "关于上报的报告", desk / "joint.pdf", number)
    officer.page.get_by_label("盖章扫描件").set_input_files(scan)
    officer.press("登记线下会签")
    officer.told("会签")
    expect(officer.page.get_by_text(number).first).to_be_visible()
    officer.look("report-offline")


def send(signatory: Person, report: str) -> None:
    """The signatory sends it upward."""
    signatory.page.goto(report)
    signatory.press("报送", exact=True)
    signatory.told("报送")
    signatory.at_ease()


def receive(people: People, above: str, report: str) -> None:
    """The office above receives it."""
    officer = people.as_(f"{above}-jb")
    officer.page.goto(report)
    officer.heading("请接收")
    officer.look("report-received")
    officer.press("接收", exact=True)
    officer.told("接收")
    officer.at_ease()
