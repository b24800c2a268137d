"""The office that holds an application reads it, accepts it, returns it or refuses it."""

from playwright.sync_api import expect
from tests.journeys.people import Person
from tests.journeys.steps import looking_up


def open_(officer: Person, name: str) -> None:
    """From the queue to the desk of this enterprise's application."""
    officer.page.goto("/officials/applications/")
    officer.choose_programme()
    officer.page.get_by_label("查找企业").fill(name)
    officer.press("查找")
    officer.go(name)
    officer.heading(name)


def accept(officer: Person, name: str, *, closely: bool = False) -> None:
    """Read, accept, and look up what is kept elsewhere."""
    open_(officer, name)
    if closely:
        officer.look("desk")
    officer.press("受理", exact=True)
    officer.told("受理")
    looking_up.all_clear(officer, name, closely=closely)
    officer.at_ease()


def send_back(officer: Person, name: str, place: str, clause: str, text: str) -> None:
    """Return it with one defect."""
    open_(officer, name)
    officer.go("退回补正")
    officer.page.get_by_label("第 1 条在哪里").select_option(place)
    officer.page.get_by_label("第 1 条的依据").select_option(clause)
    officer.page.get_by_label("第 1 条怎么改").fill(text)
    officer.look("return")
    officer.press("退回补正")
    officer.told("退回")
    officer.at_ease()


def refuse(officer: Person, name: str, clause: str, reason: str) -> None:
    """Refuse it, with the clause and the reason."""
    open_(officer, name)
    officer.go("不予受理")
    officer.page.get_by_label("依据哪一条").select_option(clause)
    officer.fill("理由", reason)
    officer.look("refuse")
    officer.press("不予受理")
    officer.told("不予受理")
    officer.at_ease()


def stands(officer: Person, name: str, state: str) -> None:
    """The queue shows the application in this state."""
    officer.page.goto("/officials/applications/")
    officer.page.get_by_label("查找企业").fill(name)
    officer.press("查找")
    row = officer.page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text(state)
