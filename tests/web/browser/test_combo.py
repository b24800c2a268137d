"""The industry picker by keyboard: found, moved through, taken; what cannot be looked up is said in words."""

import pytest
from playwright.sync_api import Page, expect
from tests.web.browser import gallery
from tests.web.browser.gallery import STORE

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls(gallery.__name__),
]


def search(page: Page, words: str) -> None:
    """Type what is looked for."""
    page.locator("#industry").press_sequentially(words)


def chosen(page: Page) -> str:
    """The number of the option that Enter would take; the field names it to those who listen."""
    field = page.locator("#industry")
    [one] = page.locator("#industry-o [aria-selected=true]").all()
    assert field.get_attribute("aria-activedescendant") == one.get_attribute("id")
    return str(one.get_attribute("id")).removeprefix("industry-o")


def test_an_industry_is_found_and_taken(opened):
    search(opened, "机床")
    expect(opened.locator("#industry-o [role=option]").first).to_be_visible()
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    assert opened.input_value("#industry")[:2] == "34"
    expect(opened.locator("#industry-o")).to_be_hidden()
    opened.wait_for_timeout(300)
    assert STORE.answers["industry"] == opened.input_value("#industry")


def test_every_key_moves_where_it_says(opened, axe):
    search(opened, "制造")
    options = opened.locator("#industry-o [role=option]")
    expect(options.nth(2)).to_be_visible()
    last = str(options.count() - 1)
    went = []
    for key in ("ArrowUp", "ArrowDown", "ArrowDown", "End", "Home", "ArrowUp"):
        opened.keyboard.press(key)
        went.append(chosen(opened))
    assert went == [last, "0", "1", last, "0", last]
    expect(options.last).to_be_in_viewport()
    axe(opened)
    opened.keyboard.press("Escape")
    expect(opened.locator("#industry-o")).to_be_hidden()
    opened.keyboard.press("Home")
    opened.keyboard.type("34")
    assert opened.input_value("#industry") == "34制造", "with the list closed Home moves in the text"


@pytest.mark.parametrize("how", ["cut", "broken"])
def test_a_search_that_fails_says_so_and_can_be_repeated(opened, axe, how):
    if how == "cut":
        opened.route("**/industries/**", lambda route: route.abort())
    else:
        opened.route("**/industries/**", lambda route: route.fulfill(status=502, body="<h1>bad</h1>"))
    search(opened, "机床")
    said = opened.locator("#industry-n")
    expect(said).to_contain_text("行业没有查到")
    expect(said).to_have_class("msg bad")
    axe(opened)
    opened.unroute("**/industries/**")
    opened.keyboard.press("ArrowDown")
    expect(opened.locator("#industry-o [role=option]").first).to_be_visible()
    expect(said).to_have_class("unseen")


def test_nothing_found_is_seen_as_well_as_heard(opened):
    search(opened, "没有这种行业")
    expect(opened.locator("#industry-n")).to_have_class("msg wait")
    expect(opened.locator("#industry-n")).to_contain_text("直接填四位代码")
