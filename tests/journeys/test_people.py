"""Colleagues and successors, at real browsers: invited, joined, claimed, ruled; a password by another's hand."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import expect
from tests.journeys.house import House
from tests.journeys.people import People, Person

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
LONG = "a-long-enough-one"


def test_a_house_changes_hands(
    houses: Callable[..., House], crowd: Callable[[House], People], desk: Path
) -> None:
    """Holder → colleague by link → a successor claims → the holder answers → the authority rules."""
    house = houses(neighbours=["lixia:star-3"])
    people, (family,) = crowd(house), house.families
    holder = people.as_("enterprise-1")
    colleague = _joined(holder, people.visitor("colleague"))
    _given(holder, colleague)
    successor = people.visitor("successor")
    [(uscc,)] = house.sql(f"SELECT uscc FROM registry_enterprise WHERE name = '{family.name}'")
    _claimed(successor, str(uscc), desk)
    _answered(holder, family.name)
    _ruled(people.as_("lixia-jb"), family.name)
    successor.page.reload()
    expect(successor.page.get_by_text("双方一致")).to_be_visible()
    successor.look("takeover-ruled")
    successor.page.get_by_role("link", name="进入企业").click()
    successor.heading("我的申报")
    for person in (holder, colleague):
        person.closed("/enterprise/")


def _joined(holder: Person, colleague: Person) -> Person:
    holder.page.goto("/start/")
    holder.go("成员")
    holder.fill("给谁", "财务小林")
    holder.press("做一个邀请链接")
    link = holder.page.get_by_label("邀请链接").input_value()
    holder.look("people-invited")
    colleague.page.goto(link)
    colleague.look("join")
    _account(colleague, "linmou")
    colleague.press("建账号并加入")
    _enter(colleague, "linmou", LONG)
    colleague.heading("我的申报")
    return colleague


def _given(holder: Person, colleague: Person) -> None:
    """The holder gives a new password; whoever signs in with it chooses his own first."""
    holder.page.goto("/enterprise/people/")
    holder.page.get_by_role("row").filter(has_text="linmou").get_by_role("button", name="重设密码").click()
    password = holder.page.locator(".say.ok b").nth(1).inner_text()
    holder.look("people-password")
    colleague.page.goto("/accounts/login/")
    _enter(colleague, "linmou", password)
    colleague.heading("改密码")
    colleague.fill("当前密码", password)
    colleague.page.locator("[name=password1]").fill("another-long-one")
    colleague.page.locator("[name=password2]").fill("another-long-one")
    colleague.press("改成新密码")
    colleague.page.goto("/enterprise/")
    colleague.heading("我的申报")


def _claimed(successor: Person, uscc: str, desk: Path) -> None:
    paper = desk / "执照.pdf"
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        made.save(paper)
    successor.page.goto("/enterprise/register/")
    successor.page.get_by_role("link", name="申请接管").click()
    successor.fill("统一社会信用代码", uscc)
    successor.page.get_by_label("为什么要接管").select_option("left")
    _account(successor, "jieren")
    successor.page.locator("#licence").set_input_files(paper)
    with successor.expecting(422):
        successor.press("交给主管部门")
        expect(successor.page.get_by_role("alert")).to_contain_text("还差盖章的授权书")
    successor.look("takeover-again")
    successor.fill("密码", LONG)
    successor.page.locator("#authorisation").set_input_files(paper)
    successor.press("交给主管部门")
    _enter(successor, "jieren", LONG)
    successor.heading("接管申请的进展")
    successor.look("takeover-open")


def _answered(holder: Person, name: str) -> None:
    holder.page.goto("/enterprise/")
    holder.page.get_by_role("link", name="去说明").click()
    holder.heading(name)
    holder.look("takeover-answer")
    holder.fill("您的说明", "原来的人离职了，同意移交。")
    holder.press("交说明")


def _ruled(officer: Person, name: str) -> None:
    officer.page.goto("/officials/registrations/")
    officer.look("registrations-claims")
    officer.page.get_by_role("link", name=name).first.click()
    officer.look("takeover-desk")
    officer.page.get_by_role("radio", name="移交").check()
    officer.fill("理由", "双方一致")
    officer.press("裁定并告知双方")
    officer.told("已裁定")


def _account(person: Person, username: str) -> None:
    person.fill("姓名", "林某")
    person.fill("手机", "13800000000")
    person.fill("电子邮箱", "lin@example.com")
    person.fill("登录名", username)
    person.fill("密码", LONG)


def _enter(person: Person, username: str, password: str) -> None:
    person.page.locator("[name=login]").fill(username)
    person.page.locator("[name=password]").fill(password)
    person.page.locator("form[action='/accounts/login/']").get_by_role("button").click()
