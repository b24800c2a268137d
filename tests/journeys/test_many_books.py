"""Enterprises with piles of mixed files at their browsers: all sent at once, tied to domains, bound, followed."""

import random
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect
from tests.factories.applications import Made, make_application
from tests.factories.ground import PASSWORD, make_ground
from tests.factories.mixed_papers import FULL, SIZES, contents, followed
from tests.journeys.people import Person
from tests.journeys.steps import binding, proving

from xingyun.accounts.models import User
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker
from xingyun.rounds.queries import rulebook_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
# The second has the heaviest files, the third the longest.
ENTERPRISES = tuple(enumerate(SIZES)) if FULL else ((0, 5), (9, 6))
DOMAINS = 8
LONG = 240_000 if FULL else 60_000  # ms; all files sent and looked at
SLOT = "screenshots"


@pytest.mark.parametrize(("n", "count"), ENTERPRISES)
def test_every_number_of_the_book_leads_to_its_page(
    browser: Browser, live_server: Any, now: Any, desk: Path, n: int, count: int
) -> None:
    made = make_application(make_ground(now), complete=False)
    application = f"{live_server.url}/enterprise/applications/{made.application.uid}/"
    username = User.objects.get(pk=made.actor.user_id).username
    me = Person(browser, live_server.url, f"enterprise {n}").sign_in(username, PASSWORD)
    try:
        words = _send(me, application, n, count, desk)
        labels = {d.key: d.label for d in rulebook_of(made.application.edition).domains}
        claims = _claim(me, application, n, labels, words)
        with pypdfium2.PdfDocument(_bound(me, made, application, desk / "book.pdf")) as book:
            assert followed(book, labels, claims) >= DOMAINS
    finally:
        me.context.close()
    me.at_ease()


def _send(me: Person, application: str, n: int, count: int, desk: Path) -> dict[str, list[str]]:
    """All files at once, as one drags a folder; the words of each by its name."""
    words = {}
    for name, content, on_pages in contents(n, count):
        (desk / name).write_bytes(content)
        words[name] = on_pages
    me.page.goto(f"{application}evidence/")
    me.page.get_by_label("这些文件是").select_option(SLOT)
    me.page.locator("form[data-upload] input[type=file]").set_input_files([desk / name for name in words])
    told = me.page.get_by_role("status").filter(has_text=f"{count} 个已收好，0 个处理中")
    expect(told).to_be_visible(timeout=LONG)
    me.page.reload()
    for name in words:
        expect(me.page.get_by_role("link", name=name)).to_be_visible()
    return words


def _claim(
    me: Person, application: str, n: int, labels: dict[str, str], words: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Some domains, each proved by a page of one file or of two; the words that prove each."""
    drawn, claims = random.Random(n), {}
    for key in drawn.sample(sorted(labels), DOMAINS):
        for name in drawn.sample(sorted(words), drawn.choice((1, 2))):
            first = drawn.randint(1, len(words[name]))
            proving.claim(me, application, labels[key], name, first)
            claims.setdefault(key, []).append(words[name][first - 1])
    return claims


def _bound(me: Person, made: Made, application: str, out: Path) -> Path:
    """The book, made by the worker and brought by the page."""
    me.page.goto(f"{application}booklet/")
    me.press("成册")
    Worker(discover()).drain()
    expect(me.page.get_by_role("link", name="下载 PDF")).to_be_visible(timeout=binding.MAKING)
    return me.download("下载 PDF", out)
