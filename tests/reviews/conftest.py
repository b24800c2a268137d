"""A round of the first programme, two districts with their city above them."""

from datetime import datetime

import pytest
from tests.factories.ground import Ground, make_ground
from tests.reviews.office import Office

HOME, ABROAD, CITY = "licheng", "tianqiao", "city"


@pytest.fixture
def ground(db: None, now: datetime) -> Ground:
    """The round. HOME may decide three and recommend one (100 listed), ABROAD decide two (67 listed)."""
    return make_ground(now, rosters={HOME: 100, ABROAD: 67})


@pytest.fixture
def district(ground: Ground, now: datetime) -> Office:
    """The home district's office."""
    return Office(ground, HOME, now)


@pytest.fixture
def abroad(ground: Ground, now: datetime) -> Office:
    """Another district's office."""
    return Office(ground, ABROAD, now)


@pytest.fixture
def city(ground: Ground, now: datetime) -> Office:
    """The city's office."""
    return Office(ground, CITY, now)
