"""An enterprise registers; its district looks at the papers and activates."""

from pathlib import Path

from playwright.sync_api import expect
from tests.journeys import papers
from tests.journeys.people import People, Person

from xingyun.demo.names import Invented
from xingyun.demo.offices import PASSWORD


def register(visitor: Person, who: Invented, place: str, username: str, desk: Path) -> None:
    """Fill in the registration, first with a wrong code, then with the right one."""
    page = visitor.page
    page.goto("/")
    visitor.go("登录")
    visitor.go("企业注册")
    wrong = who.uscc[:-1] + ("A" if who.uscc[-1] != "A" else "B")
    visitor.fill("统一社会信用代码", wrong)
    page.get_by_label("企业名称").click()
    expect(page.get_by_text("校验码").last).to_be_visible()
    _enter(visitor, who, place, username)
    page.get_by_label("营业执照副本").set_input_files(papers.licence(who, desk / "licence.jpg"))
    page.get_by_label("盖章的授权书").set_input_files(
        papers.letter(who.name, "授权委托书", desk / "auth.pdf")
    )
    with visitor.expecting(422):
        visitor.press("交给主管部门核对")
        visitor.heading("还差一点")
    expect(page.get_by_label("企业名称")).to_have_value(who.name)
    expect(page.get_by_text("不用再传")).to_have_count(2)
    visitor.look("register-wrong-code")
    visitor.fill("统一社会信用代码", who.uscc)
    visitor.fill("密码", PASSWORD)
    visitor.press("交给主管部门核对")
    visitor.heading(f"等{place}核对")
    visitor.look("registered")


def _enter(visitor: Person, who: Invented, place: str, username: str) -> None:
    visitor.fill("企业名称", who.name)
    visitor.fill("注册地址", f"{place}工业北路 21 号")
    visitor.choose("所在地", place)
    visitor.fill("姓名", who.person)
    visitor.fill("手机", "13800000077")
    visitor.fill("电子邮箱", "cloud77@example.com")
    visitor.fill("登录名", username)
    visitor.fill("密码", PASSWORD)


def activate(people: People, office: str, who: Invented) -> None:
    """The office compares licence and letter, and activates."""
    officer = people.as_(f"{office}-jb")
    officer.page.goto("/start/")
    officer.go("企业注册")
    officer.look("registrations")
    officer.go(who.name)
    officer.look("registration")
    officer.press("激活", exact=True)
    officer.told("激活")
    officer.at_ease()
