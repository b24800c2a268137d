"""Who comes to which desk: the office that has it, those above once it is reported, auditors to read."""

import pytest
from tests.reviews.office import fresh

from xingyun.audit.errors import NotAllowed
from xingyun.registry.actors import ANONYMOUS
from xingyun.registry.states import Role
from xingyun.reviews.queries import desk, to_do

pytestmark = pytest.mark.django_db


def test_a_desk_is_closed_to_other_districts_finance_applicants_and_the_street(
    ground, district, abroad, city
):
    made = district.accepted("star-3")
    uid = fresh(made).uid
    outsiders = [
        abroad.actor(),
        ground.actor("licheng", Role.COUNTERSIGNER),
        city.actor(),
        ground.actor("city", Role.COUNTERSIGNER),
        made.actor,
        ANONYMOUS,
    ]
    for actor in outsiders:
        with pytest.raises(NotAllowed):
            desk(actor, uid)


def test_the_city_opens_the_desk_once_it_is_reported(ground, district, city):
    made = district.accepted("star-3")
    district.decide(made, "star-3", "decide")
    with pytest.raises(NotAllowed):
        desk(city.actor(), fresh(made).uid)
    district.sent()
    assert desk(city.actor(), fresh(made).uid).possible == ()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.READER])
def test_auditors_and_readers_read_and_can_do_nothing(ground, district, role):
    made = district.accepted("star-3")
    district.prepare(made, "star-3", "decide")
    found = desk(ground.actor("licheng", role), fresh(made).uid)
    assert found.decisions
    assert found.steps
    assert found.possible == ()
    assert all(step.why for step in found.steps)


def test_nothing_waits_for_those_who_do_not_work_here(ground, district):
    district.accepted("star-3")
    for actor in (ground.actor("licheng", Role.AUDITOR), ground.actor("tianqiao"), ANONYMOUS):
        assert to_do(actor, ground.now) == ()
    assert {item.kind for item in to_do(district.actor(), ground.now)} == {"decide"}


def test_what_waits_follows_the_file_from_hand_to_hand(ground, district, city):
    def kinds(role, office=district):
        return {item.kind for item in to_do(office.actor(role), ground.now)}

    made = district.accepted("star-3")
    decision = district.prepare(made, "star-3", "decide")
    assert kinds(Role.REVIEWER) == {"review"}
    assert kinds(Role.SIGNATORY) == set()
    district.finish(decision)
    assert kinds(Role.PREPARER) == {"draft"}
    report = district.draft()
    assert kinds(Role.PREPARER) == {"send"}
    assert kinds(Role.COUNTERSIGNER) == {"countersign"}
    due = next(item for item in to_do(district.actor(), ground.now) if item.kind == "send")
    assert (due.clause, due.uid) == ("三、3", str(report.uid))
    district.sent()
    assert kinds(Role.PREPARER, city) == {"receive"}
    assert kinds(Role.PREPARER) == set()
