"""Odd rows of the ledger: ruled by the office that has the application, before anything is granted."""

from uuid import uuid4

import pytest
from tests.factories.applications import bind, make_application
from tests.reviews.office import fresh

from xingyun.applications import actions as applications
from xingyun.applications.models import RowPage
from xingyun.applications.queries import as_handed_in, workspace
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.evidence import queries as evidence
from xingyun.evidence.actions import InvoiceData
from xingyun.messages.models import Message
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.queries import desk
from xingyun.reviews.states import Outcome

pytestmark = pytest.mark.django_db


def odd_one(office, **more):
    """A complete draft with a group purchase, half of which is its own."""
    made = make_application(office.ground, level="star-3", authority=office.key, now=office.now)
    given = {"application": made.application, "actor": made.actor, "now": office.now}
    data = InvoiceData(
        number="77001100",
        issued_on=office.now.date().replace(month=3),
        net_fen=1_000_00,
        tax_fen=60_00,
        gross_fen=1_060_00,
        buyer="泉城集团有限公司",
        odd=("group",),
        own_fen=530_00,
        explanation="集团统一签约，按分摊表分摊",
        **more,
    )
    return made, applications.record_invoice(data=data, **given)


def prove(made, row, now):
    attachment = next(a for m in workspace(made.fresh(), now).materials for a in m.attachments)
    return applications.prove_row(
        application=made.fresh(), row=row, attachment=attachment, first=1, last=2, actor=made.actor, now=now
    )


@pytest.fixture
def made(district):
    """Handed in with a group purchase that is proved; accepted, all lists looked up."""
    made, row = odd_one(district)
    prove(made, row, district.now)
    made.application = made.fresh()
    bind(made, now=district.now)
    applications.submit(application=made.application, actor=made.actor, now=district.now)
    district.accept(made)
    district.look_up(made)
    made.row = row
    return made


def rule(office, made, fen, *, row=None, seen=None, actor=None, reason="分摊表无误"):
    return actions.rule_row(
        application=fresh(made),
        row=row or made.row.uid,
        fen=fen,
        reason=reason,
        seen=seen,
        actor=actor or office.actor(),
        now=office.now,
    )


def test_it_is_not_handed_in_without_proof(district):
    made, row = odd_one(district)
    found = workspace(made.fresh(), district.now).verdict
    [wanting] = [f for f in found.blocking if f.where == ("ledger", "invoices")]
    assert "还没有附证明" in wanting.text
    assert wanting.clause.ref == "一、1"
    assert "选定证明它的页" in wanting.remedy.zh
    page = prove(made, row, district.now)
    found = workspace(made.fresh(), district.now).verdict
    assert not [f for f in found.blocking if f.where == ("ledger", "invoices")]
    assert any("由受理单位认定" in f.text for f in found.of("judge"))
    applications.unprove_row(page=page, actor=made.actor, now=district.now)
    assert not RowPage.objects.exists()


def test_nothing_is_granted_before_it_is_ruled(district, made):
    with pytest.raises(Refused, match="1 笔特殊情况没有认定"):
        district.prepare(made, "star-3", "decide")
    steps = {s.name: s for s in desk(district.actor(), made.application.uid).steps}
    assert steps["rule"].possible
    assert "没有认定" in steps["granted"].why
    assert steps["declined"].possible
    rule(district, made, 530_00)
    assert district.prepare(made, "star-3", "decide").outcome == Outcome.GRANTED


def test_the_applicant_is_told(district, made):
    rule(district, made, 500_00)
    told = list(Message.objects.filter(about=made.application.stream).order_by("-id"))
    assert told[0].subject == "特殊情况已认定"
    assert "计入 0.05 万元，理由见台账" in told[0].body


def test_the_sums_follow(district, made):
    before = fresh(made).spend_fen
    first = rule(district, made, 500_00)
    assert fresh(made).spend_fen == before - 30_00
    assert as_handed_in(fresh(made)).ledger.counted_fen == fresh(made).spend_fen
    assert workspace(made.fresh(), district.now).ledger.counted_fen == fresh(made).spend_fen
    rule(district, made, 0, seen=first.pk, reason="没有分摊表")
    assert fresh(made).spend_fen == before - 530_00
    told = evidence.history(fresh(made).dossier, [made.row])[made.row.uid]
    assert [one.fen for one in told] == [0, 500_00]


def test_it_is_on_record_without_its_words(district, made):
    made_ruling = rule(district, made, 500_00, reason="张三说的")
    entry = Entry.objects.filter(act="row.ruled").get()
    assert entry.facts["fen"] == 500_00
    assert "张三" not in str(entry.body)
    assert made_ruling.reason == "张三说的"


def test_a_decision_stands_on_the_sums(district, made):
    first = rule(district, made, 530_00)
    decision = district.prepare(made, "star-3", "decide")
    with pytest.raises(Refused, match="先撤销决定"):
        rule(district, made, 0, seen=first.pk)
    actions.revoke(decision=decision, reason="算错", actor=district.actor(), now=district.now)
    rule(district, made, 0, seen=first.pk)


def test_a_colleague_was_faster(district, made):
    rule(district, made, 530_00)
    with pytest.raises(Conflict):
        rule(district, made, 0)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.SIGNATORY])
def test_whose_step_it_is(district, made, role):
    with pytest.raises(Refused, match="经办"):
        rule(district, made, 0, actor=district.actor(role))


def test_to_others_there_is_nothing(district, abroad, city, made):
    for office in (abroad, city):
        with pytest.raises(NotAllowed):
            rule(district, made, 0, actor=office.actor())
    with pytest.raises(NotAllowed):
        rule(district, made, 0, actor=made.actor)
    with pytest.raises(NotAllowed):
        rule(district, made, 0, row=uuid4())
    plain = next(i for i in as_handed_in(fresh(made)).ledger.invoices if not i.odd)
    with pytest.raises(NotAllowed):
        rule(district, made, 0, row=plain.uid)


def test_a_row_of_another_ledger_is_not_proved(district):
    made, _row = odd_one(district)
    _other, foreign = odd_one(district)
    with pytest.raises(NotAllowed):
        prove(made, foreign, district.now)


def test_a_file_taken_away_proves_nothing(district):
    made, row = odd_one(district)
    page = prove(made, row, district.now)
    applications.detach(attachment=page.attachment, actor=made.actor, now=district.now)
    assert not RowPage.objects.exists()


def test_what_is_handed_in_is_proved_no_more(district, made):
    with pytest.raises(Conflict):
        prove(made, made.row, district.now)
