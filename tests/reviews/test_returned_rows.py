"""A report that is returned for named rows: these are opened again, all others stay as they were reported."""

import pytest
from tests.factories.applications import bind
from tests.reviews.office import fresh

from xingyun.applications import actions as applications
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.registry.states import Role
from xingyun.results.actions import disqualify
from xingyun.reviews import actions
from xingyun.reviews.actions import DefectData
from xingyun.reviews.models import Decision, Report, ReportLine, ReturnedRow
from xingyun.reviews.queries import desk, report_page, reports_received, to_do
from xingyun.reviews.states import Outcome, ReportState
from xingyun.rounds.models import QuotaLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(district):
    """Four stars recommended, three stars, and one declined; all on the first report."""
    upper, three, declined = (district.accepted(level) for level in ("star-4", "star-3", "star-3"))
    district.decide(upper, "star-3", "decide")
    district.decide(upper, "star-4", "recommend")
    district.decide(three, "star-3", "decide")
    district.decide(declined, "star-3", "decide", Outcome.DECLINED, "用云范围不足")
    return upper, three, declined


def give_back(city, report, *made, reason="核对支出"):
    rows = {m.application.uid: reason for m in made}
    actions.return_report(report=report, rows=rows, actor=city.actor(), now=city.now)


def used(office, group="district-three"):
    line = QuotaLine.objects.get(authority=office.authority, group=group)
    live = Decision.objects.filter(quota_line=line, revoked_at=None).count()
    assert line.used == live <= line.cap
    return line.used


def revoke(office, made, level):
    decision = Decision.objects.get(application=made.application, level=level, revoked_at=None)
    actions.revoke(decision=decision, reason="按市局意见", actor=office.actor(Role.SIGNATORY), now=office.now)


def fraud(city, made):
    signatory = city.actor(Role.SIGNATORY)
    disqualify(application=fresh(made), reason="造假", clause="四", actor=signatory, now=city.now)


def states(*made):
    return [fresh(m).state for m in made]


def test_only_the_named_row_is_opened_and_nothing_is_freed_by_it(district, city, reported):
    upper, three, declined = reported
    report = district.sent()
    give_back(city, report, three)
    assert report.state == ReportState.RETURNED
    assert states(upper, three, declined) == [State.REPORTED, State.ACCEPTED, State.NOT_AWARDED]
    assert used(district) == 2
    frozen = Decision.objects.filter(application=upper.application, level="star-4").get()
    with pytest.raises(Refused):
        actions.revoke(decision=frozen, reason="再议", actor=district.actor(Role.SIGNATORY), now=district.now)
    revoke(district, three, "star-3")
    assert used(district) == 1


def test_the_next_report_carries_the_others_over_and_says_what_it_supersedes(district, city, reported):
    upper, three, declined = reported
    first = district.sent()
    give_back(city, first, three)
    revoke(district, three, "star-3")
    district.decide(three, "star-3", "decide", Outcome.DECLINED, "支出未达要求")
    second = district.sent()
    assert (second.seq, second.supersedes) == (2, first)
    page = report_page(district.actor(), second.uid, district.now)
    assert {row.application.pk for row in page.rows} == {m.application.pk for m in reported}
    assert page.carried == {upper.application.pk, declined.application.pk}
    assert states(upper, three, declined) == [State.REPORTED, State.NOT_AWARDED, State.NOT_AWARDED]
    city.receive(second)
    assert fresh(upper).state == State.EVALUATING
    old = report_page(city.actor(), first.uid, city.now)
    assert old.successor == second
    assert old.returned == {three.application.pk: "核对支出"}
    assert {d.outcome for row in old.rows for d in row.decisions if row.application == three.application} == {
        "granted"
    }, "what was reported then is read as it was"
    assert first in reports_received(city.actor())


def test_rows_of_a_received_report_go_back_too_and_the_others_go_on(district, city, reported):
    upper, three, _declined = reported
    first = district.sent()
    city.receive(first)
    with pytest.raises(Refused, match="几行"):
        actions.return_report(report=first, reason="重做", actor=city.actor(), now=city.now)
    give_back(city, first, three)
    assert [(fresh(m).state, fresh(m).holder.key) for m in (upper, three)] == [
        (State.EVALUATING, "city"),
        (State.ACCEPTED, "licheng"),
    ]
    city.decide(upper, "star-4", "decide")
    second = district.sent()
    city.receive(second)
    assert [fresh(m).holder.key for m in (upper, three)] == ["city", "city"]
    assert ReportLine.objects.filter(report=second, application=upper.application).count() == 2


def test_what_the_city_decided_itself_is_revoked_first(district, city, reported):
    upper, _three, _declined = reported
    report = district.sent()
    city.receive(report)
    decision = city.decide(upper, "star-4", "decide")
    with pytest.raises(Refused, match="先撤销") as refused:
        give_back(city, report, upper)
    assert refused.value.field == f"row-{upper.application.uid}"
    assert report.state == ReportState.RECEIVED
    actions.revoke(decision=decision, reason="退回", actor=city.actor(Role.SIGNATORY), now=city.now)
    give_back(city, report, upper)
    assert fresh(upper).holder.key == "licheng"


def test_a_declined_row_is_taken_up_again(district, city, reported):
    _upper, _three, declined = reported
    give_back(city, district.sent(), declined, reason="理由不足")
    assert fresh(declined).state == State.ACCEPTED
    revoke(district, declined, "star-3")
    district.decide(declined, "star-3", "decide")
    assert used(district) == 3
    district.sent()
    assert fresh(declined).state == State.REPORTED


def test_a_named_row_can_be_returned_for_correction_once_its_decisions_are_revoked(
    district, city, reported, at
):
    _upper, three, _declined = reported
    give_back(city, district.sent(), three)
    defects = [DefectData("form:scope", "附件1", "请写清。")]
    given = {"defects": defects, "due": at("2020-10-24 00:00"), "actor": district.actor()}

    def send_back():
        actions.return_for_correction(application=fresh(three), now=district.now, **given)

    with pytest.raises(Refused, match="先撤销决定"):
        send_back()
    revoke(district, three, "star-3")
    send_back()
    assert fresh(three).state == State.RETURNED
    seen = applications.digest(three.fresh().answers["scope"])
    applications.save_answer(
        application=three.fresh(), field="scope", raw="写清了", seen=seen, actor=three.actor, now=district.now
    )
    three.application = three.fresh()
    bind(three, now=district.now)
    applications.submit(application=three.application, actor=three.actor, now=district.now)
    district.accept(three)
    district.look_up(three)
    district.decide(three, "star-3", "decide")
    second = district.sent()
    assert ReportLine.objects.filter(report=second, application=three.application).exists()
    assert desk(district.actor(), three.application.uid).reopened is None


def test_what_was_accepted_and_not_given_back_is_not_returned_for_correction(district, at):
    made = district.accepted("star-3")
    with pytest.raises(Refused):
        actions.return_for_correction(
            application=fresh(made),
            defects=[DefectData("form:scope", "附件1", "请写清。")],
            due=at("2020-10-24 00:00"),
            actor=district.actor(),
            now=district.now,
        )


def test_a_row_that_is_not_on_it_or_has_gone_on_is_refused(district, abroad, city, reported):
    upper, three, _declined = reported
    report = district.sent()
    foreign = abroad.accepted("star-3")
    with pytest.raises(Refused, match="不在这份上报件"):
        give_back(city, report, three, foreign)
    with pytest.raises(Refused, match="理由"):
        give_back(city, report, three, reason=" ")
    city.receive(report)
    disqualify(
        application=fresh(upper), reason="造假", clause="四", actor=city.actor(Role.SIGNATORY), now=city.now
    )
    with pytest.raises(Refused, match="不能退回"):
        give_back(city, report, upper)
    assert not ReturnedRow.objects.exists()
    assert report.state == ReportState.RECEIVED


def test_who_is_disqualified_meanwhile_is_on_no_further_report(district, city, reported):
    upper, three, _declined = reported
    give_back(city, district.sent(), three)
    draft = district.draft()
    disqualify(
        application=fresh(upper), reason="造假", clause="四", actor=city.actor(Role.SIGNATORY), now=city.now
    )
    assert report_page(district.actor(), draft.uid, district.now).stale
    with pytest.raises(Conflict):
        actions.countersign_online(report=draft, actor=district.actor(Role.COUNTERSIGNER), now=district.now)
    district.draft()
    assert not ReportLine.objects.filter(report=draft, application=upper.application).exists()


def test_a_report_beside_it_keeps_clear_of_what_another_has_to_mend(district, city, reported):
    """The second report stands in the drawer when the first one comes back: each keeps its own rows."""
    _upper, three, _declined = reported
    first = district.sent()
    late = district.accepted("star-3")
    district.decide(late, "star-3", "decide")
    second = district.countersigned()
    give_back(city, first, three)
    assert not report_page(district.actor(), second.uid, district.now).stale
    actions.send_report(report=second, actor=district.actor(), now=district.now)
    assert second.supersedes is None
    waits = {todo.kind for todo in to_do(district.actor(), district.now)}
    assert "report_returned" in waits
    third = district.sent()
    assert (third.seq, third.supersedes) == (3, first)
    lines = ReportLine.objects.filter(report=third)
    assert late.application.pk not in set(lines.values_list("application", flat=True))
    for report in (second, third):
        city.receive(Report.objects.get(pk=report.pk))
    assert states(three, late) == [State.EVALUATING] * 2


def test_the_second_return_goes_by_the_second_report(district, city, reported):
    _upper, three, _declined = reported
    first = district.sent()
    give_back(city, first, three)
    second = district.sent()
    give_back(city, second, three, reason="仍不一致")
    with pytest.raises(Conflict):
        give_back(city, first, three)
    third = district.sent()
    assert (third.supersedes, third.seq) == (second, 3)
    assert desk(city.actor(), three.application.uid).reopened is None


def test_mending_after_the_deadline_leaves_what_is_new(district, city, reported, at):
    _upper, three, _declined = reported
    give_back(city, district.sent(), three)
    new = district.accepted("star-3")
    district.decide(new, "star-3", "decide")
    district.now = at("2020-10-28 10:00")
    again = district.sent()
    assert fresh(three).state == State.REPORTED
    assert fresh(new).state == State.ACCEPTED
    assert not ReportLine.objects.filter(report=again, application=new.application).exists()


def test_only_the_recipient_gives_rows_back(ground, district, abroad, city, reported):
    _upper, three, _declined = reported
    report = district.sent()
    wrong = [
        district.actor(),
        abroad.actor(),
        ground.actor("city", Role.READER),
        ground.actor("city", Role.COUNTERSIGNER),
        ground.actor("city", Role.AUDITOR),
        three.actor,
    ]
    for actor in wrong:
        with pytest.raises(NotAllowed):
            actions.return_report(
                report=report, rows={three.application.uid: "理由"}, actor=actor, now=district.now
            )
    assert fresh(three).state == State.REPORTED
