"""What the tests of these pages share. Imports stand inside: this file is read before Django is set up."""

from typing import Any

import pytest


@pytest.fixture
def ground(db: None, now: Any) -> Any:
    from tests.factories.ground import make_ground

    return make_ground(now)


@pytest.fixture
def party(ground: Any) -> Any:
    from tests.web.enterprise.parties import make_party

    return make_party(ground)


@pytest.fixture
def stranger(ground: Any) -> Any:
    from tests.web.enterprise.parties import make_party

    return make_party(ground)
