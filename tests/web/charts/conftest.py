"""What the tests of charts share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """Whatever a page before was written in."""
    with translation.override("zh-hans"):
        yield
