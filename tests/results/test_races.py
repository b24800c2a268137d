"""The end of a round at one moment: an objection or the announcement, one certificate, one count."""

import threading

import pytest
from tests.factories.ground import make_ground
from tests.results.conftest import evaluate
from tests.reviews.crowd import crowd
from tests.reviews.test_races import lingering, together

from xingyun.audit.errors import Conflict, Refused
from xingyun.papers.models import Paper
from xingyun.registry.actors import SYSTEM
from xingyun.registry.models import Title
from xingyun.registry.states import Role
from xingyun.results import actions
from xingyun.results.models import Announcement, Award, Notice, Objection, Statistics

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = "2020-10-17 09:00:00"


@pytest.fixture
def ended(now, at):
    """A public notice that is over."""
    evaluated = evaluate(now)
    evaluated.notice = evaluated.publish()
    evaluated.city.now = at(AFTER)
    return evaluated


def announcing(ended, notice=None, role=Role.PREPARER, number=""):
    actor = ended.city.actor(role)
    known = Notice.objects.select_related("round__edition", "round__programme", "authority")
    fresh = known.get(pk=(notice or ended.notice).pk)
    return lambda: actions.announce(notice=fresh, actor=actor, now=ended.city.now, number=number)


def test_an_objection_and_the_announcement_exclude_each_other(ended):
    """What comes in while results are being announced waits, and is told that they are."""
    line, officer = ended.line(ended.three), ended.city.actor(Role.REVIEWER)
    issued, announce = threading.Event(), announcing(ended)

    def going():
        with lingering('INSERT INTO "papers_paper"', issued):
            return announce()

    def objecting():
        assert issued.wait(60), "the announcement is written"
        return actions.raise_objection(
            line=line, name="周某某", contact="13955550000", channel="letter", text="不实", actor=officer,
            now=ended.city.now,
        )  # fmt: skip

    announced, objected = together(going, objecting)
    assert isinstance(announced, Announcement), announced
    assert isinstance(objected, Refused), objected
    assert not Objection.objects.exists()


def test_results_are_announced_once(ended):
    results = together(announcing(ended), announcing(ended, role=Role.REVIEWER))
    assert sum(isinstance(r, Announcement) for r in results) == 1, results
    assert all(isinstance(r, Announcement | Refused) for r in results), results


@pytest.fixture
def two(ended):
    """Another list beside it, of a later report; both are over."""
    made = ended.district.accepted("star-3")
    ended.district.decide(made, "star-3", "decide")
    ended.city.receive(ended.district.sent())
    second = ended.publish()
    ended.city.now = second.closes
    return [ended.notice, second]


def test_two_lists_announced_at_once_number_their_titles_one_after_another(ended, two):
    acts = [announcing(ended, notice, number=f"云工信〔2020〕{n}号") for n, notice in enumerate(two, start=1)]
    results = together(*acts)
    assert all(isinstance(r, Announcement) for r in results), results
    serials = sorted(Title.objects.values_list("serial", flat=True))
    assert [serial.rpartition("-")[2] for serial in serials] == ["00001", "00002", "00003", "00004"]


def test_a_typed_number_is_given_once(ended, two):
    results = together(*[announcing(ended, notice, number="云工信〔2020〕9号") for notice in two])
    assert sum(isinstance(r, Announcement) for r in results) == 1, results
    assert sum(isinstance(r, Conflict) for r in results) == 1, results


def test_a_certificate_is_issued_once(ended):
    announcing(ended)()
    award = Award.objects.order_by("pk").first()
    given = {"award_id": award.pk, "actor": SYSTEM, "now": ended.city.now}
    assert together(*[lambda: actions.issue_certificate(**given)] * 3) == [None] * 3
    assert Paper.objects.filter(kind="certificate").count() == 1


def test_two_counts_at_once_leave_one(now):
    """Whoever counts while another puts his figures in place of the old ones waits for him."""
    ground, removed = make_ground(now), threading.Event()
    crowd(ground, "licheng", 3)

    def counting():
        with lingering('DELETE FROM "results_statistics"', removed, seconds=3):
            actions.count_statistics(round=ground.round, now=now)

    def counting_beside():
        assert removed.wait(30), "the old figures are gone"
        actions.count_statistics(round=ground.round, now=now)

    assert together(counting, counting_beside) == [None, None]
    assert Statistics.objects.filter(public=True).count() == 1
    offices = list(Statistics.objects.filter(public=False).values_list("authority", flat=True))
    assert len(offices) == len(set(offices))
