"""The application form, section by section, whatever fields the edition has."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, expect
from tests.journeys.people import Person

from xingyun.rulebook import Rulebook
from xingyun.rulebook.schema.form import Field


def begin(person: Person, award: str = "") -> str:
    """A new application, for the award that is named where several may be applied for; its address."""
    person.page.goto("/start/")
    person.look("enterprise-home")
    person.press(f"新建{award}申请")
    expect(person.page.get_by_role("heading", level=1)).to_be_visible()
    found = re.search(r"/enterprise/applications/[0-9a-f-]+/", person.page.url)
    assert found, person.page.url
    return found[0]


def fill(person: Person, book: Rulebook, typed: Mapping[str, str]) -> None:
    """Every section: fill what is empty, go on by the button."""
    for number, section in enumerate(book.form.sections):
        expect(person.page.get_by_role("heading", level=2, name=section.label)).to_be_visible()
        for field in book.form.in_section(section.key):
            enter(of(person, field), field, typed[field.key])
        if number == 0:
            person.look("form")
        person.page.get_by_role("button", name="下一部分").click()
        person.at_ease()


def of(person: Person, field: Field) -> Locator:
    """The part of the page that is this field."""
    return person.page.locator(f"[data-field='{field.key}']")


def enter(place: Locator, field: Field, text: str) -> None:
    """Type or choose, as the field's kind wants."""
    if field.kind in ("choice", "multi_choice"):
        _choose(place, text)
    elif field.kind == "organisations":
        for n, line in enumerate(text.split("\n")):
            if n:
                place.get_by_role("button", name="添加").click()
            place.get_by_role("textbox").nth(n).fill(line)
    elif field.kind == "industry":
        _pick(place, text)
    else:
        place.get_by_role("textbox").fill(text)


def _choose(place: Locator, text: str) -> None:
    listed = place.get_by_role("combobox")
    if listed.count():
        listed.select_option(text)
        return
    for value in text.split("\n"):
        place.locator(f"input[value='{value}']").check()


def _pick(place: Locator, text: str) -> None:
    box = place.get_by_role("combobox")
    box.press_sequentially(text, delay=20)
    place.get_by_role("option").first.click()


def saves_by_itself(person: Person, field: Field, text: str) -> None:
    """What is typed is saved without a button and is there after a reload."""
    box = of(person, field).get_by_role("textbox")
    box.fill(text)
    box.blur()
    expect(person.page.get_by_text("已自动保存").first).to_be_visible()
    person.page.reload()
    expect(of(person, field).get_by_role("textbox")).to_have_value(text)


def says_what_is_wrong(person: Person, field: Field, wrong: str, words: str) -> None:
    """A wrong value is kept as typed, with what is wrong beside it, also after a reload."""
    saves_by_itself(person, field, wrong)
    box = of(person, field).get_by_role("textbox")
    expect(of(person, field).locator("[data-error]")).to_contain_text(words)
    assert box.get_attribute("aria-invalid") == "true"
    described = (box.get_attribute("aria-describedby") or "").split()
    told = [person.page.locator(f"id={name}").inner_text() for name in described]
    assert any(words in text for text in told), told
