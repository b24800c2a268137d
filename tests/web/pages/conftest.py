"""Every page that is not an office's, in a browser."""

from pathlib import Path
from typing import Any

import pytest
from tests.journeys.axe import axe
from tests.journeys.browser import browser
from tests.web.pages.served import site

__all__ = ["axe", "browser", "site"]


@pytest.fixture(autouse=True)
def folders(site: Any) -> Path:
    """The world's own files, not a fresh folder for each test."""
    return site.world.folder


@pytest.fixture(autouse=True)
def _today(at: Any, site: Any) -> None:
    """The world's day, in place of the one on which other tests begin."""
    from tests.web.matrix.world import TODAY

    at(TODAY)


@pytest.fixture
def _django_db_helper(site: Any) -> None:
    """No transaction around a test: it would keep the server's thread from writing."""
