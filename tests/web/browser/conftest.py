"""Browser tests of the shared components, on a page of their own."""

from tests.journeys.axe import axe
from tests.journeys.browser import browser, page
from tests.web.browser.showing import opened, store

__all__ = ["axe", "browser", "opened", "page", "store"]
