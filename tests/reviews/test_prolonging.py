"""Dates changed while a round runs: who is told what, who is not, and that a preview sends nothing."""

from datetime import timedelta

import pytest
from tests.factories.applications import make_application
from tests.reviews.office import Office

from xingyun.audit.errors import NotAllowed, Refused
from xingyun.messages.models import Message
from xingyun.messages.previewing import rehearse
from xingyun.registry.states import Role
from xingyun.reviews import actions, queries
from xingyun.rounds.models import Extension, Window
from xingyun.rounds.queries import window

pytestmark = pytest.mark.django_db
STAGE = "applications"


@pytest.fixture(autouse=True)
def everybody(district, other, city):
    """Seats are taken when somebody is first asked for: all are, before anybody is told."""
    return [people(office) for office in (district, other, city)]


@pytest.fixture
def other(district):
    return Office(district.ground, "lixia", district.now)


def prolong(office, days=3, *, whole=False, actor=None, reason="系统维护一天"):
    old = window(office.ground.round, office.authority, STAGE)
    return actions.change_window(
        round=office.ground.round,
        authority=None if whole else office.authority,
        stage=STAGE,
        opens=old.opens,
        closes=old.closes + timedelta(days=days),
        reason=reason,
        actor=actor or office.actor(),
        now=office.now,
    )


def told(subject):
    return {message.user_id for message in Message.objects.filter(subject=subject)}


def people(office):
    return {office.actor(role).user_id for role in (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)}


def test_a_longer_window_is_told_to_who_has_begun_and_to_the_office(district, other):
    ground = district.ground
    draft = make_application(ground, authority="licheng")
    make_application(ground, state="submitted", authority="licheng")
    elsewhere = make_application(ground, authority="lixia")
    prolong(district)
    assert told("填报截止延长") == {draft.actor.user_id} | people(district)
    assert elsewhere.actor.user_id not in told("填报截止延长")
    said = Message.objects.get(user_id=draft.actor.user_id, subject="填报截止延长")
    assert "系统维护一天" in said.body
    assert "（原来 " in said.body
    assert said.link == "/enterprise/"


def test_the_common_window_is_told_to_those_without_their_own(district, other, city):
    ground = district.ground
    here = make_application(ground, authority="licheng")
    there = make_application(ground, authority="lixia")
    prolong(district)
    Message.objects.all().delete()
    prolong(city, whole=True)
    expected = told("填报截止延长")
    assert there.actor.user_id in expected
    assert people(other) <= expected
    assert here.actor.user_id not in expected
    assert not people(district) & expected


def test_what_changes_nothing_or_is_refused_tells_nobody(district):
    make_application(district.ground, authority="licheng")
    prolong(district, days=0)
    assert told("填报截止延长") == told("填报时间更改") == set()
    with pytest.raises(Refused):
        prolong(district, reason=" ")
    with pytest.raises(NotAllowed):
        prolong(district, actor=district.ground.actor("lixia"))
    prolong(district, days=-1)
    assert told("填报时间更改") >= people(district)


def test_a_preview_leaves_nothing(district):
    draft = make_application(district.ground, authority="licheng")
    before = Window.objects.count()
    foreseen = rehearse(lambda: prolong(district))
    assert foreseen.people == 1 + len(people(district))
    assert Window.objects.count() == before
    assert draft.actor.user_id not in told("填报截止延长")


def test_more_time_for_reports_is_told_to_the_offices_and_their_finance(district, other, city):
    own, theirs = (office.actor(Role.COUNTERSIGNER).user_id for office in (district, other))
    due = queries.due(district.ground.round, district.authority)
    given = {"deadline": "district-report", "reason": "纸质件在途", "now": city.now, "actor": city.actor()}
    given |= {"round": district.ground.round, "until": due.at + timedelta(days=2)}
    actions.extend_reporting(authority=district.authority, **given)
    assert told("上报期限延长") == people(district) | {own}
    actions.extend_reporting(authority=None, **given)
    assert told("上报期限延长") >= people(other) | {theirs}
    assert not people(city) & told("上报期限延长")
    with pytest.raises(NotAllowed):
        actions.extend_reporting(authority=None, **(given | {"actor": district.actor()}))
    assert Extension.objects.count() == 2
