"""The order of applicants: by what was published before, shifted by hand with a reason, cut by the places."""

import json
from datetime import timedelta

import pytest
from tests.factories.ground import make_ground
from tests.reviews.crowd import crowd
from tests.reviews.office import Office

from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.registry.states import Role
from xingyun.reviews import actions, queries
from xingyun.reviews.models import RankingBasis, Shift
from xingyun.reviews.states import Outcome
from xingyun.rounds import actions as rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def early(now):
    """The home district of a round whose windows open in two days."""
    ground = make_ground(now - timedelta(days=2), rosters={"licheng": 100}, opened=False)
    actor = ground.actor("licheng")
    rounds.set_window(
        round=ground.round,
        authority=ground.authority("licheng"),
        stage=ground.book.windows[0].key,
        opens=now + timedelta(days=2),
        closes=now + timedelta(days=9),
        set_by_id=actor.person,
        actor=actor,
        now=now - timedelta(days=2),
    )
    return Office(ground, "licheng", now)


def publish(office, *by, seen=None, **more):
    given = {"now": office.now, "actor": office.actor(), "reason": "", "words": "", **more}
    return actions.publish_basis(
        round=office.ground.round, authority=office.authority, by=by, seen=seen, **given
    )


def order(office, level="star-3", kind="decide"):
    return queries.ranking(office.authority, office.ground.round, level, kind)


def names(found):
    return [row.standing.application.number for row in found.rows]


def shift(office, number, position, *, seen=0, reason="集体研究：带动上下游上云", **more):
    found = order(office)
    row = next(r for r in found.rows if r.standing.application.number == number)
    given = {"actor": office.actor(), "was": row.position, **more}
    return actions.shift_row(
        authority=office.authority,
        round=office.ground.round,
        level="star-3",
        kind="decide",
        application=row.standing.application,
        position=position,
        seen=seen,
        reason=reason,
        now=office.now,
        **given,
    )


def test_published_before_the_window_opens_and_shown_with_its_moment(early):
    found = queries.basis_of(early.ground.round, early.authority)
    assert found.own is None
    assert found.by == early.ground.book.ranking.by
    made = publish(early, "spend", "submitted_at", words="支出以台账计入的为准")
    found = queries.basis_of(early.ground.round, early.authority)
    assert (found.by, found.since, found.by_hand) == (("spend", "submitted_at"), early.now, False)
    entry = Entry.objects.filter(stream__name=early.ground.round.stream).latest("id")
    assert (entry.act, json.loads(entry.body)["by"]) == ("ranking.published", ["spend", "submitted_at"])
    assert list(queries.bases(early.ground.round)) == [made]


def test_a_change_says_why_and_the_old_one_stays(early):
    first = publish(early, "spend")
    with pytest.raises(Refused) as refused:
        publish(early, "domains_proved", seen=first.pk)
    assert refused.value.field == "reason"
    with pytest.raises(Conflict):
        publish(early, "domains_proved", seen=None, reason="班子会重新研究")
    publish(early, "domains_proved", seen=first.pk, reason="班子会重新研究")
    known = [(b.by, b.replaced_at is None) for b in queries.bases(early.ground.round)]
    assert known == [(["domains_proved"], True), (["spend"], False)]


def test_once_anybody_could_hand_in_nothing_is_published_or_changed(early, now):
    first = publish(early, "spend")
    rounds.open_round(round=early.ground.round, actor=early.ground.actor("city"), now=now)
    publish(early, "domains_proved", seen=first.pk, reason="还没有开放")
    live = RankingBasis.objects.get(replaced_at=None)
    for later in (timedelta(days=2), timedelta(days=3)):
        with pytest.raises(Refused, match="已经可以填报") as refused:
            publish(early, "spend", seen=live.pk, reason="太晚了", now=now + later)
        assert refused.value.clause == "三、2"


def test_a_window_put_off_after_it_was_open_does_not_open_the_order_again(district, now):
    with pytest.raises(Refused, match="已经可以填报"):
        publish(district, "spend")
    rounds.set_window(
        round=district.ground.round,
        authority=district.authority,
        stage=district.ground.book.windows[0].key,
        opens=now + timedelta(days=3),
        closes=now + timedelta(days=6),
        set_by_id=district.actor().person,
        actor=district.actor(),
        now=now + timedelta(hours=1),
    )
    with pytest.raises(Refused, match="已经可以填报"):
        publish(district, "spend", now=now + timedelta(hours=2))


def test_only_the_office_itself_and_only_what_there_are_figures_of(early):
    for key, role in (
        ("lixia", "preparer"),
        ("city", "preparer"),
        ("city", "auditor"),
        ("licheng", "reader"),
    ):
        with pytest.raises(NotAllowed):
            publish(early, "spend", actor=early.ground.actor(key, role))
    for by, field in (((), "first"), (("points",), "first"), (("submitted_at",), "first"),
                      (("spend", "spend"), "second"), (("spend", "meeting"), "second")):  # fmt: skip
        with pytest.raises(Refused) as refused:
            publish(early, *by)
        assert refused.value.field == field
    assert not RankingBasis.objects.exists()


def test_where_the_rulebook_settles_the_order_no_office_does(now):
    from tests.factories.ground import INNOVATIVE

    office = Office(make_ground(now, folder=INNOVATIVE, opened=False), "licheng", now)
    assert queries.keys_for(office.ground.book) == ()
    with pytest.raises(Refused, match="已经定了排序办法"):
        publish(office, "points")


def test_the_line_runs_where_the_free_places_end_and_holders_keep_theirs(district, ground):
    files = crowd(ground, "licheng", 6)
    rows = order(district).rows
    assert [row.inside for row in rows] == [True, True, True, False, False, False]
    assert [row.cut for row in rows] == [False, False, False, True, False, False]
    made = district.accepted("star-3")
    district.decide(made, "star-3", "decide")
    rows = order(district).rows
    held = next(r for r in rows if r.decision)
    assert held.inside
    undecided = [r for r in rows if not r.decision]
    assert [row.inside for row in undecided] == [True, True, False, False, False, False]
    assert sum(row.inside for row in rows) == 3
    assert len(files) == 6


def test_a_quota_that_levels_share_leaves_fewer_places_on_the_other(now):
    office = Office(make_ground(now, rosters={"licheng": 200}), "licheng", now)
    crowd(office.ground, "licheng", 3, level="star-5")
    five = order(office, "star-5", "recommend")
    assert [row.inside for row in five.rows] == [True, True, False]
    made = office.accepted("star-4")
    office.prepare(made, "star-3", "decide")
    office.prepare(made, "star-4", "recommend")
    five = order(office, "star-5", "recommend")
    assert five.meter.free == 1
    assert [row.inside for row in five.rows] == [True, False, False]


def test_what_was_refused_below_takes_no_place(district, ground):
    refused = district.accepted("star-4")
    district.prepare(refused, "star-3", "decide", Outcome.DECLINED)
    crowd(ground, "licheng", 2, level="star-4")
    rows = order(district, "star-4", "recommend").rows
    told = {r.standing.application.pk: (r.waits, r.inside) for r in rows}
    assert told.pop(refused.application.pk) == (False, False)
    assert sorted(told.values()) == [(True, False), (True, True)]


def test_by_hand_a_row_is_shifted_with_a_reason_that_stays_beside_it(district, ground):
    a, b, c, d = names_of(crowd(ground, "licheng", 4))
    assert names(order(district)) == [d, c, b, a]
    with pytest.raises(Refused) as refused:
        shift(district, a, 1, reason=" ")
    assert refused.value.field == "reason"
    shift(district, a, 1)
    found = order(district)
    assert names(found) == [a, d, c, b]
    first = found.rows[0].shift
    assert (first.was, first.position, first.reason) == (4, 1, "集体研究：带动上下游上云")
    shift(district, d, 4, seen=1, reason="与新核实的材料不符")
    found = order(district)
    assert names(found) == [a, c, b, d]
    assert found.seen == 2
    entry = Entry.objects.filter(act="ranking.shifted").latest("id")
    body = json.loads(entry.body)
    assert (body["was"], body["position"]) == (2, 4)
    assert "材料" not in entry.body
    # Who comes later stands where the keys put it; what was put last stays last.
    late = names_of(crowd(ground, "licheng", 1))[0]
    assert names(order(district)) == [a, c, b, late, d]
    for position in (0, 9, 2):
        with pytest.raises(Refused):
            shift(district, names(order(district))[1], position, seen=2)


def names_of(applications):
    return [application.number for application in applications]


def test_what_the_page_showed_has_to_hold_still(district, ground):
    a, _b, c = names_of(crowd(ground, "licheng", 3))
    shift(district, a, 1)
    with pytest.raises(Conflict):
        shift(district, c, 3, seen=0)
    with pytest.raises(Conflict):
        shift(district, c, 3, seen=1, was=1)
    assert Shift.objects.count() == 1


def test_a_shift_is_for_the_preparer_of_the_office_and_an_undecided_row(district, ground, abroad, city):
    a, _b = names_of(crowd(ground, "licheng", 2))
    for actor in (abroad.actor(), city.actor(), ground.actor("city", Role.AUDITOR)):
        with pytest.raises(NotAllowed):
            shift(district, a, 1, actor=actor)
    with pytest.raises(Refused, match="经办"):
        shift(district, a, 1, actor=district.actor(Role.SIGNATORY))
    made = district.accepted("star-3")
    district.prepare(made, "star-3", "decide")
    number = made.application.number
    last = order(district).rows[-1].position
    with pytest.raises(Refused, match="已经有决定"):
        shift(district, type(made.application).objects.get(pk=made.application.pk).number or number, last - 1)


def test_where_a_key_decides_only_equals_change_places_and_they_are_told(early, now):
    publish(early, "spend")
    rounds.open_round(round=early.ground.round, actor=early.ground.actor("city"), now=now)
    files = crowd(early.ground, "licheng", 4)
    for application, fen in zip(files, (900, 500, 500, 100), strict=True):
        application.spend_fen = fen
        application.save(update_fields=["spend_fen"])
    a, b, c, d = names_of(files)
    found = order(early)
    assert names(found) == [a, b, c, d]
    assert [row.equals for row in found.rows] == [0, 1, 1, 0]
    for number, position in ((c, 1), (a, 2), (d, 2), (b, 4)):
        with pytest.raises(Refused, match="并列") as refused:
            shift(early, number, position)
        assert refused.value.field == "position"
    shift(early, c, 2)
    assert names(order(early)) == [a, c, b, d]
    shift(early, c, 3, seen=1)
    assert names(order(early)) == [a, b, c, d]
