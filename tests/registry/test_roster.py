"""The roster is imported by its authority; the count that makes the places is released from above."""

import pytest
from tests.factories.ground import make_ground
from tests.registry.sheets import code

from xingyun.audit.errors import NotAllowed, Refused
from xingyun.files.models import File
from xingyun.files.queries import reader
from xingyun.registry import actions, queries
from xingyun.registry.models import RosterEntry, Snapshot
from xingyun.registry.states import RosterState

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(now):
    return make_ground(now)


def rows(first, count):
    return [(code(n), f"企业{n}") for n in range(first, first + count)]


def load(ground, key, given):
    return actions.import_roster(
        authority=ground.authority(key),
        rows=given,
        listed_on=ground.now.date(),
        actor=ground.actor(key),
        now=ground.now,
    )


def test_wrong_rows_are_told_and_the_others_stand(ground):
    good = rows(1, 3)
    result = load(ground, "licheng", [*good, ("91370100", "短"), (good[0][0], "重"), (rows(9, 1)[0][0], " ")])
    assert (result.added, [wrong.number for wrong in result.wrong]) == (3, [4, 5, 6])
    assert load(ground, "licheng", good).unchanged == 3, "a second import adds nothing"
    assert RosterEntry.objects.count() == 3


def test_a_code_of_two_authorities_counts_in_neither(ground):
    load(ground, "licheng", rows(1, 3))
    assert load(ground, "lixia", rows(3, 2)).disputed == 1
    assert RosterEntry.objects.filter(state=RosterState.DISPUTED).count() == 2
    lines = queries.rosters([ground.authority("licheng"), ground.authority("lixia")], 2020)
    assert [(line.counted, line.disputed) for line in lines] == [(2, 1), (1, 1)]


def test_the_released_count_is_frozen_with_its_list(ground, now):
    Snapshot.objects.all().delete()
    load(ground, "licheng", rows(1, 34))
    given = {"authority": ground.authority("licheng"), "year": 2020, "counted_on": now.date(), "now": now}
    with pytest.raises(NotAllowed):
        actions.release_snapshot(actor=ground.actor("licheng"), **given)
    snapshot = actions.release_snapshot(actor=ground.actor("city"), **given)
    load(ground, "licheng", rows(100, 5))
    snapshot.refresh_from_db()
    assert snapshot.count == 34
    with reader(File.objects.get(sha256=snapshot.digest)) as kept:
        assert kept.read().decode().split("\n") == sorted(one for one, _name in rows(1, 34))
    with pytest.raises(Refused):
        actions.release_snapshot(actor=ground.actor("city"), **given)


def test_a_bare_figure_needs_its_document_and_an_empty_list_is_no_figure(ground, now):
    Snapshot.objects.all().delete()
    given = {"authority": ground.authority("licheng"), "year": 2020, "counted_on": now.date(), "now": now}
    for more in ({"count": 5}, {}):
        with pytest.raises(Refused):
            actions.release_snapshot(actor=ground.actor("city"), **given, **more)
    made = actions.release_snapshot(actor=ground.actor("city"), count=5, source="工信简报 9 号", **given)
    assert (made.count, made.source) == (5, "工信简报 9 号")


def test_nobody_imports_into_a_foreign_roster(ground):
    with pytest.raises(NotAllowed):
        actions.import_roster(
            authority=ground.authority("licheng"),
            rows=rows(1, 1),
            listed_on=ground.now.date(),
            actor=ground.actor("lixia"),
            now=ground.now,
        )
