"""The world of the matrix (every state of everything), served to a browser: built once a file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.web.matrix.conftest import FOLDER, stand_still, use_folders
from tests.web.matrix.table import Row, address, rows
from tests.web.matrix.world import World, build

WIDE, ZOOMED, PHONE = (
    {"width": 1366, "height": 768},
    # The same screen at 200 %.
    {"width": 683, "height": 384},
    {"width": 360, "height": 740},
)
APPLICANTS = ("nobody", "applicant", "rival", "newcomer")
FILES = (
    "_paper", "_file", "_download", "_page", "_print", "_proof", "_letter", "announcement", "certificate",
)  # fmt: skip
ASIDE = ("health", "industries", "job", "application_clock", "account_logout", "start")


@dataclass
class Site:
    """The world at an address, and a page for each who comes."""

    world: World
    url: str
    browser: Browser
    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, visitor: str) -> Page:
        """A page of this visitor, signed in; the same one each time."""
        if visitor not in self.pages:
            context = self.browser.new_context(viewport=WIDE, locale="zh-CN", base_url=self.url)
            context.set_default_timeout(10_000)
            session = self.world.cookies[visitor].get("sessionid")
            if session:
                context.add_cookies([{"name": "sessionid", "value": session.value, "url": self.url}])
            self.pages[visitor] = context.new_page()
        page = self.pages[visitor]
        page.set_viewport_size(WIDE)
        return page

    def at(self, route: str, subject: str = "-", **more: object) -> str:
        """The address of a route for a subject of the matrix."""
        if more:
            return reverse(route, kwargs=more)
        return address(self.world, Row("GET", route, subject, {}))


def doors() -> list[tuple[str, Row]]:
    """Every page of the applicants, the accounts and the public, with somebody who may read it."""
    found = []
    for row in rows():
        visitor = next((v for v in APPLICANTS if row.signs.get(v) == "+"), None)
        aside = row.route.endswith(FILES) or row.route in ASIDE
        if row.method == "GET" and visitor and not aside:
            found.append((visitor, row))
    return found


@pytest.fixture(scope="module")
def site(
    browser: Browser, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Everything of the world is committed, because another thread serves it, and thrown away at the end."""
    from xingyun.clock import queries as clock

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(clock.OFFSET, "fresh_for", float("inf"))
        clock.OFFSET.hold(timedelta(0))
        use_folders(patch, tmp_path_factory.mktemp("site"))
        server = LiveServer("localhost")
        server = LiveServer("localhost")
        try:
            made = build(lambda text: stand_still(patch, text))
            made.folder = FOLDER["now"]
            site = Site(made, server.url, browser)
            yield site
            for page in site.pages.values():
                page.context.close()
        finally:
            server.stop()
            call_command("flush", interactive=False, verbosity=0)
