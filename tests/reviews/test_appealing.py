"""Appeals: once against a refusal, answered by another person of the office that refused."""

import pytest
from tests.factories.applications import make_application
from tests.factories.ground import make_file
from tests.reviews.office import fresh

from xingyun.applications.queries import history
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.messages.models import Message
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.queries import desk, last_appeal, to_do
from xingyun.rounds.models import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(district, now):
    """Not accepted, by the preparer."""
    made = make_application(district.ground, state="submitted", authority=district.key, now=now)
    actions.refuse(
        application=fresh(made), reason="登记机关不在本市", clause="一、1", actor=district.actor(), now=now
    )
    return made


def appeal(made, now, **more):
    given = {"text": "登记机关在本市，见执照副本", "actor": made.actor}
    return actions.appeal(application=fresh(made), now=now, **{**given, **more})


def answer(office, made, upheld, *, actor=None, said="经核实执照"):
    actions.answer_appeal(
        made=last_appeal(fresh(made)),
        upheld=upheld,
        answer=said,
        actor=actor or office.actor(Role.REVIEWER),
        now=office.now,
    )


def test_upheld_it_is_taken_up_again_where_it_was_refused(district, refused, now):
    appeal(refused, now, file=make_file(b"licence", now))
    assert [t.kind for t in to_do(district.actor(Role.REVIEWER), now)].count("appeal") == 1
    answer(district, refused, True)
    assert fresh(refused).state == State.SUBMITTED
    assert history(fresh(refused)).last().act == "reopen"
    told = Message.objects.filter(user_id=refused.actor.user_id).latest("id")
    assert told.subject == "申诉成立，重新办理"
    district.accept(refused)
    assert fresh(refused).state == State.ACCEPTED


def test_it_waits_for_everybody_but_who_concluded(district, refused, now):
    appeal(refused, now)
    assert "appeal" not in [t.kind for t in to_do(district.actor(), now)]
    assert "appeal" in [t.kind for t in to_do(district.actor(Role.SIGNATORY), now)]


def test_dismissed_it_stays_refused_and_is_not_asked_again(district, refused, now):
    appeal(refused, now)
    answer(district, refused, False, said="执照登记机关确在外市")
    assert fresh(refused).state == State.NOT_ACCEPTED
    assert Entry.objects.filter(act="appeal.dismissed").count() == 1
    with pytest.raises(Conflict, match="只能申诉一次"):
        appeal(refused, now)
    with pytest.raises(Conflict):
        answer(district, refused, True)


def test_what_is_refused_anew_may_be_appealed_anew(district, refused, now):
    appeal(refused, now)
    answer(district, refused, True)
    actions.refuse(
        application=fresh(refused), reason="材料不实", clause="一、1", actor=district.actor(), now=now
    )
    assert appeal(refused, now).against > 1


def test_who_refused_does_not_answer(district, refused, now):
    appeal(refused, now)
    with pytest.raises(Refused, match="另一位同事"):
        answer(district, refused, True, actor=district.actor())


def test_to_others_there_is_nothing(district, abroad, city, refused, now):
    other = make_application(district.ground, authority=district.key, now=now)
    with pytest.raises(NotAllowed):
        appeal(refused, now, actor=other.actor)
    appeal(refused, now)
    for actor in (abroad.actor(), city.actor(), refused.actor, district.actor(Role.COUNTERSIGNER)):
        with pytest.raises(NotAllowed):
            answer(district, refused, True, actor=actor)


@pytest.mark.parametrize(("text", "field"), [(" ", "text"), ("长" * 2001, "text")])
def test_it_says_why(refused, now, text, field):
    with pytest.raises(Refused) as caught:
        appeal(refused, now, text=text)
    assert caught.value.field == field


def test_only_against_a_refusal_and_while_the_round_runs(district, refused, now):
    made = make_application(district.ground, state="submitted", authority=district.key, now=now)
    with pytest.raises(Conflict):
        appeal(made, now)
    Round.objects.update(state="closed")
    with pytest.raises(Refused, match="已经结束"):
        appeal(refused, now)


def test_declined_by_the_district_it_comes_back_to_the_district(district, now):
    """What was decided stays until it is revoked; then it is decided anew."""
    made, other = district.accepted("star-3"), district.accepted("star-3")
    decision = district.decide(made, "star-3", "decide", "declined")
    district.decide(other, "star-3", "decide")
    district.sent()
    assert fresh(made).state == State.NOT_AWARDED
    appeal(made, now)
    answer(district, made, True)
    assert fresh(made).state == State.ACCEPTED
    signatory = district.actor(Role.SIGNATORY)
    actions.revoke(decision=decision, reason="申诉成立", actor=signatory, now=now)
    assert district.prepare(made, "star-3", "decide").outcome == "granted"


def test_taken_up_again_before_anybody_answered_it_waits_for_nobody(district, city, now):
    """The city gives the row back: the conclusion is open again, and the appeal against it moot."""
    made, other = district.accepted("star-3"), district.accepted("star-3")
    decision = district.decide(made, "star-3", "decide", "declined")
    district.decide(other, "star-3", "decide")
    report = district.sent()
    appeal(made, now)
    reviewer = district.actor(Role.REVIEWER)
    assert [t.kind for t in to_do(reviewer, now)].count("appeal") == 1
    rows = {made.application.uid: "请重新核实"}
    actions.return_report(report=report, rows=rows, actor=city.actor(), now=now)
    assert fresh(made).state == State.ACCEPTED
    assert [t.kind for t in to_do(reviewer, now)].count("appeal") == 0
    assert desk(reviewer, made.application.uid).appeal_is_moot
    with pytest.raises(Refused, match="不用再答复"):
        answer(district, made, True)
    # Refused anew, the old one stays moot, and there may be another.
    signatory = district.actor(Role.SIGNATORY)
    actions.revoke(decision=decision, reason="重新核实", actor=signatory, now=now)
    district.decide(made, "star-3", "decide", "declined")
    district.sent()
    assert fresh(made).state == State.NOT_AWARDED
    with pytest.raises(Conflict, match="不用再答复"):
        answer(district, made, True)
    assert [t.kind for t in to_do(reviewer, now)].count("appeal") == 0
    appeal(made, now)
    assert [t.kind for t in to_do(reviewer, now)].count("appeal") == 1
    assert not desk(reviewer, made.application.uid).appeal_is_moot
