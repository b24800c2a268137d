"""Charts, the map of tiles and time lines in a real browser, on a phone too, in both languages."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.factories.ground import Ground, make_ground
from tests.journeys.browser import DESK, PHONE
from tests.results.counting import announced, contract, spending, steps
from tests.web.enterprise.parties import signed_in

from xingyun.results import actions

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LANGUAGES = ("zh-hans", "en")


@pytest.fixture
def ground(now: Any) -> Ground:
    """Five districts, some awarded, counted."""
    ground = make_ground(now)
    made = [
        one
        for n, key in enumerate(("licheng", "lixia", "zhangqiu", "tianqiao", "laiwu-gaoxin"), 2)
        for one in spending(ground, key, f"star-{3 + n % 3}", range(40, 40 + 7 * n))
    ]
    for n, one in enumerate(made[:20]):
        steps(one, 5 + n, 30 + n, 70)
        contract(one, f"泉畔云数据服务第{n % 6}有限公司", n + 1)
    announced(ground, made)
    actions.count_statistics(round=ground.round, now=ground.now)
    return ground


def opened(page: Page, url: str, address: str, language: str, session: str = "") -> None:
    """The page in this language, signed in where there is a session."""
    cookies = [{"name": "django_language", "value": language, "url": url}]
    if session:
        cookies.append({"name": "sessionid", "value": session, "url": url})
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    answer = page.goto(url + address)
    assert answer is not None
    assert answer.status == 200, address


def looked_at(page: Page, axe: Any) -> None:
    """Open every table, then look at it as wide as a desk and as narrow as a phone."""
    folded = page.locator("main details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
        axe(page)
    page.set_viewport_size(DESK)


@pytest.mark.parametrize("language", LANGUAGES)
def test_officials_pages(page: Page, live_server: Any, axe: Any, ground: Ground, language: str) -> None:
    session = signed_in(ground.actor("city")).cookies["sessionid"].value
    line = f"/officials/rounds/{ground.round.uid}/timeline/"
    for address in (
        "/officials/statistics/",
        "/officials/statistics/?office=licheng",
        "/officials/overview/",
        line,
    ):
        opened(page, live_server.url, address, language, session)
        looked_at(page, axe)


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages(page: Page, live_server: Any, axe: Any, ground: Ground, language: str) -> None:
    for address in ("/statistics/", "/timeline/"):
        opened(page, live_server.url, address, language)
        looked_at(page, axe)


def test_a_tile_leads_to_its_office_and_a_table_is_saved(
    page: Page, live_server: Any, ground: Ground
) -> None:
    session = signed_in(ground.actor("city")).cookies["sessionid"].value
    opened(page, live_server.url, "/officials/statistics/", "zh-hans", session)
    page.locator(".tiles a", has_text="章丘区").click()
    expect(page.locator("h1")).to_contain_text("章丘区有 28 份申请")
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV 每个环节用多少天").click()
    assert saved.value.suggested_filename.endswith("每个环节用多少天.csv")
