"""Every page as its readers see it: nothing that axe finds, nothing wider than the screen.

At a desk, at a desk enlarged twice, and on a phone; in Chinese and in English. The browser's requests are
answered out of the world's own transaction, in this process.
"""

from contextvars import copy_context
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route
from tests.journeys.axe import Axe, axe
from tests.journeys.browser import DESK, PHONE, browser, page
from tests.journeys.looking import fits, shoot
from tests.web.matrix.table import Row, address, rows
from tests.web.matrix.test_counts import FILES, READERS
from tests.web.matrix.world import World

__all__ = ["axe", "browser", "page"]
pytestmark = [pytest.mark.django_db, pytest.mark.journey, pytest.mark.anywhere]
ORIGIN = "http://localhost"
TWICE = {"width": 683, "height": 384}  # 1366 × 768, enlarged to 200 %
# What answers with data or with a file.
NO_PAGE = {
    "health", "industries", "job", "desk_paper_page", "application_clock", "application_letter",
    "case_withdrawal_letter", "case_check_proof", "answer_sheet_proof", "answer_sheet_refused",
    "blacklist_proof", "blacklisted_proof",
}  # fmt: skip


def seen_by(row: Row) -> list[str]:
    """Whoever stands for the others; where none of them may see it, the first who may."""
    may = [visitor for visitor, sign in row.signs.items() if sign == "+"]
    return [visitor for visitor in READERS if visitor in may] or may[:1]


PAGES = [
    (row, visitor)
    for row in rows()
    for visitor in seen_by(row)
    if row.method == "GET" and not row.route.endswith(FILES) and row.route not in NO_PAGE
]


def answered(page: Page, world: World, visitor: str) -> dict[str, str]:
    """Let this visitor's requests be answered by the world; the cookies that are sent with them."""
    own: dict[str, str] = {}
    # What the browser calls runs in a context of its own, which would have another connection.
    client, here = world.client(visitor), copy_context()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        for name, value in own.items():
            client.cookies[name] = value
        accept = route.request.headers["accept"]
        given: Any = here.run(client.get, path, HTTP_HOST="localhost", HTTP_ACCEPT=accept)
        body = given.getvalue() if given.streaming else given.content
        route.fulfill(status=given.status_code, headers=dict(given.items()), body=body)

    page.route("**/*", answer)
    return own


@pytest.mark.parametrize(("row", "visitor"), PAGES, ids=lambda one: getattr(one, "label", one))
def test_a_page_has_no_barrier_and_fits(world: World, page: Page, axe: Axe, row: Row, visitor: str) -> None:
    cookies, here = answered(page, world, visitor), ORIGIN + address(world, row)
    for language in ("zh-hans", "en"):
        cookies[settings.LANGUAGE_COOKIE_NAME] = language
        shown = page.goto(here)
        assert shown is not None
        assert shown.status == 200
        assert "text/html" in shown.headers["content-type"]
        for size in (DESK, TWICE, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # the very dict it asks for
            shoot(page, f"{row.label.replace(' ', '-')}-{visitor}-{language}-{size['width']}")
            fits(page, f"{row.label} in {language}")
            if language == "zh-hans" and size is not TWICE:
                axe(page)
