"""A round whose districts have reported: four stars decided by the city, three stars by the districts."""

from dataclasses import dataclass

import pytest
from tests.factories.applications import Made
from tests.factories.ground import JINAN, Ground, make_ground
from tests.reviews.office import Office

from xingyun.results import actions
from xingyun.results.models import Notice, NoticeLine
from xingyun.reviews.states import Outcome


@dataclass
class Evaluated:
    """The city's desk with three applications: four stars won, four stars refused, three stars."""

    ground: Ground
    district: Office
    city: Office
    four: Made
    kept: Made
    three: Made

    def publish(self) -> Notice:
        """Publish the proposed list."""
        return actions.publish_notice(
            round=self.ground.round,
            authority=self.city.authority,
            actor=self.city.actor(),
            now=self.city.now,
        )

    def line(self, made: Made) -> NoticeLine:
        """The line of an application."""
        related = ("notice__round__edition", "application")
        return NoticeLine.objects.select_related(*related).get(application=made.application)


@pytest.fixture
def evaluated(db, now) -> Evaluated:
    """Everything signed, nothing published yet."""
    return evaluate(now)


def evaluate(now, folder=JINAN) -> Evaluated:
    """Walk three applications to the city's signature."""
    ground = make_ground(now, folder=folder, rosters={"licheng": 400})
    district, city = Office(ground, "licheng", now), Office(ground, "city", now)
    four, kept, three = (district.accepted(level) for level in ("star-4", "star-4", "star-3"))
    for made in (four, kept, three):
        district.decide(made, "star-3", "decide")
    for made in (four, kept):
        district.decide(made, "star-4", "recommend")
    city.receive(district.sent())
    city.decide(four, "star-4", "decide")
    city.decide(kept, "star-4", "decide", Outcome.DECLINED, "业务上云程度不足")
    return Evaluated(ground, district, city, four, kept, three)
