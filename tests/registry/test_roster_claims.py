"""Codes that two offices list: both are told, whoever stands above rules, nobody else does."""

import pytest
from tests.factories.ground import make_ground
from tests.registry.sheets import brought, code, counts, row, xlsx

from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.messages.models import Message
from xingyun.registry import actions, queries
from xingyun.registry.models import Authority, RosterEntry, RosterRuling
from xingyun.registry.states import RosterState

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(now):
    made = make_ground(now)
    for key in ("licheng", "lixia", "city"):
        made.actor(key)
    brought(made, xlsx([row(1), row(2)]))
    brought(made, xlsx([row(1, name="企业1（历下）"), row(3)]), "lixia")
    return made


def rule(ground, to="lixia", who=("city", "preparer"), reason="注册地在历下", **other):
    given = {"uscc": code(1), "to": ground.authority(to), "reason": reason, **other}
    return actions.rule_claim(actor=ground.actor(*who), now=ground.now, **given)


def standing():
    """(authority, state, whether it is out) of the disputed code's entries."""
    found = RosterEntry.objects.filter(uscc=code(1)).order_by("authority__key")
    return [(e.authority.key, e.state, e.delisted_on is not None) for e in found.select_related("authority")]


def counted(ground):
    lines = queries.rosters([ground.authority("licheng"), ground.authority("lixia")], 2020)
    return [(line.counted, line.disputed) for line in lines]


def test_it_counts_in_neither_and_all_are_told(ground):
    assert counted(ground) == [(1, 1), (1, 1)]
    told = set(Message.objects.filter(subject__contains="两地都报").values_list("user_id", flat=True))
    assert told == {ground.actor("licheng").user_id, ground.actor("city").user_id}


def test_the_ruling_gives_it_to_one(ground):
    rule(ground)
    assert standing() == [("licheng", "disputed", True), ("lixia", "counted", False)]
    assert counted(ground) == [(1, 0), (2, 0)]
    assert "注册地在历下" in RosterEntry.objects.get(uscc=code(1), authority__key="licheng").delisting
    acts = Entry.objects.filter(act="roster.ruled").values_list("stream__name", flat=True)
    assert sorted(acts) == ["authority:licheng", "authority:lixia"]
    assert Message.objects.filter(subject="两地都报的企业已裁定").count() == 2
    with pytest.raises(Conflict):
        rule(ground, "licheng")
    assert RosterRuling.objects.count() == 1


def test_the_loser_cannot_claim_it_again_by_the_same_table(ground):
    rule(ground)
    made = brought(ground, xlsx([row(1), row(2)]))
    assert counts(made) == (0, 0, 1, 1)
    assert "裁定归历下区" in made.refusals[0][3]
    assert counted(ground) == [(1, 0), (2, 0)]


@pytest.mark.parametrize(
    "who",
    [
        ("licheng", "preparer"),
        ("lixia", "signatory"),
        ("city", "auditor"),
        ("city", "reader"),
        ("city", "admin"),
    ],
)
def test_nobody_else_rules(ground, who):
    with pytest.raises(NotAllowed):
        rule(ground, who=who)
    assert counted(ground) == [(1, 1), (1, 1)]


def test_what_cannot_be_ruled(ground):
    for given in ({"to": "tianqiao"}, {"reason": " "}, {"reason": "长" * 401}):
        with pytest.raises(Refused):
            rule(ground, **given)
    with pytest.raises(Conflict):
        rule(ground, uscc=code(2))


def test_who_gives_up_leaves_it_to_the_other(ground):
    entry = RosterEntry.objects.get(uscc=code(1), authority__key="licheng")
    actions.delist_entry(
        entry=entry, reason="迁出", seen=entry.seen, actor=ground.actor("licheng"), now=ground.now
    )
    assert counted(ground) == [(1, 0), (2, 0)]


def test_of_three_that_claim_it_two_are_left(ground):
    ground.actor("tianqiao")
    brought(ground, xlsx([row(1)]), "tianqiao")
    entry = RosterEntry.objects.get(uscc=code(1), authority__key="tianqiao")
    actions.delist_entry(
        entry=entry, reason="迁出", seen=entry.seen, actor=ground.actor("tianqiao"), now=ground.now
    )
    assert counted(ground) == [(1, 1), (1, 1)]
    rule(ground, "licheng")
    assert counted(ground) == [(2, 0), (1, 0)]


def test_who_stands_above(ground):
    city, one, other = (Authority.objects.get(key=key) for key in ("city", "licheng", "lixia"))
    town = Authority.objects.create(
        parent=one, key="town", tier="town", name="镇", issuer="镇", co_issuer="镇"
    )
    assert queries.above([one.pk, other.pk]) == {city.pk}
    assert queries.above([town.pk, other.pk]) == {city.pk}
    assert queries.above([town.pk]) == {city.pk, one.pk}
    assert queries.above([city.pk, one.pk]) == {city.pk}, "nobody is above the top"
    assert queries.above([]) == set()


def test_two_that_were_disputed_are_seen_by_their_offices_only(ground):
    seen = {key: queries.claims(ground.actor(key)).count() for key in ("licheng", "tianqiao", "city")}
    assert seen == {"licheng": 1, "tianqiao": 0, "city": 2}
    assert queries.claims(ground.actor("city", "auditor")).count() == 2
    assert RosterEntry.objects.filter(state=RosterState.DISPUTED).count() == 2
