"""Findings of an application: seen and ruled by the office that has it, what is shared by officials alone."""

import json
from datetime import date, timedelta

import pytest
from tests.factories.applications import hand_in, make_application, pdf
from tests.reviews.office import fresh

from xingyun.applications import actions as applications
from xingyun.applications.actions.checking import CHECK, have_checked
from xingyun.applications.models import Attachment
from xingyun.applications.queries.subject import subject
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.evidence import actions as evidence
from xingyun.evidence.actions import InvoiceData
from xingyun.evidence.checks import run_all
from xingyun.evidence.models import Finding
from xingyun.evidence.queries import own_findings
from xingyun.jobs.models import Job
from xingyun.messages.models import Message, Outbox
from xingyun.registry.states import Role
from xingyun.reviews import actions, queries
from xingyun.reviews.actions import DefectData

pytestmark = pytest.mark.django_db
TEXT = (
    "公司把生产执行、仓储和质量三套系统迁到云上，车间的数据每五分钟汇总一次。"
    "上云以后停机时间少了四成，换型准备从两小时降到四十分钟。财务和采购也在云上办理。"
)


def handed_in(office, text=TEXT):
    """Handed in, with a long text, a file and an invoice that others have as well."""
    made = make_application(office.ground, authority=office.key, now=office.now)
    given = {"actor": made.actor, "now": office.now}
    draft = made.fresh()
    seen = {"scope": applications.digest(draft.answers["scope"])}
    applications.save_section(application=draft, values={"scope": text}, seen=seen, **given)
    shared = pdf("shared", 1, office.now)
    applications.attach(
        application=made.fresh(), file=shared, name="截图.pdf", material="screenshots", **given
    )
    data = InvoiceData(code="3700194130", number="77001100", issued_on=date(2020, 3, 2), net_fen=100_00,
                       tax_fen=6_00, gross_fen=106_00)  # fmt: skip
    applications.record_invoice(application=made.fresh(), data=data, **given)
    made.application = made.fresh()
    hand_in(made, now=office.now)
    made.application = made.fresh()
    return made


@pytest.fixture
def pair(district, abroad, work):
    """Two of different districts that have text, file and invoice in common; all checked."""
    made = handed_in(district), handed_in(abroad)
    work()
    return made


def of(made, *, across=True):
    return Finding.objects.filter(dossier=made.application.dossier, across=across, gone_at=None)


def test_both_are_told_of_each_other(pair):
    first, second = pair
    for mine, theirs in ((first, second), (second, first)):
        found = {one.check_key: one for one in of(mine)}
        assert set(found) == {"same-invoice", "same-file", "copied-text"}
        assert all(one.other_id == theirs.application.dossier_id for one in found.values())
        assert found["copied-text"].beside["sentences"]
    assert not Job.objects.filter(kind=CHECK, state__in=("queued", "running")).exists()


def test_done_again_it_is_the_same(pair, work, district):
    before = list(Finding.objects.order_by("id").values_list("id", "fingerprint", "found_at"))
    for made in pair:
        have_checked(application=made.application, now=district.now)
    work()
    assert list(Finding.objects.order_by("id").values_list("id", "fingerprint", "found_at")) == before


def test_drafts_are_compared_with_nobody(district, work):
    handed_in(district)
    draft = make_application(district.ground, authority=district.key, now=district.now)
    applications.attach(
        application=draft.fresh(), file=pdf("shared", 1, district.now), name="x.pdf", material="screenshots",
        actor=draft.actor, now=district.now,
    )  # fmt: skip
    work()
    assert not Finding.objects.filter(across=True).exists()


def test_the_applicant_is_told_of_its_own_only(pair, work):
    first, second = pair
    own = list(own_findings(first.application.dossier))
    assert own
    assert not [one for one in own if one.across]
    told = json.dumps(list(Message.objects.values("subject", "body")), ensure_ascii=False)
    told += json.dumps(list(Outbox.objects.values("subject", "body")), ensure_ascii=False)
    assert "相同" not in told
    assert not [one for one in own if second.enterprise.name in one.zh]


def test_what_the_desk_shows(district, pair):
    first, second = pair
    found = queries.desk(district.actor(), first.application.uid)
    doubts = queries.doubts(district.actor(), found.workspace, found.findings)
    laid_out = {one.finding.check_key: one for one in doubts}
    shared = laid_out["same-file"]
    assert shared.mine.name == "截图.pdf"
    assert shared.other.number == second.application.number
    assert (shared.seen, shared.theirs) == (False, None)


def test_who_may_see_both_sees_both(district, work):
    first, second = handed_in(district), handed_in(district)
    work()
    found = queries.desk(district.actor(), first.application.uid)
    doubts = queries.doubts(district.actor(), found.workspace, found.findings)
    laid_out = {one.finding.check_key: one for one in doubts}
    assert laid_out["same-file"].seen
    assert laid_out["same-file"].theirs == Attachment.objects.get(
        application=second.application, file=laid_out["same-file"].finding.file
    )


def rule(office, made, finding, *, status="justified", reason="集团内同一套系统", seen="open", actor=None):
    return actions.rule_finding(
        application=fresh(made), finding=finding.pk, status=status, reason=reason, seen=seen,
        actor=actor or office.actor(), now=office.now,
    )  # fmt: skip


def test_ruled_it_stays_ruled(district, pair, work):
    first, _second = pair
    finding = of(first).get(check_key="same-file")
    rule(district, first, finding)
    have_checked(application=first.application, now=district.now)
    work()
    finding.refresh_from_db()
    assert (finding.status, finding.reason, finding.gone_at) == ("justified", "集团内同一套系统", None)
    entry = Entry.objects.get(act="finding.ruled")
    assert entry.facts["status"] == "justified"
    assert "集团" not in str(entry.body)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"status": "open"}, "status"), ({"status": "x"}, "status"), ({"reason": " "}, "reason"),
     ({"reason": "长" * 501}, "reason")],
)  # fmt: skip
def test_rulings_that_can_not_be(district, pair, given, field):
    with pytest.raises(Refused) as caught:
        rule(district, pair[0], of(pair[0]).first(), **given)
    assert caught.value.field == field


def test_a_colleague_was_faster(district, pair):
    finding = of(pair[0]).first()
    rule(district, pair[0], finding)
    with pytest.raises(Conflict):
        rule(district, pair[0], finding)
    rule(district, pair[0], finding, status="confirmed", seen="justified")


def test_to_others_there_is_nothing(district, abroad, city, pair):
    first, second = pair
    finding = of(first).first()
    for actor in (abroad.actor(), city.actor(), first.actor, second.actor):
        with pytest.raises(NotAllowed):
            rule(district, first, finding, actor=actor)
    with pytest.raises(NotAllowed):
        rule(district, first, of(second).first())
    with pytest.raises(Refused, match="经办"):
        rule(district, first, finding, actor=district.actor(Role.REVIEWER))


def test_what_is_being_mended_is_not_an_offices_yet(district, pair, work):
    first, _second = pair
    before = {one.pk for one in queries.desk(district.actor(), first.application.uid).findings}
    actions.return_for_correction(
        application=fresh(first), defects=[DefectData(place="ledger", clause="一、1", text="请核对")],
        due=district.now + timedelta(days=5), actor=district.actor(), now=district.now,
    )  # fmt: skip
    later = district.now + timedelta(hours=1)
    data = InvoiceData(number="9", issued_on=date(2020, 3, 2), net_fen=1_00, tax_fen=0, gross_fen=1_00)
    applications.record_invoice(application=first.fresh(), data=data, actor=first.actor, now=later)
    evidence.record_findings(
        dossier=first.application.dossier, found=list(run_all(subject(first.fresh(), later))), now=later
    )
    assert own_findings(first.application.dossier).filter(found_at=later).exists()
    after = {one.pk for one in queries.desk(district.actor(), first.application.uid).findings}
    assert after == before
