"""Several at the same moment: what two offices bring in at once counts in neither, and nothing twice."""

import pytest
from tests.factories.ground import make_ground
from tests.registry.sheets import brought, code, handed_in, row, xlsx
from tests.reviews.test_races import together

from xingyun.audit.errors import Conflict
from xingyun.jobs.models import Job
from xingyun.registry import actions
from xingyun.registry.models import RosterColumns, RosterEntry, RosterRuling

pytestmark = pytest.mark.django_db(transaction=True)


def load(ground, key, count):
    authority, actor = ground.authority(key), ground.actor(key)
    rows = [(code(n), f"企业{n}") for n in range(count)]
    return lambda: actions.import_roster(
        authority=authority, rows=rows, listed_on=ground.now.date(), actor=actor, now=ground.now
    )


def test_two_offices_bring_in_the_same_codes(now):
    ground = make_ground(now)
    keys = ("licheng", "lixia", "tianqiao")
    results = together(*(load(ground, key, 60) for key in keys))
    assert [result.added for result in results] == [60] * 3, results
    assert sorted(result.disputed for result in results) == [0, 60, 60]
    assert RosterEntry.objects.filter(state="disputed").count() == 180


def test_the_same_office_brings_in_the_same_table_twice(now):
    ground = make_ground(now)
    results = together(*(load(ground, "licheng", 60) for _n in range(3)))
    assert sorted(result.added for result in results) == [0, 0, 60], results
    assert RosterEntry.objects.count() == 60


def test_a_ruling_and_a_claim_given_up_exclude_each_other(now):
    ground = make_ground(now)
    for key in ("licheng", "lixia"):
        brought(ground, xlsx([row(1)]), key)
    mine = RosterEntry.objects.select_related("authority").get(authority__key="licheng")
    city, officer, lixia = ground.actor("city"), ground.actor("licheng"), ground.authority("lixia")
    results = together(
        lambda: actions.rule_claim(uscc=code(1), to=mine.authority, reason="x", actor=city, now=now),
        lambda: actions.rule_claim(uscc=code(1), to=lixia, reason="x", actor=city, now=now),
        lambda: actions.delist_entry(entry=mine, reason="x", seen=mine.seen, actor=officer, now=now),
    )
    assert all(one is None or isinstance(one, RosterRuling | Conflict) for one in results), results
    live = RosterEntry.objects.filter(delisted_on=None)
    assert [one.state for one in live] in ([], ["counted"])
    assert RosterRuling.objects.count() <= 1


def test_two_mend_one_entry_and_one_of_them_is_told(now):
    ground = make_ground(now)
    brought(ground, xlsx([row(1)]))
    entry = RosterEntry.objects.select_related("authority").get()

    def mending(name, role):
        actor = ground.actor("licheng", role)
        return lambda: actions.edit_entry(
            entry=entry, name=name, listed_on=now.date(), provider="", reason="x", seen=entry.seen,
            actor=actor, now=now,
        )  # fmt: skip

    results = together(mending("甲", "preparer"), mending("乙", "reviewer"), mending("丙", "signatory"))
    assert sum(r is True for r in results) == 1, results
    assert sum(isinstance(r, Conflict) for r in results) == 2, results


def test_two_tables_with_the_same_headings(now):
    """Which column is which is remembered once for each office."""
    ground = make_ground(now)
    actor, made = ground.actor("licheng"), [handed_in(ground, xlsx([row(n)])) for n in (1, 2, 3)]
    results = together(
        *[
            lambda m=one: actions.start_import(made=m, head=m.head, columns=m.columns, actor=actor, now=now)
            for one in made
        ]
    )
    assert all(isinstance(one, Job) for one in results), results
    assert RosterColumns.objects.count() == 1
