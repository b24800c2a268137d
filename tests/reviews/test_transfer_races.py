"""Two offices at the same moment: a file is taken or decided on, never both, and taken once."""

import threading

import pytest
from tests.factories.applications import make_application
from tests.factories.ground import make_beside, make_ground
from tests.reviews.office import Office, fresh
from tests.reviews.test_races import lingering, together

from xingyun.applications import actions as applications
from xingyun.audit.errors import Refused
from xingyun.messages.models import Message
from xingyun.reviews import actions
from xingyun.reviews.models import Decision, Transfer

pytestmark = pytest.mark.django_db(transaction=True)


def test_taken_by_one_while_the_other_decides(now):
    ground = make_ground(now, rosters={"licheng": 100, "tianqiao": 67})
    home, abroad = Office(ground, "licheng", now), Office(ground, "tianqiao", now)
    made = make_application(ground, state="submitted", level="star-3", authority="licheng", now=now)
    home.accept(made)
    home.look_up(made)
    asked = actions.ask_transfer(
        application=fresh(made), to=abroad.authority, reason="登记在那里", actor=home.actor(), now=now
    )
    known = Transfer.objects.select_related("source__parent", "target", "application__enterprise")
    one, two, preparer, taker = known.get(pk=asked.pk), known.get(pk=asked.pk), home.actor(), abroad.actor()
    application = fresh(made)
    results = together(
        lambda: actions.answer_transfer(transfer=one, agreed=True, answer="", actor=taker, now=now),
        lambda: actions.answer_transfer(transfer=two, agreed=True, answer="", actor=taker, now=now),
        lambda: actions.prepare(
            application=application, level="star-3", kind="decide", outcome="granted", actor=preparer, now=now
        ),
    )
    assert all(r is None or isinstance(r, Decision | Refused) for r in results), results
    moved, decided = fresh(made).authority.key == "tianqiao", Decision.objects.count()
    assert (moved, decided) in {(True, 0), (False, 1)}
    assert sum(r is None for r in results[:2]) == int(moved)


def test_a_draft_that_goes_at_the_same_moment_is_not_told_as_moved(now):
    """The applicant is told which drafts went along: those that did."""
    ground = make_ground(now, rosters={"licheng": 100, "tianqiao": 67})
    beside = make_beside(ground)
    home, abroad = Office(ground, "licheng", now), Office(ground, "tianqiao", now)
    made = make_application(ground, state="submitted", level="star-3", authority="licheng", now=now)
    draft = applications.create(
        enterprise=made.enterprise, round=beside.round, actor=made.actor, now=beside.now
    )
    asked = actions.ask_transfer(
        application=fresh(made), to=abroad.authority, reason="登记在那里", actor=home.actor(), now=now
    )
    known = Transfer.objects.select_related("source__parent", "target", "application__enterprise")
    transfer, taker, counted = known.get(pk=asked.pk), abroad.actor(), threading.Event()

    def taking():
        with lingering('SELECT "applications_application"."number"', counted):
            actions.answer_transfer(transfer=transfer, agreed=True, answer="", actor=taker, now=now)

    def going():
        assert counted.wait(30), "the drafts were counted"
        applications.withdraw(application=draft, reason="", actor=made.actor, now=now)

    taken, gone = together(taking, going)
    assert taken is None, taken
    assert gone is None or isinstance(gone, Refused), gone
    draft.refresh_from_db()
    message = Message.objects.get(user_id=made.actor.user_id, subject__contains="移送到另一个单位")
    assert (draft.number in message.body) == (draft.authority_id == abroad.authority.pk)
