"""A return for correction: told with its clause, answered, corrected, handed in again, accepted."""

import re
from pathlib import Path

from playwright.sync_api import expect
from tests.journeys import papers
from tests.journeys.people import People, Person
from tests.journeys.steps import accepting, binding


def walk(people: People, office: str, name: str, username: str, desk: Path) -> None:
    """The office returns for the licence; the enterprise sends another one and hands in again."""
    officer = people.as_(f"{office}-jb")
    accepting.send_back(officer, name, "material:licence", "二、2", "执照右下角看不清，请重新扫描。")
    me = people.as_(username)
    page = me.page
    page.goto("/start/")
    me.go("去补正")
    found = re.search(r"/enterprise/applications/[0-9a-f-]+/", page.url)
    assert found, page.url
    application = found[0]
    page.goto(f"{application}progress/")
    me.reads("执照右下角看不清")
    me.look("progress-returned")
    page.get_by_role("textbox").first.fill("已重新扫描。")
    me.press("答复")
    expect(page.get_by_text("已答复").first).to_be_visible()
    _send_another(me, application, desk)
    booklet = binding.make(me, application, desk / "corrected.pdf")
    binding.scan(me, application, name, booklet, desk)
    binding.submit(me, application)
    accepting.accept(officer, name)


def _send_another(me: Person, application: str, desk: Path) -> None:
    page = me.page
    page.goto(f"{application}evidence/")
    page.get_by_label("这些文件是").select_option("licence")
    another = papers.letter("企业", "营业执照副本", desk / "licence-again.pdf")
    page.locator("input[type=file]").set_input_files(another)
    expect(page.get_by_role("link", name=another.name)).to_be_visible()
    page.goto(f"{application}form/people/")
    expect(page.get_by_role("textbox").first).not_to_be_editable()
    me.at_ease()
