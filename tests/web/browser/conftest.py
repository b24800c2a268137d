"""Browser tests of the shared components, on a page of their own."""

from tests.journeys.axe import axe
from tests.journeys.browser import browser, page

__all__ = ["axe", "browser", "page"]
