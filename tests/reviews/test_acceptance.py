"""Accepting, refusing, returning with everything at once, and who may not."""

from datetime import timedelta

import pytest
from tests.factories.applications import make_application
from tests.reviews.office import fresh

from xingyun.applications.models import StateChange
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.messages.models import Message
from xingyun.papers.queries import papers
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.models import Defect, Return
from xingyun.reviews.queries import desk

pytestmark = pytest.mark.django_db
DEFECTS = [
    actions.DefectData("form:scope", "二、1", "范围写得太简单，请写明用了哪些云服务。"),
    actions.DefectData("ledger", "二、3", "2020年3月的发票没有上传。"),
]


@pytest.fixture
def made(ground):
    """An application handed in at home."""
    return make_application(ground, state="submitted", authority="licheng")


def test_accepting_tells_the_applicant_and_leaves_an_entry(district, made):
    district.accept(made)
    assert fresh(made).state == State.ACCEPTED
    assert Message.objects.filter(user_id=made.actor.user_id, subject="申请已受理").count() == 1
    assert Entry.objects.filter(stream__name=fresh(made).stream, act="application.accept").count() == 1


def test_accepting_twice_is_told(district, made):
    stale = fresh(made)
    district.accept(made)
    with pytest.raises(Conflict):
        actions.accept(application=stale, actor=district.actor(), now=district.now)
    with pytest.raises(Refused):
        district.accept(made)


def test_a_refusal_needs_reason_and_clause(district, made, now):
    given = {"application": fresh(made), "actor": district.actor(), "now": now}
    for reason, clause, field in (("", "一、1", "reason"), ("不在本市注册", "九、9", "clause")):
        with pytest.raises(Refused) as refused:
            actions.refuse(reason=reason, clause=clause, **given)
        assert refused.value.field == field
    assert fresh(made).state == State.SUBMITTED
    actions.refuse(reason="不在本市注册", clause="一、1", **given)
    last = StateChange.objects.filter(application=made.application).latest("seq")
    assert (last.target, last.reason, last.clause) == (State.NOT_ACCEPTED, "不在本市注册", "一、1")


def test_a_return_lists_all_defects_unlocks_only_them_and_issues_a_paper(district, made, now):
    due = now + timedelta(days=5)
    back = actions.return_for_correction(
        application=fresh(made), defects=DEFECTS, due=due, actor=district.actor(), now=now
    )
    application = fresh(made)
    assert (application.state, application.unlocked) == (State.RETURNED, ["form:scope", "ledger"])
    assert application.due == due
    assert Defect.objects.filter(of=back).count() == 2
    [paper] = papers(application.stream, "return_notice")
    assert paper == back.paper
    assert paper.file.pages >= 1


@pytest.mark.parametrize(
    ("defect", "field"),
    [
        (actions.DefectData("form:nothing", "二、1", "改"), "place"),
        (actions.DefectData("material:nothing", "二、1", "改"), "place"),
        (actions.DefectData("form:scope", "九", "改"), "clause"),
        (actions.DefectData("form:scope", "二、1", "  "), "text"),
    ],
)
def test_a_defect_needs_a_place_a_clause_and_words(district, made, now, defect, field):
    with pytest.raises(Refused) as refused:
        actions.return_for_correction(
            application=fresh(made),
            defects=[defect],
            due=now + timedelta(days=5),
            actor=district.actor(),
            now=now,
        )
    assert refused.value.field == field
    assert not Return.objects.exists()


def test_a_return_without_defects_or_with_a_due_moment_gone_is_refused(district, made, now):
    given = {"application": fresh(made), "actor": district.actor(), "now": now}
    with pytest.raises(Refused):
        actions.return_for_correction(defects=[], due=now + timedelta(days=1), **given)
    with pytest.raises(Refused):
        actions.return_for_correction(defects=DEFECTS, due=now, **given)


def test_the_applicant_answers_each_defect_and_nobody_else_does(district, made, now):
    back = actions.return_for_correction(
        application=fresh(made),
        defects=DEFECTS,
        due=now + timedelta(days=5),
        actor=district.actor(),
        now=now,
    )
    defect = Defect.objects.select_related("of__application").filter(of=back).first()
    with pytest.raises(NotAllowed):
        actions.reply(defect=defect, text="已改", actor=district.actor(), now=now)
    actions.reply(defect=defect, text="已补充到第2段", actor=made.actor, now=now)
    defect.refresh_from_db()
    assert defect.reply == "已补充到第2段"
    assert [r.defects[0].reply for r in desk(district.actor(), made.application.uid).returns] == [
        "已补充到第2段"
    ]


@pytest.mark.parametrize("act", ["accept", "refuse", "return"])
def test_doors_are_closed_to_everybody_else(ground, abroad, city, made, now, act):
    wrong = [
        abroad.actor(),
        city.actor(),
        made.actor,
        ground.actor("licheng", Role.COUNTERSIGNER),
        ground.actor("licheng", Role.READER),
        ground.actor("city", Role.AUDITOR),
    ]
    todo = {
        "accept": (actions.accept, {}),
        "refuse": (actions.refuse, {"reason": "理由", "clause": "一、1"}),
        "return": (
            actions.return_for_correction,
            {"defects": DEFECTS, "due": now + timedelta(days=1)},
        ),
    }
    do, given = todo[act]
    for actor in wrong:
        with pytest.raises(NotAllowed):
            do(application=fresh(made), actor=actor, now=now, **given)
    assert fresh(made).state == State.SUBMITTED
    assert not Return.objects.exists()
