"""A real browser: Debian's Chromium under the product's own policy. Console errors fail the test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# Playwright's loop runs in the test's thread; Django's own guard would take it for an async view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = Path(os.environ.get("XINGYUN_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


class Shared:
    """One browser for the whole process, whoever asks: Playwright runs only once in a thread."""

    def __init__(self) -> None:
        self.users = 0

    def __enter__(self) -> Browser:
        if not self.users:
            self.playwright = sync_playwright().start()
            self.browser = self.playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        self.users += 1
        return self.browser

    def __exit__(self, *_: object) -> None:
        self.users -= 1
        if not self.users:
            self.browser.close()
            self.playwright.stop()


SHARED = Shared()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: apt-get install chromium")
    with SHARED as launched:
        yield launched


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, in Chinese, at a desk. What the browser complains about fails the test."""
    context = browser.new_context(viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai")
    opened = context.new_page()
    opened.set_default_timeout(8000)
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    # A refused request is told by the page in words; the browser's own line about it is no fault.
    assert [said for said in complaints if not said.startswith("Failed to load resource")] == []
