"""Decisions: prepared, reviewed and signed by three people, on the minutes of a meeting."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from tests.journeys import papers
from tests.journeys.people import People, Person
from tests.journeys.steps.accepting import open_


def minutes(officer: Person, number: str, held_on: str, desk: Path) -> None:
    """Enter the minutes of a meeting with their scan."""
    officer.page.goto("/officials/decisions/")
    officer.choose_programme()
    officer.go("会议纪要")
    officer.fill("编号", number)
    officer.fill("会议日期", held_on)
    scan = papers.letter(officer.name, "会议纪要", desk / f"{officer.name}.pdf", number)
    officer.page.get_by_label("扫描件").set_input_files(scan)
    officer.press("登记", exact=True)
    officer.told("会议纪要已登记")
    expect(officer.page.get_by_role("link", name=number)).to_be_visible()
    officer.look("minutes")


def act(officer: Person, title: str) -> Locator:
    """The part of the page about one act, such as 推荐 四星级."""
    return officer.page.locator("form.sheet, section.sheet").filter(
        has=officer.page.get_by_role("heading", name=title)
    )


def prepare(officer: Person, name: str, title: str, outcome: str, reason: str = "") -> None:
    """The preparer proposes an outcome."""
    open_(officer, name)
    officer.go("决定", within=officer.page.get_by_role("navigation", name="这份申请"))
    place = act(officer, title)
    place.get_by_role("radio", name=re.compile(f"^{outcome}")).check()
    if reason:
        place.get_by_label("理由").fill(reason)
    place.get_by_role("button", name="拟定").click()


def stale(officer: Person, name: str, title: str, outcome: str) -> Page:
    """A second tab in which the same decision was chosen some time ago, not yet sent."""
    first, tab = officer.page, officer.context.new_page()
    officer.page = tab
    _open(officer, name)
    act(officer, title).get_by_role("radio", name=re.compile(f"^{outcome}")).check()
    officer.page = first
    return tab


def decide(
    people: People,
    office: str,
    name: str,
    title: str,
    outcome: str,
    *,
    on: str,
    reason: str = "",
    reviewed: bool = True,
) -> None:
    """The people of one office, each at a browser of their own; nobody does another's part.

    Without `reviewed` the programme lets two people decide, without `on` it asks for no minutes.
    """
    preparer, reviewer, signatory = (people.as_(f"{office}-{post}") for post in ("jb", "fh", "qf"))
    prepare(preparer, name, title, outcome, reason)
    preparer.told("已拟好决定")
    _not_theirs(preparer, title)
    if reviewed:
        _open(reviewer, name)
        act(reviewer, title).get_by_role("button", name="复核同意").click()
        reviewer.told("复核")
        _not_theirs(reviewer, title)
    sign(signatory, name, title, on)
    for person in (preparer, reviewer, signatory):
        person.at_ease()


def _not_theirs(officer: Person, title: str) -> None:
    """Who has done one part is offered no other."""
    for button in ("复核同意", "签发"):
        expect(act(officer, title).get_by_role("button", name=button)).to_have_count(0)


def sign(signatory: Person, name: str, title: str, on: str) -> None:
    """The signatory signs on the minutes."""
    _open(signatory, name)
    place = act(signatory, title)
    if on:
        listed = place.get_by_label("会议纪要")
        listed.select_option(label=_label(listed, on))
    place.get_by_role("button", name="签发").click()
    expect(act(signatory, title).get_by_text("已签发").first).to_be_visible()


def _label(listed: Locator, number: str) -> str:
    return listed.locator("option").filter(has_text=number).first.inner_text()


def _open(officer: Person, name: str) -> None:
    open_(officer, name)
    officer.go("决定", within=officer.page.get_by_role("navigation", name="这份申请"))


def meter(officer: Person, label: str) -> str:
    """What the quota meter beside the decision says of one group of places."""
    row = officer.page.locator(".quota p.row").filter(has_text=label)
    return row.inner_text()
