"""The paper desk with the keys alone, and a report that goes back for one row; axe at every step."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.factories.codes import payload
from tests.factories.ground import Ground, make_ground
from tests.journeys.axe import Axe
from tests.reviews.office import Office
from tests.web.enterprise.parties import signed_in

from xingyun.reviews.models import Arrival

HOME = "licheng"

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ground(now: Any) -> Ground:
    return make_ground(now, rosters={HOME: 100})


@pytest.fixture
def district(ground: Ground, now: Any) -> Office:
    return Office(ground, HOME, now)


def enter(page: Page, live_server: Any, actor: Any) -> None:
    """From now on the page is this person's."""
    cookie = signed_in(actor).cookies["sessionid"].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on the field of this name."""
    for _n in range(60):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keys do not come to {name}")


def test_a_booklet_is_taken_in_with_the_keys_alone(page: Page, live_server: Any, axe: Axe, district: Office):
    made = district.accepted("star-3")
    number = made.application.number
    enter(page, live_server, district.actor())
    page.goto(f"{live_server.url}/officials/paper/")
    axe(page)
    page.keyboard.type("01,10,044031,12840663\n")
    expect(page.locator("#refused")).to_contain_text("不是申报书上的二维码")
    axe(page)
    # The next scan follows at once: the field is empty again and has the focus.
    page.keyboard.type(payload(number, 2, 1) + "\n")
    expect(page.locator("h1")).to_contain_text("不能收")
    axe(page)
    page.keyboard.type(payload(number, 1, 1) + "\n")
    expect(page.locator("h1")).to_contain_text("请登记")
    axe(page)
    tab_to(page, "pages")
    page.keyboard.type("3")
    tab_to(page, "shelf")
    page.keyboard.type("B 柜 3 层")
    tab_to(page, "brought_by")
    page.keyboard.type("王某")
    tab_to(page, "seals")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("已收到")
    axe(page)
    arrival = Arrival.objects.get()
    assert (arrival.version, arrival.pages, arrival.seals) == (1, 3, ["enterprise"])
    page.goto(f"{live_server.url}/officials/paper/?show=arrived")
    expect(page.locator("table")).to_contain_text("B 柜 3 层")
    axe(page)


def test_a_report_goes_back_for_one_row(
    page: Page, live_server: Any, axe: Axe, ground: Ground, district: Office
):
    made = [district.accepted("star-3") for _n in range(2)]
    for one in made:
        district.decide(one, "star-3", "decide")
    report = district.sent()
    enter(page, live_server, ground.actor("city"))
    here = f"{live_server.url}/officials/reports/{report.uid}/"
    page.goto(here)
    axe(page)
    page.get_by_label(f"退回“{made[0].enterprise.name}”的理由").fill("支出和合同对不上")
    page.get_by_role("button", name="退回", exact=True).click()
    expect(page.locator("main")).to_contain_text("退回：支出和合同对不上")
    axe(page)
    deadline = ground.book.reports[0].deadline
    page.goto(f"{live_server.url}/officials/rounds/{ground.round.uid}/reporting/{deadline}/")
    axe(page)
    enter(page, live_server, district.actor())
    page.goto(here)
    axe(page)
    page.get_by_role("button", name="起草更正后的上报件").click()
    expect(page.locator("main")).to_contain_text("代替第 1 次上报")
    axe(page)
