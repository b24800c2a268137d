"""The way of an application through the pages of the offices, from the queue to the announcement."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories.applications import make_application
from tests.factories.ground import make_ground

from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.registry.models import Title
from xingyun.results.models import Notice, Objection
from xingyun.reviews.models import Decision, Minutes, Report
from xingyun.reviews.states import ReportState
from xingyun.rounds.queries import rulebook_of
from xingyun.web.officials import paging

pytestmark = pytest.mark.django_db
HOME = "licheng"


@pytest.fixture
def ground(db, now):
    """Three places to decide and one to recommend in HOME."""
    return make_ground(now, rosters={HOME: 100})


def submitted(ground, level="star-3", authority=HOME):
    return make_application(ground, state="submitted", level=level, authority=authority).application


def scan(name="scan.pdf"):
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.save(out)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


def state(application):
    return Application.objects.values_list("state", flat=True).get(pk=application.pk)


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def post(client, name, *args, status=302, **fields):
    answer = client.post(reverse(name, args=args), fields)
    assert answer.status_code == status, re.sub(r"<[^>]+>", " ", answer.content.decode())[:1500]
    return answer


class Hands:
    """The three hands of an office, and its minutes."""

    def __init__(self, sign_in, key):
        self.preparer = sign_in(key, "preparer")
        self.reviewer = sign_in(key, "reviewer")
        self.signatory = sign_in(key, "signatory")

    def accept(self, application):
        """Accepted, and every list looked up."""
        post(self.preparer, "case_accept", application.uid)
        for rule in rulebook_of(application.edition).outside_checks:
            given = {
                "found": "clear",
                "source": rule.source or rule.label,
                "looked_up_on": "2020-10-11",
                "seen": "",
            }
            post(self.preparer, "case_check", application.uid, rule.key, **given)

    def meet(self, number="局长办公会〔2020〕3号"):
        post(self.preparer, "minutes", number=number, held_on="2020-10-10", file=scan())
        return Minutes.objects.get(number=number).pk

    def decide(self, application, level, kind, minutes, outcome="granted", reason=""):
        given = {"level": level, "kind": kind, "outcome": outcome, "reason": reason}
        post(self.preparer, "decision_prepare", application.uid, **given)
        decision = Decision.objects.get(application=application, level=level, kind=kind)
        post(self.reviewer, "decision_review", application.uid, decision.pk)
        post(self.signatory, "decision_sign", application.uid, decision.pk, minutes=minutes)
        return decision


@pytest.fixture
def home(ground, sign_in):
    return Hands(sign_in, HOME)


@pytest.fixture
def top(ground, sign_in):
    return Hands(sign_in, "city")


def test_from_the_queue_to_the_announcement(ground, home, top, sign_in, auditor, at):
    three, four = submitted(ground), submitted(ground, "star-4")
    assert three.enterprise.name in page(home.preparer, "queue", state="submitted")
    assert "2" in page(home.preparer, "todo")
    for one in (three, four):
        assert "不予受理" in page(home.preparer, "desk", one.uid)
        home.accept(one)
    minutes = home.meet()
    assert "名额" in page(home.preparer, "decide", four.uid)
    home.decide(three, "star-3", "decide", minutes)
    home.decide(four, "star-3", "decide", minutes)
    home.decide(four, "star-4", "recommend", minutes)
    post(home.preparer, "report_draft", authority=HOME)
    report = Report.objects.get()
    assert "请会签" in page(sign_in(HOME, "countersigner"), "report", report.uid)
    assert home.preparer.get(reverse("report_page", args=[report.uid, 1])).status_code == 200
    post(home.preparer, "report_send", report.uid, status=422)
    post(sign_in(HOME, "countersigner"), "report_countersign", report.uid)
    post(home.preparer, "report_send", report.uid)
    assert "请接收" in page(top.preparer, "report", report.uid)
    post(top.preparer, "report_receive", report.uid)
    assert state(four) == State.EVALUATING
    city = top.meet("市局纪要〔2020〕7号")
    assert "还有 1 份没有评定完" in page(top.preparer, "office_notices")
    top.decide(four, "star-4", "decide", city, "declined", "核心业务系统上云不足")
    assert "2020年10月12日至2020年10月16日" in page(top.preparer, "office_notices")
    post(top.preparer, "notice_publish")
    notice = Notice.objects.get()
    assert three.enterprise.name in page(top.preparer, "office_notice", notice.uid)
    post(top.preparer, "notice_announce", notice.uid, status=422)
    at((notice.closes + timedelta(hours=1)).isoformat())
    post(top.preparer, "notice_announce", notice.uid)
    assert sorted(Title.objects.values_list("level", flat=True)) == ["star-3", "star-3"]
    assert "前后相连" in page(auditor, "case_record", four.uid)
    assert "前后相连" in page(auditor, "report_record", report.uid)
    assert "前后相连" in page(auditor, "round_record", ground.round.uid)


def test_an_objection_that_is_upheld_strikes_the_name(ground, home, top):
    from xingyun.registry.actors import ANONYMOUS
    from xingyun.results import actions
    from xingyun.results.models import NoticeLine

    three, other = submitted(ground), submitted(ground)
    minutes = home.meet()
    for one in (three, other):
        home.accept(one)
        home.decide(one, "star-3", "decide", minutes)
    post(home.preparer, "report_draft", authority=HOME)
    report = Report.objects.get()
    sealed = {
        "number": "历工信〔2020〕9号",
        "dated_on": "2020-10-12",
        "signatories": "甲某、乙某",
        "scan": scan(),
    }
    post(home.preparer, "report_offline", report.uid, **sealed)
    post(home.preparer, "report_send", report.uid)
    post(top.preparer, "report_receive", report.uid)
    post(top.preparer, "notice_publish")
    line = NoticeLine.objects.get(application=three)
    said = {
        "name": "丙某",
        "contact": "13900000000",
        "channel": "online",
        "text": "<script>alert(1)</script>",
    }
    objection = actions.raise_objection(line=line, actor=ANONYMOUS, now=ground.now, **said)
    shown = page(top.preparer, "office_notice", line.notice.uid)
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
    assert top.preparer.get(reverse("office_objection", args=[objection.uid])).status_code == 302
    post(top.preparer, "objection_decide", objection.uid, status=422, outcome="查实")
    post(top.preparer, "objection_decide", objection.uid, outcome="查实", upheld="yes")
    assert Objection.objects.get().state == "upheld"
    assert (state(three), state(other)) == (State.NOT_AWARDED, State.PROPOSED)


def test_a_return_takes_as_many_defects_as_there_are(ground, home):
    application = submitted(ground)
    fields = [f"form:{f.key}" for f in ground.book.form.fields][:8]
    rows = {"place": fields, "clause": ["二、1"] * 8, "text": [f"请改第{n}处" for n in range(8)]}
    more = post(home.preparer, "case_return", application.uid, status=200, due="2020-10-16", more="1", **rows)
    shown = more.content.decode()
    assert all(text in shown for text in rows["text"])
    assert shown.count('name="text"') == 14
    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    post(home.preparer, "case_return", application.uid, due="2020-10-16", **rows)
    application.refresh_from_db()
    assert len(application.unlocked) == 8


def test_returning_with_all_defects_at_once(ground, home):
    application = submitted(ground)
    shown = page(home.preparer, "case_return", application.uid)
    assert "一次告知" in shown
    rows = {
        "place": ["form:scope", "", "ledger"],
        "clause": ["二、1", "", ""],
        "text": ["请改", "", "请补发票"],
    }
    bad = post(home.preparer, "case_return", application.uid, status=422, due="2020-10-16", **rows)
    assert "请补发票" in bad.content.decode(), "nothing typed is lost"
    rows["clause"][2] = "二、3"
    post(home.preparer, "case_return", application.uid, status=422, due="", **rows)
    post(home.preparer, "case_return", application.uid, due="2020-10-16", **rows)
    application.refresh_from_db()
    assert (application.state, application.unlocked) == (State.RETURNED, ["form:scope", "ledger"])
    assert application.due.isoformat() == "2020-10-16T16:00:00+00:00"
    assert "请补发票" in page(home.preparer, "desk", application.uid)
    assert (
        home.preparer.get(reverse("desk_paper", args=[application.uid, "return_notice"])).status_code == 200
    )


def test_refusing_needs_reason_and_clause(ground, home):
    application = submitted(ground)
    assert "本年度不能再申报" in page(home.preparer, "case_refuse", application.uid)
    post(home.preparer, "case_refuse", application.uid, status=422, reason="注册地不在本市")
    post(home.preparer, "case_refuse", application.uid, reason="注册地不在本市", clause="一、1")
    assert state(application) == State.NOT_ACCEPTED


@pytest.mark.parametrize(("name", "field"), [("case_refuse", "reason"), ("case_return", "due")])
def test_who_may_not_is_told_and_shown_no_form(ground, home, auditor, name, field):
    """Unless he had typed already when another was faster."""
    application = submitted(ground)
    assert f'name="{field}"' in page(home.preparer, name, application.uid)
    assert f'name="{field}"' not in page(auditor, name, application.uid)
    home.accept(application)
    assert f'name="{field}"' not in page(home.preparer, name, application.uid)
    late = {"reason": "注册地不在本市", "clause": "一、1", "due": "2020-10-16", "more": "1"}
    kept = home.preparer.post(reverse(name, args=[application.uid]), late).content.decode()
    assert f'name="{field}"' in kept


def test_what_waits_is_listed_in_the_order_in_which_it_can_be_signed(ground, home):
    """However many there are: what the upper level stands on is never on a later page."""
    four, three = submitted(ground, "star-4"), submitted(ground)
    for one in (four, three):
        home.accept(one)
    for one, level, kind in (
        (four, "star-3", "decide"),
        (four, "star-4", "recommend"),
        (three, "star-3", "decide"),
    ):
        post(home.preparer, "decision_prepare", one.uid, level=level, kind=kind, outcome="granted")
    walked, after = [], ""
    while not walked or after:
        seen = paging.by_rank(Decision.objects.filter(revoked_at=None), after, size=1)
        walked += [(d.level, d.application_id) for d in seen.rows]
        after = seen.after
    assert walked == [("star-3", four.pk), ("star-3", three.pk), ("star-4", four.pk)]
    shown = page(home.reviewer, "decisions", waiting="review")
    ticks = re.findall(r'name="decision" value="(\d+)"', shown)
    assert [Decision.objects.get(pk=pk).level for pk in ticks] == ["star-3", "star-3", "star-4"]


def test_the_same_hand_never_twice_and_the_full_line_tells(ground, home, sign_in):
    ones = [submitted(ground) for _n in range(4)]
    for one in ones:
        home.accept(one)
    for one in ones[:3]:
        post(home.preparer, "decision_prepare", one.uid, level="star-3", kind="decide", outcome="granted")
    decision = Decision.objects.first()
    post(home.preparer, "decision_review", ones[0].uid, decision.pk, status=422)
    full = page(home.preparer, "decide", ones[3].uid)
    assert "名额已满" in full
    post(
        home.preparer,
        "decision_prepare",
        ones[3].uid,
        status=422,
        level="star-3",
        kind="decide",
        outcome="granted",
    )
    assert "待您复核" in page(home.reviewer, "decisions", waiting="review")
    chosen = list(Decision.objects.values_list("pk", flat=True))
    post(home.reviewer, "decisions_review", decision=chosen)
    minutes = home.meet()
    post(home.signatory, "decisions_sign", status=422, decision=chosen)
    post(home.signatory, "decisions_sign", decision=chosen, minutes=minutes)
    assert Decision.objects.filter(signed_at=None).count() == 0
    post(home.signatory, "decision_revoke", ones[0].uid, decision.pk, status=422, reason=" ")
    post(home.signatory, "decision_revoke", ones[0].uid, decision.pk, reason="名单有误")
    assert "名单有误" in page(home.preparer, "decide", ones[0].uid)


def test_a_report_goes_back_and_comes_again(ground, home, top, sign_in):
    application = submitted(ground)
    home.accept(application)
    home.decide(application, "star-3", "decide", home.meet())
    post(home.preparer, "report_draft", authority=HOME)
    report = Report.objects.get()
    finance = sign_in(HOME, "countersigner")
    post(finance, "report_back", report.uid, status=422, reason="")
    post(finance, "report_back", report.uid, reason="汇总表少一行")
    assert "汇总表少一行" in page(home.preparer, "report", report.uid)
    post(finance, "report_countersign", report.uid)
    post(home.preparer, "report_send", report.uid)
    post(top.preparer, "report_return", report.uid, reason="缺附件")
    report.refresh_from_db()
    assert report.state == ReportState.RETURNED
    assert state(application) == State.ACCEPTED
    assert "缺附件" in page(home.preparer, "report", report.uid)
    assert "被退回" in page(home.preparer, "todo")


def test_disqualifying_is_the_signatorys(ground, home):
    application = submitted(ground)
    address = "case_disqualify"
    assert "签发" in page(home.preparer, address, application.uid)
    post(home.preparer, address, application.uid, status=422, reason="造假", clause="四")
    post(home.signatory, address, application.uid, status=422, reason="", clause="四")
    post(home.signatory, address, application.uid, reason="发票系伪造", clause="四")
    assert state(application) == State.DISQUALIFIED


def test_pages_of_evidence_stand_beside_their_domain(ground, home, stranger, applicant, auditor):
    from xingyun.applications.models import Attachment

    application = submitted(ground)
    domain = ground.book.domains[0].key
    shown = page(home.preparer, "desk", application.uid, at=f"domain:{domain}")
    attachment = Attachment.objects.filter(application=application).first()
    drawn = reverse("desk_file_page", args=[application.uid, attachment.uid, 1])
    assert drawn in shown
    for name in ("form", "ledger", "book", "scan", "nothing"):
        page(home.preparer, "desk", application.uid, at=name)
    original = reverse("desk_file", args=[application.uid, attachment.uid])
    paper = reverse("desk_paper_page", args=[application.uid, "scan", 1])
    doors = ((home.preparer, 200), (auditor, 200), (stranger, 404), (applicant, 404), (Client(), 302))
    for client, status in doors:
        for address in (drawn, original, paper):
            assert client.get(address).status_code == status
    assert (
        home.preparer.get(reverse("desk_file_page", args=[application.uid, attachment.uid, 99])).status_code
        == 404
    )
