"""The joint report: drafted, countersigned both ways, sent before the deadline, received or returned."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories.ground import make_file
from tests.reviews.office import Office, fresh

from xingyun.applications.models import StateChange
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.messages.models import Message
from xingyun.papers.queries import papers
from xingyun.registry.actions import add_seat
from xingyun.registry.actors import SYSTEM
from xingyun.registry.queries import actor_for
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.models import Report, ReportLine
from xingyun.reviews.queries import desk, report_page, reports_of, reports_received
from xingyun.reviews.states import Outcome, ReportState

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(district):
    """One application of each fate, all decided: four stars, three stars, declined."""
    upper, three, declined = (district.accepted(level) for level in ("star-4", "star-3", "star-3"))
    district.decide(upper, "star-3", "decide")
    district.decide(upper, "star-4", "recommend")
    district.decide(three, "star-3", "decide")
    district.decide(declined, "star-3", "decide", Outcome.DECLINED, "用云范围不足")
    return upper, three, declined


def offline(report: Report, office: Office, **changes: object) -> None:
    """Countersign on paper."""
    given = {
        "number": "历工信〔2020〕9号",
        "dated_on": office.now.date(),
        "signatories": "签发岗 01、会签岗 02",
        "scan": make_file(b"scan with both seals", office.now),
        **changes,
    }
    actions.countersign_offline(report=report, actor=office.actor(), now=office.now, **given)


def test_the_draft_carries_every_decision_and_makes_both_papers(district, reported):
    report = district.draft()
    assert (report.seq, report.state, report.recipient.key) == (1, ReportState.DRAFT, "city")
    assert ReportLine.objects.filter(report=report).count() == 4
    kinds = {"report", "summary_table", "summary_table_plain", "decision", "recommendation"}
    assert {p.kind for p in papers(report.stream)} == kinds
    page = report_page(district.actor(), report.uid, district.now)
    assert len(page.rows) == 3
    assert not page.stale


def test_what_is_undecided_is_left_for_a_supplementary_report(district, reported):
    late = district.accepted("star-3")
    report = district.draft()
    page = report_page(district.actor(), report.uid, district.now)
    assert [s.application.pk for s in page.undecided] == [late.application.pk]
    actions.countersign_online(report=report, actor=district.actor(Role.COUNTERSIGNER), now=district.now)
    actions.send_report(report=report, actor=district.actor(), now=district.now)
    district.decide(late, "star-3", "decide")
    second = district.sent()
    assert (second.seq, second.state) == (2, ReportState.SENT)
    assert fresh(late).state == State.REPORTED


def test_nothing_decided_makes_no_report(district):
    district.accepted("star-3")
    with pytest.raises(Refused):
        district.draft()
    assert not Report.objects.exists()


def test_finance_countersigns_online_and_the_office_sends(district, city, reported):
    upper, three, declined = reported
    report = district.draft()
    with pytest.raises(Refused, match="没有会签"):
        actions.send_report(report=report, actor=district.actor(), now=district.now)
    actions.countersign_online(report=report, actor=district.actor(Role.COUNTERSIGNER), now=district.now)
    actions.send_report(report=report, actor=district.actor(), now=district.now)
    assert [fresh(m).state for m in reported] == [State.REPORTED, State.REPORTED, State.NOT_AWARDED]
    last = StateChange.objects.filter(application=declined.application).latest("seq")
    assert "用云范围不足" in last.reason
    assert Message.objects.filter(user_id=upper.actor.user_id, subject="申请已上报").exists()
    assert Message.objects.filter(user_id=declined.actor.user_id, subject="申请未获认定").exists()
    city.receive(report)
    assert report.state == ReportState.RECEIVED
    assert [(fresh(m).state, fresh(m).holder.key) for m in (upper, three)] == [(State.EVALUATING, "city")] * 2
    assert fresh(declined).state == State.NOT_AWARDED


def test_countersigned_on_paper_with_number_day_signatories_and_scan(district, reported):
    report = district.draft()
    for wrong, field in (
        ({"number": " "}, "number"),
        ({"signatories": ""}, "signatories"),
        ({"dated_on": district.now.date() + timedelta(days=1)}, "dated_on"),
    ):
        with pytest.raises(Refused) as refused:
            offline(report, district, **wrong)
        assert refused.value.field == field
    offline(report, district)
    assert (report.state, report.offline, report.countersigned_by) == (
        ReportState.COUNTERSIGNED,
        True,
        None,
    )
    actions.send_report(report=report, actor=district.actor(), now=district.now)
    assert report.state == ReportState.SENT


def test_the_database_refuses_a_paper_countersignature_without_its_paper(district, reported):
    report = district.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(offline=True, number="1")


def test_who_drafted_does_not_countersign(district, reported):
    from xingyun.accounts.models import User

    report = district.draft()
    user = User.objects.get(pk=district.actor().user_id)
    add_seat(user=user, authority=district.authority, role=Role.COUNTERSIGNER, actor=SYSTEM, now=district.now)
    with pytest.raises(Refused, match="起草人"):
        actions.countersign_online(report=report, actor=actor_for(user), now=district.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(countersigned_by=user)


def test_a_decision_revoked_after_the_draft_stops_it(district, reported):
    _upper, three, _declined = reported
    report = district.draft()
    decision = ReportLine.objects.get(report=report, application=three.application).decision
    actions.revoke(
        decision=decision, reason="查实不符", actor=district.actor(Role.SIGNATORY), now=district.now
    )
    assert report_page(district.actor(), report.uid, district.now).stale
    with pytest.raises(Conflict, match="起草以后决定有变化"):
        actions.countersign_online(report=report, actor=district.actor(Role.COUNTERSIGNER), now=district.now)
    again = district.draft()
    assert (again.pk, again.seq) == (report.pk, 1)
    assert not report_page(district.actor(), report.uid, district.now).stale


def test_finance_sends_it_back_and_a_countersigned_one_is_not_drafted_over(district, reported):
    report = district.countersigned()
    with pytest.raises(Refused, match="先退回起草"):
        district.draft()
    with pytest.raises(Refused):
        actions.send_back(
            report=report, reason=" ", actor=district.actor(Role.COUNTERSIGNER), now=district.now
        )
    actions.send_back(
        report=report, reason="汇总表少一家", actor=district.actor(Role.COUNTERSIGNER), now=district.now
    )
    assert (report.state, report.countersigned_by, report.reason) == (
        ReportState.DRAFT,
        None,
        "汇总表少一家",
    )
    district.draft()


def test_the_last_second_is_in_time_and_the_next_is_not(district, reported, at):
    report = district.countersigned()
    late = at("2020-10-27 00:00:00")
    with pytest.raises(Refused) as refused:
        actions.send_report(report=report, actor=district.actor(), now=late)
    assert refused.value.clause == "三、3"
    assert "10月26日 24:00" in refused.value.message
    send = {s.name: s for s in report_page(district.actor(), report.uid, late).steps}["send"]
    assert (send.possible, send.clause) == (False, "三、3")
    assert fresh(reported[0]).state == State.ACCEPTED
    actions.send_report(report=report, actor=district.actor(), now=at("2020-10-26 23:59:59"))
    assert report.state == ReportState.SENT


def test_a_returned_report_gives_its_rows_back_and_is_superseded(district, city, reported, at):
    report = district.sent()
    with pytest.raises(Refused):
        actions.return_report(report=report, reason="", actor=city.actor(), now=city.now)
    actions.return_report(report=report, reason="汇总表金额有误", actor=city.actor(), now=city.now)
    assert (report.state, report.reason) == (ReportState.RETURNED, "汇总表金额有误")
    assert [fresh(m).state for m in reported] == [State.ACCEPTED, State.ACCEPTED, State.NOT_AWARDED]
    with pytest.raises(Conflict):
        city.receive(report)
    # Returned after the deadline: what mends a report that was in time may still be sent.
    district.now = city.now = at("2020-10-28 10:00")
    second = district.sent()
    assert second.seq == 2
    assert ReportLine.objects.filter(report=report).count() == 4, "the old report keeps its history"
    city.receive(second)
    assert fresh(reported[0]).state == State.EVALUATING


def test_a_late_report_with_something_new_is_refused(district, city, reported, at):
    report = district.sent()
    actions.return_report(report=report, reason="重做", actor=city.actor(), now=city.now)
    new = district.accepted("star-3")
    district.decide(new, "star-3", "decide")
    again = district.countersigned()
    district.now = at("2020-10-28 10:00")
    with pytest.raises(Refused):
        actions.send_report(report=again, actor=district.actor(), now=district.now)


def test_reported_decisions_are_not_revoked_by_the_district(district, city, reported):
    report = district.sent()
    decision = ReportLine.objects.filter(report=report).first().decision
    signatory = district.actor(Role.SIGNATORY)
    with pytest.raises(Refused):
        actions.revoke(decision=decision, reason="再议", actor=signatory, now=district.now)
    city.receive(report)
    with pytest.raises(Refused, match="已经上报"):
        actions.revoke(decision=decision, reason="再议", actor=signatory, now=district.now)


def test_every_step_is_taken_by_its_own_people_only(ground, district, abroad, city, reported):
    report = district.draft()
    now = district.now
    reader = ground.actor("licheng", Role.READER)
    auditor = ground.actor("city", Role.AUDITOR)
    foreign_finance = ground.actor("tianqiao", Role.COUNTERSIGNER)
    city_finance = ground.actor("city", Role.COUNTERSIGNER)
    applicant = reported[0].actor
    outsiders = [abroad.actor(), foreign_finance, city_finance, reader, auditor, applicant]
    for actor in outsiders:
        with pytest.raises(NotAllowed):
            actions.draft_report(round=ground.round, authority=district.authority, actor=actor, now=now)
        with pytest.raises(NotAllowed):
            actions.countersign_online(report=report, actor=actor, now=now)
        with pytest.raises(NotAllowed):
            actions.send_back(report=report, reason="理由", actor=actor, now=now)
        with pytest.raises(NotAllowed):
            actions.send_report(report=report, actor=actor, now=now)
    actions.countersign_online(report=report, actor=district.actor(Role.COUNTERSIGNER), now=now)
    actions.send_report(report=report, actor=district.actor(), now=now)
    for actor in [*outsiders, district.actor()]:
        with pytest.raises(NotAllowed):
            actions.receive(report=report, actor=actor, now=now)
        with pytest.raises(NotAllowed):
            actions.return_report(report=report, reason="理由", actor=actor, now=now)


def test_who_sees_which_report(ground, district, abroad, city, reported):
    report = district.draft()
    city_finance = ground.actor("city", Role.COUNTERSIGNER)
    insiders = [
        district.actor(),
        ground.actor("licheng", Role.COUNTERSIGNER),
        ground.actor("licheng", Role.READER),
    ]
    auditor = ground.actor("city", Role.AUDITOR)
    outsiders = [abroad.actor(), ground.actor("tianqiao", Role.COUNTERSIGNER), reported[0].actor]
    for actor in [*outsiders, city.actor(), city_finance]:
        with pytest.raises(NotAllowed):
            report_page(actor, report.uid, district.now)
        assert report not in reports_received(actor)
    for actor in [*insiders, auditor]:
        assert report_page(actor, report.uid, district.now).rows
        assert report in reports_of(actor)
    actions.countersign_online(report=report, actor=district.actor(Role.COUNTERSIGNER), now=district.now)
    actions.send_report(report=report, actor=district.actor(), now=district.now)
    for actor in (city.actor(), city_finance, auditor):
        assert report in reports_received(actor)
        assert len(report_page(actor, report.uid, district.now).rows) == 3
    for actor in outsiders:
        assert report not in reports_received(actor)
        with pytest.raises(NotAllowed):
            report_page(actor, report.uid, district.now)


def test_a_reason_is_never_cut(district, city):
    """Too long is told, so that what the other side reads is what was written."""
    district.decide(district.accepted("star-3"), "star-3", "decide")
    report = district.countersigned()
    with pytest.raises(Refused, match="超出 1 字") as refused:
        actions.send_back(report=report, reason="长" * 1001, actor=district.actor(), now=district.now)
    assert refused.value.field == "reason"
    actions.send_report(report=report, actor=district.actor(), now=district.now)
    with pytest.raises(Refused, match="超出 1 字"):
        actions.return_report(report=report, reason="长" * 1001, actor=city.actor(), now=city.now)
    actions.return_report(report=report, reason="长" * 1000, actor=city.actor(), now=city.now)
    assert Report.objects.get().reason == "长" * 1000


def test_no_place_left_and_not_passed_are_told_apart(district):
    """In what the applicant reads, in the record of its way, and in what may be done about it later."""
    won, short, poor = (district.accepted("star-3") for _n in range(3))
    district.decide(won, "star-3", "decide")
    district.decide(short, "star-3", "decide", Outcome.NO_PLACE, "排序第四")
    district.decide(poor, "star-3", "decide", Outcome.DECLINED, "核心业务没有上云")
    district.sent()
    told = {
        "short": (short, "三星级：符合条件，名额所限。排序第四"),
        "poor": (poor, "三星级：未通过。核心业务没有上云"),
    }
    for made, words in told.values():
        assert fresh(made).state == State.NOT_AWARDED
        assert words in Message.objects.filter(user_id=made.actor.user_id).latest("id").body
        assert StateChange.objects.filter(application=made.application).latest("id").reason == words
    signatory = district.actor(Role.SIGNATORY)
    possible = {
        name: next(s for s in desk(signatory, made.application.uid).steps if s.name == "take_up").possible
        for name, (made, _words) in told.items()
    }
    assert possible == {"short": True, "poor": False}
