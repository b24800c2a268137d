"""A place becomes free: nothing fills it by itself; a supplementary report carries the new rows alone."""

import pytest
from tests.reviews.office import fresh
from tests.reviews.test_returned_rows import used

from xingyun.applications.queries import history
from xingyun.applications.states import State
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.messages.models import Message
from xingyun.registry.actors import ANONYMOUS
from xingyun.registry.states import Role
from xingyun.results import actions as results
from xingyun.results.models import NoticeLine
from xingyun.reviews import actions, queries
from xingyun.reviews.models import Decision, Report, ReportLine
from xingyun.reviews.states import Outcome, ReportState
from xingyun.rounds.actions import extend_reporting
from xingyun.rounds.models import Extension, QuotaLine

pytestmark = pytest.mark.django_db
DEADLINE = "district-report"


@pytest.fixture
def full(abroad):
    """Two places, both taken; a third enterprise qualified without one."""
    made = [abroad.accepted("star-3") for _n in range(3)]
    for one in made[:2]:
        abroad.decide(one, "star-3", "decide")
    abroad.decide(made[2], "star-3", "decide", Outcome.NO_PLACE, "名额所限，排序第三")
    return made


@pytest.fixture
def struck(abroad, city, full, at):
    """The first is struck on public notice, after the day on which reports were due."""
    report = abroad.sent()
    city.receive(report)
    notice = results.publish_notice(
        round=city.ground.round, authority=city.authority, actor=city.actor(), now=city.now
    )
    line = NoticeLine.objects.select_related("notice__round__edition", "application").get(
        application=full[0].application
    )
    objection = results.raise_objection(
        line=line, name="某", contact="1", channel="online", text="已搬走", actor=ANONYMOUS, now=notice.opens
    )
    results.decide_objection(
        objection=objection, upheld=True, outcome="查实", actor=city.actor(), now=city.now
    )
    abroad.now = city.now = at("2020-10-28 10:00")
    return report


def take_up(office, made, reason="首家公示期间被去除，本企业排序第三", role=Role.SIGNATORY):
    actions.take_up_again(application=fresh(made), reason=reason, actor=office.actor(role), now=office.now)


def extend(city, authority, until, reason="补报公示期间空出的名额", actor=None):
    return extend_reporting(
        round=city.ground.round,
        deadline=DEADLINE,
        authority=authority,
        until=until,
        reason=reason,
        actor=actor or city.actor(),
        now=city.now,
    )


def test_a_struck_name_frees_its_place_and_nobody_gets_it_by_himself(abroad, full, struck):
    assert used(abroad) == 1
    assert [fresh(m).state for m in full] == [State.NOT_AWARDED, State.PROPOSED, State.NOT_AWARDED]
    (found,) = queries.freed(abroad.authority, abroad.ground.round)
    assert (found.meter.free, found.applications) == (1, (full[2].application,))
    assert queries.freed(abroad.authority, abroad.ground.round)[0].level == "star-3"


def test_the_supplementary_report_carries_the_new_row_alone(abroad, city, full, struck, at):
    take_up(abroad, full[2])
    assert fresh(full[2]).state == State.ACCEPTED
    assert used(abroad) == 1, "the place is taken by the decision, not by taking up"
    assert history(fresh(full[2])).last().reason.startswith("首家公示期间")
    assert Message.objects.filter(user_id=full[2].actor.user_id, subject="名额空出，重新评定").exists()
    abroad.decide(full[2], "star-3", "decide")
    assert used(abroad) == 2
    report = abroad.countersigned()
    with pytest.raises(Refused, match="10月26日 24:00"):
        actions.send_report(report=report, actor=abroad.actor(), now=abroad.now)
    extend(city, abroad.authority, at("2020-10-31 00:00"))
    actions.send_report(report=report, actor=abroad.actor(), now=abroad.now)
    assert (report.seq, report.supersedes, report.state) == (2, None, ReportState.SENT)
    assert [line.application for line in ReportLine.objects.filter(report=report)] == [full[2].application]
    city.receive(report)
    assert fresh(full[2]).state == State.EVALUATING
    struck.refresh_from_db()
    assert struck.state == ReportState.RECEIVED
    second = results.publish_notice(
        round=city.ground.round, authority=city.authority, actor=city.actor(), now=city.now
    )
    assert second.seq == 2


def test_taking_up_is_refused_while_every_place_is_taken(abroad, full):
    abroad.sent()
    with pytest.raises(Refused, match="没有空出的名额") as refused:
        take_up(abroad, full[2])
    assert refused.value.clause == "三、2"
    assert queries.freed(abroad.authority, abroad.ground.round) == []


def test_only_who_went_without_a_place_is_taken_up(abroad, district, full, struck):
    declined = district.accepted("star-3")
    district.decide(declined, "star-3", "decide", Outcome.DECLINED, "不足")
    district.now = district.ground.now
    district.sent()
    with pytest.raises(Refused, match="名额所限"):
        take_up(district, declined)
    with pytest.raises(NotAllowed):
        take_up(abroad, full[0])
    with pytest.raises(Refused, match="为什么"):
        take_up(abroad, full[2], reason=" ")


def test_only_the_signatory_of_the_office_takes_up(abroad, district, city, full, struck):
    for role in (Role.PREPARER, Role.REVIEWER):
        with pytest.raises(Refused, match="签发"):
            take_up(abroad, full[2], role=role)
    for office, role in ((district, Role.SIGNATORY), (city, Role.SIGNATORY), (abroad, Role.READER)):
        with pytest.raises(NotAllowed):
            actions.take_up_again(
                application=fresh(full[2]), reason="理由", actor=office.actor(role), now=abroad.now
            )
    with pytest.raises(NotAllowed):
        actions.take_up_again(application=fresh(full[2]), reason="理由", actor=full[2].actor, now=abroad.now)


def test_two_may_be_taken_up_but_only_one_gets_the_place(abroad, city, at):
    made = [abroad.accepted("star-3") for _n in range(4)]
    for one in made[:2]:
        abroad.decide(one, "star-3", "decide")
    for one in made[2:]:
        abroad.decide(one, "star-3", "decide", Outcome.NO_PLACE, "名额所限")
    first = abroad.sent()
    actions.return_report(
        report=first, rows={made[0].application.uid: "核对"}, actor=city.actor(), now=city.now
    )
    decision = Decision.objects.get(application=made[0].application)
    actions.revoke(decision=decision, reason="不符", actor=abroad.actor(Role.SIGNATORY), now=abroad.now)
    for one in made[2:]:
        take_up(abroad, one)
    abroad.prepare(made[2], "star-3", "decide")
    with pytest.raises(Refused, match="名额"):
        abroad.prepare(made[3], "star-3", "decide")
    line = QuotaLine.objects.get(authority=abroad.authority, group="district-three")
    assert (line.used, line.cap) == (2, 2)


def test_an_extension_holds_for_its_office_only_and_keeps_what_was_before(district, abroad, city, at):
    round_ = city.ground.round

    def due(office):
        return queries.due(round_, office.authority)

    first = extend(city, abroad.authority, at("2020-10-29 00:00"))
    assert due(abroad).at == at("2020-10-29 00:00")
    assert due(abroad).extended
    assert not due(district).extended
    extend(city, abroad.authority, at("2020-10-30 00:00"), reason="再延一天")
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert due(abroad).at == at("2020-10-30 00:00")
    extend(city, None, at("2020-10-31 00:00"), reason="全市停电")
    assert due(district).at == due(abroad).at == at("2020-10-31 00:00")
    assert Extension.objects.count() == 3


def test_who_extends_and_how(district, abroad, city, at):
    until = at("2020-10-30 00:00")
    for actor in (district.actor(), district.actor(Role.SIGNATORY), city.actor(Role.READER)):
        with pytest.raises(NotAllowed):
            extend(city, district.authority, until, actor=actor)
    with pytest.raises(Refused) as refused:
        extend(city, None, until, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(Refused) as refused:
        extend(city, None, at("2020-10-27 00:00"))
    assert refused.value.clause == "三、3"
    city.now = at("2020-10-30 00:00")
    with pytest.raises(Refused, match="晚于现在"):
        extend(city, None, at("2020-10-29 00:00"))
    with pytest.raises(Refused, match="没有这个上报期限"):
        extend(city, city.authority, at("2020-11-03 00:00"))
    assert not Extension.objects.exists()
    assert not Report.objects.exists()
