"""Two who set the same at the same moment: both are heard one after the other, and one setting is live."""

from datetime import timedelta

import pytest
from tests.factories.ground import make_ground
from tests.reviews.test_races import together

from xingyun.registry.actors import SYSTEM
from xingyun.rounds import actions
from xingyun.rounds.models import Extension, QuotaLine, Window

pytestmark = pytest.mark.django_db(transaction=True)
OFFICES = (None, "licheng")


@pytest.fixture
def ground(now):
    return make_ground(now)


@pytest.mark.parametrize("key", OFFICES)
def test_two_windows_at_once(ground, key):
    office, city = ground.authority(key) if key else None, ground.actor("city")

    def setting(days):
        return lambda: actions.set_window(
            round=ground.round, authority=office, stage="applications", opens=ground.now,
            closes=ground.now + timedelta(days=days), reason="停电", set_by_id=city.user_id, actor=city,
            now=ground.now,
        )  # fmt: skip

    results = together(*[setting(days) for days in (3, 4, 5)])
    assert all(isinstance(r, Window) for r in results), results
    live = Window.objects.get(authority=office, stage="applications", replaced_at=None)
    assert live in results


@pytest.mark.parametrize("key", OFFICES)
def test_two_extensions_at_once(ground, key):
    office, city = ground.authority(key) if key else None, ground.actor("city")
    [deadline] = {rule.deadline for rule in ground.book.reports}

    def extending(days):
        return lambda: actions.extend_reporting(
            round=ground.round, deadline=deadline, authority=office, until=ground.now + timedelta(days=days),
            reason="停电", actor=city, now=ground.now,
        )  # fmt: skip

    results = together(*[extending(days) for days in (30, 31, 32)])
    assert all(isinstance(r, Extension) for r in results), results
    assert Extension.objects.get(authority=office, replaced_at=None) in results


def test_places_are_settled_once(ground):
    before = set(QuotaLine.objects.values_list("authority", "group"))
    QuotaLine.objects.all().delete()
    city = ground.actor("city")
    settle = [lambda: actions.settle_places(round=ground.round, actor=city, now=ground.now)] * 3
    assert sorted(together(*settle)) == [0, 0, len(before)]
    assert set(QuotaLine.objects.values_list("authority", "group")) == before


def test_two_rounds_planned_at_once_have_two_numbers(ground):
    given = {"edition": ground.round.edition, "year": ground.round.year, "actor": SYSTEM, "now": ground.now}
    top = ground.authority("city")
    results = together(*[lambda: actions.plan_round(authority=top, **given)] * 3)
    assert sorted(r.number for r in results) == [2, 3, 4], results
