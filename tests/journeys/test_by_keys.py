"""An applicant without a mouse, from signing in to the receipt."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from tests.factories.ground import PASSWORD, make_enterprise, make_ground
from tests.journeys import papers
from tests.journeys.keys import Keys
from tests.journeys.people import Person
from tests.journeys.steps import by_keys

from xingyun.accounts.models import User
from xingyun.applications.models import Application
from xingyun.demo.answers import answers
from xingyun.demo.names import Invented, provider
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SLOTS = ("licence", "contracts", "invoices", "spend-audit")


@pytest.fixture
def me(browser: Browser, live_server: Any, now: Any) -> Any:
    """Somebody at a keyboard, with an office's screen."""
    person = Person(browser, live_server.url, "me")
    person.page.set_viewport_size({"width": 1366, "height": 768})
    yield person
    person.context.close()
    person.at_ease()


def test_from_signing_in_to_the_receipt(me: Person, desk: Path, now: Any) -> None:
    ground = make_ground(now)
    enterprise, actor = make_enterprise(ground, "lixia")
    book, keys, page = ground.book, Keys(me.page), me.page
    who = Invented(n=1, name=enterprise.name, uscc=enterprise.uscc, person="林某", phone="0531-66600077")
    known: Any = SimpleNamespace(name=who.name, address="工业北路 1 号", uscc=who.uscc)
    typed = answers(book, known, who, level="star-3", deployments=(book.deployments[0].key,))

    by_keys.sign_in(keys, User.objects.get(pk=actor.user_id).username, PASSWORD)
    keys.button("新建申请")
    page.wait_for_url("**/form/**")
    by_keys.fill(keys, book, typed)
    seller = provider(1, "000000")
    by_keys.ledger(keys, book, seller)

    keys.link("证明材料")
    files = {slot: papers.for_slot(slot, who, seller, desk) for slot in SLOTS}
    for slot, file in files.items():
        by_keys.upload(keys, slot, file)
    shots = [papers.screenshot(desk / name) for name in ("截图1.png", "截图2.jpg")]
    by_keys.upload(keys, "screenshots", *shots)
    by_keys.reorder(keys)
    by_keys.absent(keys)

    keys.link("填报")
    keys.link("业务及应用表")
    by_keys.claim(keys, book.domains[1].label, "截图1.png")

    keys.link("成册盖章")
    keys.button("成册")
    expect(page.get_by_role("heading", level=1)).to_have_text("正在成册", timeout=60_000)
    Worker(discover()).drain()
    link = page.get_by_role("link", name="下载 PDF")
    expect(link).to_be_visible(timeout=60_000)
    with page.expect_download() as coming:
        keys.press(link)
    coming.value.save_as(desk / "book.pdf")
    keys.choose(page.locator("#scan"), papers.stamped(desk / "book.pdf", who.name, desk / "scan.pdf"))
    expect(page.get_by_text("正在逐页识别").first).to_be_visible(timeout=60_000)
    Worker(discover()).drain()
    # The page goes on by itself when the work is done: nobody walks on it while it does.
    expect(page.get_by_role("button", name="采用这")).to_be_visible(timeout=60_000)
    keys.button("采用这")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("盖章的页齐了，正在放进申报书", timeout=60_000)
    Worker(discover()).drain()
    expect(page.get_by_text("已放进申报书").first).to_be_visible(timeout=60_000)

    keys.link("检查并提交")
    expect(page.get_by_role("heading", level=1)).to_have_text("都齐了，可以提交")
    keys.tick(page.get_by_role("checkbox"))
    keys.button("提交给")
    expect(page.get_by_role("heading", level=1)).to_contain_text("已提交")
    assert Application.objects.get().state == "submitted"
