"""A report that came back for some of its rows, on the pages of both offices."""

import pytest
from tests.reviews.office import Office, fresh
from tests.web.officials.test_way import page, post

from xingyun.applications.states import State
from xingyun.reviews.models import Report, ReturnedRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(db, now):
    from tests.factories.ground import make_ground

    return make_ground(now, rosters={"licheng": 100})


@pytest.fixture
def sent(ground, now):
    """Two three-star enterprises on a report that was sent."""
    district = Office(ground, "licheng", now)
    made = [district.accepted("star-3") for _n in range(2)]
    for one in made:
        district.decide(one, "star-3", "decide")
    return district.sent(), *made


def test_a_row_goes_back_and_the_new_report_says_so(sent, officer, city):
    report, first, second = sent
    uid = first.application.uid
    shown = page(city, "report", report.uid)
    assert f'name="row-{uid}"' in shown
    post(city, "report_return", report.uid, status=422, reason="")
    again = post(city, "report_return", report.uid, status=422, **{f"row-{uid}": "支出不符" * 400})
    assert "支出不符支出不符" in again.content.decode(), "what was typed is kept"
    post(city, "report_return", report.uid, status=422, **{"row-x": "支出不符"})
    post(
        city, "report_return", report.uid, **{f"row-{uid}": "支出不符", f"row-{second.application.uid}": " "}
    )
    assert ReturnedRow.objects.get().application == first.application
    own = page(officer, "report", report.uid)
    assert "退回：支出不符" in own
    assert "起草更正后的上报件" in own
    assert "支出不符" in page(officer, "desk", uid)
    assert "被退回" in page(officer, "todo")
    post(officer, "report_draft", authority="licheng")
    draft = Report.objects.get(supersedes=report)
    shown = page(officer, "report", draft.uid)
    assert "代替第 1 次上报" in shown
    assert "照原上报，不变" in shown
    assert "已由第 2 次上报代替" in page(officer, "report", report.uid)
    assert "代替第 1 次" in page(officer, "reports")


def test_the_way_back_to_the_applicant_is_open_after_the_decision_is_revoked(sent, officer, city, sign_in):
    report, first, _second = sent
    uid = first.application.uid
    post(city, "report_return", report.uid, **{f"row-{uid}": "支出不符"})
    assert "请先撤销决定" in page(officer, "case_return", uid)
    decision = page(officer, "decide", uid)
    assert "支出不符" in decision
    from xingyun.reviews.models import Decision

    pk = Decision.objects.get(application=first.application).pk
    post(sign_in("licheng", "signatory"), "decision_revoke", uid, pk, reason="按市局意见")
    assert "退回企业补正" in page(officer, "desk", uid)
    rows = {"place": ["form:scope"], "clause": ["附件1"], "text": ["请写清"]}
    post(officer, "case_return", uid, due="2020-10-20", **rows)
    assert fresh(first).state == State.RETURNED


def test_a_freed_place_is_offered_and_more_time_is_granted(ground, now, officer, city, sign_in, at):
    from xingyun.reviews import actions
    from xingyun.reviews.models import Decision

    district = Office(ground, "licheng", now)
    made = [district.accepted("star-3") for _n in range(4)]
    for one in made[:3]:
        district.decide(one, "star-3", "decide")
    district.decide(made[3], "star-3", "decide", "no_place", "名额所限，排序第四")
    report = district.sent()
    assert "空出" not in page(officer, "reports")
    last = made[3].application.uid
    post(city, "report_return", report.uid, **{f"row-{made[0].application.uid}": "执照已吊销"})
    decision = Decision.objects.get(application=made[0].application)
    actions.revoke(decision=decision, reason="不符", actor=district.actor("signatory"), now=now)
    assert "空出 1 个" in page(officer, "reports")
    assert "重新办理" not in page(officer, "decide", last)
    signatory = sign_in("licheng", "signatory")
    assert "名额空出，重新办理" in page(signatory, "decide", last)
    post(signatory, "case_take_up", last, status=422, reason=" ")
    post(signatory, "case_take_up", last, reason="排序第四，第一名撤销")
    assert fresh(made[3]).state == State.ACCEPTED
    deadline = ground.book.reports[0].deadline
    address = (ground.round.uid, deadline)
    assert "还没有延长过" in page(city, "reporting_extension", *address)
    post(city, "reporting_extension", *address, status=422, until_on="2020-10-20", reason="x")
    given = {"scope": "licheng", "until_on": "2020-10-30", "reason": "补报空出的名额"}
    post(city, "reporting_extension", *address, **given)
    assert "补报空出的名额" in page(city, "reporting_extension", *address)
    assert "补报空出的名额" in page(officer, "round", ground.round.uid)
    assert "（已延长）" in page(officer, "reports")
