"""What browser tests of the pages share: the browser, a page, a worker beside the server."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from tests.journeys.axe import axe
from tests.journeys.browser import browser, page
from tests.web.browser.showing import opened, store

from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker

__all__ = ["axe", "browser", "opened", "page", "store"]


@pytest.fixture
def at_work(ground: Any) -> Iterator[None]:
    """A worker in a thread of its own, as beside a real server."""
    worker = Worker(discover())

    def live() -> None:
        try:
            worker.serve(threads=1)
        finally:
            connection.close()

    thread = threading.Thread(target=live)
    thread.start()
    yield
    worker.stop()
    thread.join(20)
