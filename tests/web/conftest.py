"""Pages are tested on a frame that is held still, so that query counts do not depend on what ran before."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from xingyun.web.frame import FRAME, Frame


@pytest.fixture(autouse=True)
def _still_frame() -> Iterator[None]:
    """No query is spent on what the header and the footer say of the round."""
    FRAME.hold(Frame())
    cache.clear()
    fresh, FRAME.fresh_for = FRAME.fresh_for, float("inf")
    yield
    FRAME.fresh_for = fresh
    FRAME.forget()
