"""Accessibility, checked by axe-core in the page itself."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

SOURCE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Axe:
    """Call it with a page: no violation, or the test fails and names each with its element."""

    def __call__(self, page: Page) -> None:
        """Fail on any violation."""
        found = self.violations(page)
        assert not found, f"{page.url}\n" + "\n".join(found)

    def violations(self, page: Page) -> list[str]:
        """What axe finds, one line a violation. Evaluated from outside, so that the page's policy holds."""
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(SOURCE.read_text("utf-8"))
        options = {"runOnly": RULES, "resultTypes": ["violations"]}
        result: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{v['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
            for v in result["violations"]
            for node in v["nodes"]
        ]


@pytest.fixture
def axe() -> Axe:
    """`axe(page)` after every step of a journey."""
    if not SOURCE.exists():
        pytest.fail("axe-core is not installed: npm ci")
    return Axe()
