"""Lists kept elsewhere: an office looks its applicants up and records what it found."""

from playwright.sync_api import expect
from tests.journeys.people import Person


def all_clear(officer: Person, name: str, *, closely: bool = False) -> None:
    """From the application that lies open: record for every list that nothing was found."""
    ways = officer.page.get_by_role("navigation", name="这份申请")
    officer.go("外部核查", within=ways)
    officer.heading(name)
    if closely:
        officer.look("checks")
    waiting = officer.page.get_by_role("group").filter(has=officer.page.get_by_text("登记核查结果"))
    for left in range(waiting.count(), 0, -1):
        expect(waiting).to_have_count(left)
        one = waiting.first
        one.get_by_role("radio", name="没有记录").check()
        one.get_by_role("button", name="登记").click()
        officer.told("已登记核查结果")
    officer.reads("外部核查都已登记")
    if closely:
        officer.look("checked")
