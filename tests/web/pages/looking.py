"""Looking at a page that lies open: as an eye would at two sizes, as an assistive program would at two."""

from pathlib import Path

from playwright.sync_api import Page
from tests.journeys.axe import Axe
from tests.web.pages.served import PHONE, WIDE, ZOOMED

LAYOUT = (Path(__file__).parent / "layout.js").read_text("utf-8")


def faults(page: Page, axe: Axe) -> list[str]:
    """Everything that is wrong, each with the size at which it is."""
    found = [f"axe wide: {said}" for said in axe.violations(page)]
    for name, size in (("zoomed", ZOOMED), ("phone", PHONE)):
        page.set_viewport_size(size)
        found += [f"{name}: {said}" for said in page.evaluate(LAYOUT)]
    found += [f"axe phone: {said}" for said in axe.violations(page)]
    page.set_viewport_size(WIDE)
    return found
