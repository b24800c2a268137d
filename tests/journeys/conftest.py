"""The real thing for a journey: a system of its own, and people at real browsers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.journeys.browser import browser
from tests.journeys.house import House
from tests.journeys.people import People

__all__ = ["browser"]


@pytest.fixture
def houses() -> Iterator[Callable[..., House]]:
    """Start systems: `houses(rulebook=…, neighbours=[…])`; they end with the test."""
    with ExitStack() as stack:
        yield lambda **given: stack.enter_context(House(**given))


@pytest.fixture
def crowd(browser: Browser) -> Iterator[Callable[[House], People]]:
    """People who visit a system: `crowd(house)`."""
    with ExitStack() as stack:

        def gather(house: House) -> People:
            people = People(browser, house.url)
            stack.callback(people.leave)
            return people

        yield gather


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder for files that people have at hand."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder
