"""One entry mended, taken out, taken back: with a reason, by its own office, never unseen."""

import json
from datetime import date, timedelta

import pytest
from tests.factories.ground import make_ground
from tests.registry.sheets import brought, code, row, xlsx

from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.registry import actions
from xingyun.registry.models import RosterEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(now):
    made = make_ground(now)
    brought(made, xlsx([row(1), row(2)]))
    return made


@pytest.fixture
def entry(ground):
    return RosterEntry.objects.select_related("authority").get(uscc=code(1))


def edit(ground, entry, who=("licheng", "preparer"), **other):
    given = {
        "name": "新名",
        "listed_on": date(2018, 1, 2),
        "provider": "云上云",
        "reason": "更名",
        "seen": entry.seen,
    }
    return actions.edit_entry(entry=entry, actor=ground.actor(*who), now=ground.now, **{**given, **other})


def out(ground, entry, who=("licheng", "preparer"), act=actions.delist_entry, **other):
    given = {"reason": "已注销", "seen": entry.seen, **other}
    act(entry=entry, actor=ground.actor(*who), now=ground.now, **given)
    entry.refresh_from_db()


def test_mended_and_on_record(ground, entry):
    assert edit(ground, entry)
    entry.refresh_from_db()
    assert (entry.name, entry.listed_on, entry.provider) == ("新名", date(2018, 1, 2), "云上云")
    said = json.loads(Entry.objects.get(act="roster.entry.changed").body)
    assert said == {"uscc": code(1), "fields": ["name", "listed_on", "provider"], "reason": "更名"}
    assert not edit(ground, entry), "nothing is different"
    assert Entry.objects.filter(act="roster.entry.changed").count() == 1


def test_nobody_writes_over_what_he_has_not_seen(ground, entry):
    seen = entry.seen
    edit(ground, entry)
    with pytest.raises(Conflict):
        edit(ground, entry, seen=seen, name="旧页面")
    with pytest.raises(Conflict):
        out(ground, entry, seen=seen)


@pytest.mark.parametrize(
    "wrong", [{"reason": " "}, {"name": " "}, {"name": "长" * 121}, {"reason": "长" * 501}]
)
def test_what_is_missing_is_asked_for(ground, entry, wrong):
    with pytest.raises(Refused):
        edit(ground, entry, **wrong)


def test_no_day_to_come(ground, entry):
    with pytest.raises(Refused):
        edit(ground, entry, listed_on=ground.now.date() + timedelta(days=2))


def test_out_and_back(ground, entry):
    out(ground, entry)
    assert (entry.delisted_on, entry.delisting) == (date(2020, 10, 12), "已注销")
    for again in (edit, out):
        with pytest.raises(Conflict):
            again(ground, entry)
    out(ground, entry, act=actions.relist_entry, reason="弄错了")
    assert (entry.delisted_on, entry.delisting, entry.state) == (None, "", "counted")
    with pytest.raises(Conflict):
        out(ground, entry, act=actions.relist_entry)
    acts = Entry.objects.filter(act__startswith="roster.entry").order_by("id")
    assert [one.act for one in acts] == ["roster.entry.delisted", "roster.entry.relisted"]


def test_back_where_another_lists_it_is_to_be_ruled(ground, entry):
    out(ground, entry)
    brought(ground, xlsx([row(1)]), "lixia")
    other = RosterEntry.objects.get(uscc=code(1), authority__key="lixia")
    assert other.state == "counted"
    out(ground, entry, act=actions.relist_entry, reason="是我们的")
    other.refresh_from_db()
    assert (entry.state, other.state) == ("disputed", "disputed")


@pytest.mark.parametrize(
    "who", [("lixia", "preparer"), ("city", "preparer"), ("city", "auditor"), ("licheng", "countersigner")]
)
def test_only_the_own_office(ground, entry, who):
    for act in (edit, out):
        with pytest.raises(NotAllowed):
            act(ground, entry, who=who)
    with pytest.raises(NotAllowed):
        out(ground, entry, who=who, act=actions.relist_entry)
