"""Two decisions in one file, several eyes on each, places that the database guards."""

import pytest
from django.db import IntegrityError, transaction
from tests.factories.ground import make_file
from tests.reviews.office import Office, fresh

from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.registry.actions import add_seat, grant_title
from xingyun.registry.actors import SYSTEM
from xingyun.registry.models import Membership
from xingyun.registry.queries import actor_for
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.models import Decision
from xingyun.reviews.queries import desk, meters, pending_acts, standing
from xingyun.reviews.states import Outcome
from xingyun.rounds.models import QuotaLine

pytestmark = pytest.mark.django_db
THREE, UPPER = "district-three", "district-four-five"


def used(office: Office, group: str) -> int:
    """The places of a line that are held now."""
    return QuotaLine.objects.get(authority=office.authority, group=group).used


def everybody(office: Office):
    """One person on all three chairs of an office."""
    actor = office.actor()
    from xingyun.accounts.models import User

    user = User.objects.get(pk=actor.user_id)
    for role in (Role.REVIEWER, Role.SIGNATORY):
        add_seat(user=user, authority=office.authority, role=role, actor=SYSTEM, now=office.now)
    assert Membership.objects.filter(user=user).count() == 3
    return actor_for(user)


def test_four_stars_are_two_decisions_and_two_places(district):
    made = district.accepted("star-4")
    acts = [(a.level, a.kind) for a in pending_acts(fresh(made))]
    assert acts == [("star-3", "decide"), ("star-4", "recommend")]
    district.decide(made, "star-3", "decide")
    district.decide(made, "star-4", "recommend")
    assert (used(district, THREE), used(district, UPPER)) == (1, 1)
    assert pending_acts(fresh(made)) == ()
    assert standing(fresh(made)).settled


def test_the_recommendation_waits_for_the_level_below(district):
    made = district.accepted("star-4")
    with pytest.raises(Refused) as refused:
        district.prepare(made, "star-4", "recommend")
    assert refused.value.clause == "三、2"
    lower = district.prepare(made, "star-3", "decide")
    upper = district.prepare(made, "star-4", "recommend")
    actions.review(decision=upper, actor=district.actor(Role.REVIEWER), now=district.now)
    with pytest.raises(Refused, match="请先签发"):
        actions.sign(
            decision=upper, minutes=district.minutes, actor=district.actor(Role.SIGNATORY), now=district.now
        )
    district.finish(lower)
    actions.sign(
        decision=upper, minutes=district.minutes, actor=district.actor(Role.SIGNATORY), now=district.now
    )
    assert standing(fresh(made)).settled


def test_a_refused_level_leaves_nothing_to_recommend(district):
    made = district.accepted("star-4")
    district.decide(made, "star-3", "decide", Outcome.DECLINED, "上云范围不足")
    assert pending_acts(fresh(made)) == ()
    with pytest.raises(Refused):
        district.prepare(made, "star-4", "recommend")
    assert not standing(fresh(made)).alive


def test_who_holds_three_stars_needs_only_the_recommendation(district, now):
    made = district.accepted("star-4")
    grant_title(
        enterprise=made.enterprise,
        programme=district.ground.book.key,
        level="star-3",
        rank=3,
        year=2019,
        valid_from=now.date().replace(year=2019),
        valid_to=None,
        serial="2019-1",
        actor=SYSTEM,
        now=now,
    )
    assert [(a.level, a.kind) for a in pending_acts(fresh(made))] == [("star-4", "recommend")]
    district.decide(made, "star-4", "recommend")
    assert (used(district, THREE), used(district, UPPER)) == (0, 1)


def test_the_third_of_two_places_is_refused_by_the_database(abroad):
    files = [abroad.accepted("star-3") for _n in range(3)]
    abroad.decide(files[0], "star-3", "decide")
    abroad.prepare(files[1], "star-3", "decide")
    with pytest.raises(Refused, match="名额已满"):
        abroad.prepare(files[2], "star-3", "decide")
    assert used(abroad, THREE) == 2
    assert not Decision.objects.filter(application=files[2].application).exists()
    line = QuotaLine.objects.get(authority=abroad.authority, group=THREE)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuotaLine.objects.filter(pk=line.pk).update(used=3)


def test_no_place_and_declined_hold_no_place_and_need_a_reason(abroad):
    made = abroad.accepted("star-3")
    for outcome in (Outcome.NO_PLACE, Outcome.DECLINED):
        with pytest.raises(Refused) as refused:
            actions.prepare(
                application=fresh(made),
                level="star-3",
                kind="decide",
                outcome=outcome,
                reason=" ",
                actor=abroad.actor(),
                now=abroad.now,
            )
        assert refused.value.field == "reason"
    abroad.decide(made, "star-3", "decide", Outcome.NO_PLACE, "名额留给排在前面的两家")
    assert used(abroad, THREE) == 0


def test_a_revoked_decision_frees_its_place_and_nothing_fills_it(abroad):
    files = [abroad.accepted("star-3") for _n in range(3)]
    first = abroad.decide(files[0], "star-3", "decide")
    abroad.decide(files[1], "star-3", "decide")
    waiting = abroad.decide(files[2], "star-3", "decide", Outcome.NO_PLACE, "名额所限")
    with pytest.raises(Refused):
        actions.revoke(decision=first, reason="", actor=abroad.actor(Role.SIGNATORY), now=abroad.now)
    with pytest.raises(Refused, match="签发"):
        actions.revoke(decision=first, reason="查实不符", actor=abroad.actor(), now=abroad.now)
    actions.revoke(decision=first, reason="查实不符", actor=abroad.actor(Role.SIGNATORY), now=abroad.now)
    assert used(abroad, THREE) == 1
    waiting.refresh_from_db()
    assert (waiting.outcome, waiting.revoked_at) == (Outcome.NO_PLACE, None)
    assert [a.level for a in pending_acts(fresh(files[0]))] == ["star-3"]
    with pytest.raises(Refused):
        actions.revoke(decision=first, reason="再来", actor=abroad.actor(Role.SIGNATORY), now=abroad.now)
    assert used(abroad, THREE) == 1


def test_a_decision_that_another_stands_on_is_not_revoked_first(district):
    made = district.accepted("star-4")
    lower = district.decide(made, "star-3", "decide")
    upper = district.decide(made, "star-4", "recommend")
    signatory = district.actor(Role.SIGNATORY)
    with pytest.raises(Refused, match="请先撤销"):
        actions.revoke(decision=lower, reason="重议", actor=signatory, now=district.now)
    actions.revoke(decision=upper, reason="重议", actor=signatory, now=district.now)
    actions.revoke(decision=lower, reason="重议", actor=signatory, now=district.now)
    assert (used(district, THREE), used(district, UPPER)) == (0, 0)


def test_preparer_reviewer_and_signatory_are_three_people(district):
    made = district.accepted("star-3")
    one = everybody(district)
    decision = actions.prepare(
        application=fresh(made),
        level="star-3",
        kind="decide",
        outcome=Outcome.GRANTED,
        actor=one,
        now=district.now,
    )
    with pytest.raises(Refused, match="另一位同事复核"):
        actions.review(decision=decision, actor=one, now=district.now)
    with pytest.raises(Refused, match="先复核"):
        actions.sign(decision=decision, minutes=district.minutes, actor=one, now=district.now)
    actions.review(decision=decision, actor=district.actor(Role.REVIEWER), now=district.now)
    with pytest.raises(Refused, match="三个人"):
        actions.sign(decision=decision, minutes=district.minutes, actor=one, now=district.now)
    assert Decision.objects.get().signed_by is None


@pytest.mark.parametrize(
    "columns",
    [
        {"reviewed_by": "preparer"},
        {"reviewed_by": "reviewer", "signed_by": "preparer", "minutes": "own"},
        {"reviewed_by": "reviewer", "signed_by": "reviewer", "minutes": "own"},
        {"signed_by": "signatory", "minutes": "own"},
        {"reviewed_by": "reviewer", "signed_by": "signatory"},
    ],
)
def test_the_database_itself_refuses_fewer_eyes_and_missing_minutes(district, columns):
    decision = district.prepare(district.accepted("star-3"), "star-3", "decide")
    people = {role: district.actor(role).user_id for role in (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)}
    values = {f"{k}_id": people.get(v, district.minutes.pk) for k, v in columns.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**values)


def test_signing_needs_minutes_of_the_same_office(district, abroad):
    decision = district.prepare(district.accepted("star-3"), "star-3", "decide")
    actions.review(decision=decision, actor=district.actor(Role.REVIEWER), now=district.now)
    for minutes in (None, abroad.minutes):
        with pytest.raises(Refused) as refused:
            actions.sign(
                decision=decision,
                minutes=minutes,
                actor=district.actor(Role.SIGNATORY),
                now=district.now,
            )
        assert refused.value.field == "minutes"


def test_minutes_are_numbered_and_not_of_tomorrow(district, now):
    given = {
        "round": district.ground.round,
        "authority": district.authority,
        "file": make_file(b"m", now),
        "actor": district.actor(),
        "now": now,
    }
    assert district.minutes.number
    for number, held_on, field in (
        ("", now.date(), "number"),
        (district.minutes.number, now.date(), "number"),
        ("9", now.date().replace(year=2021), "held_on"),
    ):
        with pytest.raises(Refused) as refused:
            actions.add_minutes(number=number, held_on=held_on, **given)
        assert refused.value.field == field


def test_the_same_act_is_decided_once(district):
    made = district.accepted("star-3")
    district.prepare(made, "star-3", "decide")
    with pytest.raises(Refused, match="已经有决定"):
        district.prepare(made, "star-3", "decide")
    with pytest.raises(Refused):
        district.prepare(made, "star-4", "recommend")
    assert used(district, THREE) == 1


def test_reviewing_and_signing_twice_is_told(district):
    decision = district.decide(district.accepted("star-3"), "star-3", "decide")
    with pytest.raises(Refused):
        actions.review(decision=decision, actor=district.actor(Role.REVIEWER), now=district.now)
    with pytest.raises((Refused, Conflict)):
        actions.sign(
            decision=decision,
            minutes=district.minutes,
            actor=district.actor(Role.SIGNATORY),
            now=district.now,
        )


def test_only_the_office_that_has_it_decides(district, abroad, city, ground):
    made = district.accepted("star-3")
    outsiders = [
        abroad.actor(),
        city.actor(),
        made.actor,
        ground.actor("licheng", Role.COUNTERSIGNER),
        ground.actor("city", Role.AUDITOR),
    ]
    for actor in outsiders:
        with pytest.raises(NotAllowed):
            actions.prepare(
                application=fresh(made),
                level="star-3",
                kind="decide",
                outcome=Outcome.GRANTED,
                actor=actor,
                now=district.now,
            )
    with pytest.raises(Refused, match="经办"):
        actions.prepare(
            application=fresh(made),
            level="star-3",
            kind="decide",
            outcome=Outcome.GRANTED,
            actor=district.actor(Role.SIGNATORY),
            now=district.now,
        )
    decision = district.prepare(made, "star-3", "decide")
    for actor in outsiders:
        with pytest.raises(NotAllowed):
            actions.review(decision=decision, actor=actor, now=district.now)
        with pytest.raises(NotAllowed):
            actions.sign(decision=decision, minutes=district.minutes, actor=actor, now=district.now)
        with pytest.raises(NotAllowed):
            actions.revoke(decision=decision, reason="理由", actor=actor, now=district.now)


def test_a_district_without_a_released_base_has_no_places(now):
    from tests.factories.ground import make_ground

    ground = make_ground(now)
    office = Office(ground, "licheng", now)
    made = office.accepted("star-3")
    QuotaLine.objects.filter(authority=office.authority).delete()
    with pytest.raises(Refused, match="基数"):
        office.prepare(made, "star-3", "decide")


def test_reasons_stay_out_of_the_record(district):
    made = district.accepted("star-3")
    district.decide(made, "star-3", "decide", Outcome.DECLINED, "电话 13912345678 核实未使用")
    bodies = Entry.objects.filter(stream__name=fresh(made).stream).values_list("body", flat=True)
    assert bodies
    assert not any("13912345678" in body for body in bodies)


def test_meter_and_desk_say_how_many_places_and_why_not(abroad):
    files = [abroad.accepted("star-3") for _n in range(3)]
    abroad.decide(files[0], "star-3", "decide")
    abroad.prepare(files[1], "star-3", "decide")
    meter = next(m for m in meters(abroad.authority, abroad.ground.round) if m.quota.key == THREE)
    assert (meter.cap, meter.taken, meter.waiting, meter.free) == (2, 1, 1, 0)
    assert "67 × 3% = 2.01" in meter.words.zh
    assert meter.used == used(abroad, THREE)
    steps = {s.name: s for s in desk(abroad.actor(), files[2].application.uid).steps if s.act}
    assert not steps["granted"].possible
    assert "名额已满" in steps["granted"].why
    assert steps["granted"].clause == "三、2"
    assert steps["no_place"].possible
    assert steps["declined"].possible
    second = desk(abroad.actor(Role.REVIEWER), files[1].application.uid)
    handling = [s.name for s in second.possible if s.name != "look_up"]
    assert handling == ["review", "revoke"]
