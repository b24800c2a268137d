"""Amending at the very moment of something else: the database keeps one edition and one order."""

import threading

import pytest
from tests.factories.applications import make_application
from tests.factories.ground import make_enterprise, make_ground, make_user
from tests.reviews.office import Office, fresh
from tests.reviews.test_amending import DATE, PHRASE, changed
from tests.reviews.test_races import lingering, together

from xingyun.applications import actions as applications
from xingyun.applications.models import Application
from xingyun.audit.errors import Conflict, Refused
from xingyun.registry.actors import SYSTEM
from xingyun.reviews import actions
from xingyun.reviews.actions.looking_up import LookUpData
from xingyun.reviews.models import LookUp
from xingyun.reviews.states import Found
from xingyun.rounds import actions as rounds
from xingyun.rounds.models import Amendment
from xingyun.rounds.states import Scope

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "tianqiao"


@pytest.fixture
def office(now):
    return Office(make_ground(now), HOME, now)


def release(now, *changes):
    source = changed(*changes)
    return rounds.release_edition(
        source=source, contacts=None, released_by=make_user(f"r{len(changes)}", now), actor=SYSTEM, now=now
    )


def amending(office, after, **more):
    city = Office(office.ground, "city", office.now)
    given = {
        "round": office.ground.round,
        "after": after,
        "scope": Scope.UNDECIDED,
        "reason": "延期",
        "effective_on": office.now.date(),
        "seen": office.ground.round.edition.digest,
        "actor": city.actor(),
        "now": office.now,
    }
    return lambda: actions.announce_amendment(**{**given, **more})


def test_of_two_amendments_at_once_one_is_made(office, now):
    made = make_application(office.ground, state="submitted", authority=HOME, now=now)
    second, third = release(now, DATE), release(now, DATE, PHRASE)
    results = together(amending(office, second), amending(office, third))
    assert sorted(isinstance(r, Amendment) for r in results) == [False, True], results
    assert any(isinstance(r, Conflict) for r in results), results
    [only] = Amendment.objects.all()
    office.ground.round.refresh_from_db()
    assert office.ground.round.edition_id == fresh(made).edition_id == only.after_id


def test_nobody_begins_under_an_edition_that_is_just_replaced(office, now):
    after = release(now, DATE)
    parties = [make_enterprise(office.ground, HOME) for _n in range(4)]
    beginnings = [
        lambda e=enterprise, a=actor: applications.create(
            enterprise=e, round=office.ground.round, actor=a, now=now
        )
        for enterprise, actor in parties
    ]
    results = together(amending(office, after), *beginnings)
    assert not [r for r in results if isinstance(r, Exception)], results
    assert set(Application.objects.values_list("edition_id", flat=True)) == {after.pk}


def test_a_decision_and_an_amendment_at_once(office, now):
    """Whichever comes first: what is decided has the edition under which it was decided."""
    made = office.accepted("star-3")
    first = fresh(made).edition_id
    after = release(now, DATE)
    results = together(
        amending(office, after), lambda: office.prepare(made, "star-3", "decide", "declined", "不足")
    )
    assert not [r for r in results if isinstance(r, Exception) and not isinstance(r, Refused)], results
    decided_first = "accepted" in Amendment.objects.get().left
    assert fresh(made).edition_id == (first if decided_first else after.pk)


def test_of_two_look_ups_at_once_one_is_kept(office, now):
    made = make_application(office.ground, state="submitted", level="star-3", authority=HOME, now=now)
    actor = office.actor()
    data = LookUpData(found=Found.CLEAR, source="信用公示", looked_up_on=now.date())

    def record():
        """As from a page that showed no record yet."""
        given = {"condition": "credit-record", "data": data, "seen": None}
        return actions.record_look_up(application=fresh(made), actor=actor, now=now, **given)

    results = together(*[record] * 3)
    assert len([r for r in results if isinstance(r, LookUp)]) == 1, results
    assert all(isinstance(r, Conflict | LookUp) for r in results), results
    assert LookUp.objects.count() == 1


def test_an_edit_that_waits_for_an_amendment_goes_on_under_the_new_edition(office, now):
    made = make_application(office.ground, authority=HOME, now=now)
    after = release(now, DATE)
    slot = "equipment"
    edits = [
        lambda: applications.declare_absent(
            application=made.fresh(), material=slot, absent=True, actor=made.actor, now=now
        )
    ] * 3
    results = together(amending(office, after), *edits)
    assert not [r for r in results if isinstance(r, Exception) and not isinstance(r, Refused)], results
    assert made.fresh().edition_id == after.pk


def test_an_edit_in_the_middle_of_an_amendment_is_not_counted_back(office, now):
    """Both count the revision up: what read the one before would write the same number over it."""
    made = make_application(office.ground, authority=HOME, complete=False, now=now)
    after, before, seen = release(now, DATE), made.fresh().rev, threading.Event()
    amend = amending(office, after)

    def changing():
        with lingering('"round_id" = %s AND "applications_application"."state" IN', seen):
            return amend()

    def editing():
        assert seen.wait(30), "the running applications were read"
        applications.declare_absent(
            application=made.fresh(), material="equipment", absent=True, actor=made.actor, now=now
        )

    amended, edited = together(changing, editing)
    assert isinstance(amended, Amendment), amended
    assert edited is None, edited
    assert (made.fresh().rev, made.fresh().edition_id) == (before + 2, after.pk)
