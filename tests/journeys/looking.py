"""Looking at a page as an eye would and as an assistive program would: axe, width, pictures."""

import os
from pathlib import Path

from playwright.sync_api import Page
from tests.journeys.axe import Axe
from tests.journeys.browser import DESK, PHONE

SHOTS = os.environ.get("XINGYUN_SHOTS", "")


def look(page: Page, name: str) -> None:
    """No violation, nothing wider than the screen, at a desk and on a phone; pictures where they are wanted."""
    page.wait_for_load_state()
    for tag, size in (("1440", DESK), ("390", PHONE)):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # the very dict it asks for
        shoot(page, f"{name}-{tag}")
        fits(page, name)
        axe(page, f"{name} at {tag}")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]


def fits(page: Page, name: str) -> None:
    """Nothing is wider than the screen."""
    wide = not page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not wide, f"{name} is wider than {page.evaluate('innerWidth')}: {page.evaluate(WIDE)}"


def axe(page: Page, name: str) -> None:
    """Zero violations."""
    found = Axe().violations(page)
    assert not found, f"{name}: " + "\n".join(found)


def shoot(page: Page, name: str) -> None:
    """A picture, where they are wanted."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


WIDE = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 4).map(e => e.outerHTML.slice(0, 120))"""
