"""Contracts and invoices: what is refused and why, and what counts."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.factories.ground import Ground, make_enterprise, make_ground

from xingyun.audit.errors import Conflict, Refused
from xingyun.evidence import actions
from xingyun.evidence.actions import ContractData, InvoiceData, PaymentData
from xingyun.evidence.models import Dossier, Invoice
from xingyun.evidence.queries import ledger, tally
from xingyun.rulebook import Rulebook
from xingyun.rulebook.schema.conditions import Spend

CONTRACT = ContractData(
    number="QP-2020-0117",
    title="云服务器",
    seller="泉畔云数据服务有限公司",
    signed_on=date(2020, 1, 6),
    amount_fen=642_000_00,
    deployment="public",
    says_cloud=True,
)
INVOICE = InvoiceData(
    number="12840663",
    code="037002000111",
    issued_on=date(2020, 1, 1),
    net_fen=100_00,
    tax_fen=6_00,
    gross_fen=106_00,
)


@pytest.fixture
def ground(db: None, now: datetime) -> Ground:
    return make_ground(now)


@pytest.fixture
def dossier(ground: Ground) -> Dossier:
    enterprise, _actor = make_enterprise(ground, "licheng")
    return actions.open_dossier(enterprise=enterprise, round=ground.round)


def test_one_dossier_however_often_it_is_asked_for(dossier: Dossier) -> None:
    again = actions.open_dossier(enterprise=dossier.enterprise, round=dossier.round)
    assert again.pk == dossier.pk


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "  "}, "number"),
        ({"title": ""}, "title"),
        ({"seller": "长" * 121}, "seller"),
        ({"seller_uscc": "91370112MA3NKG7T2Z"}, "seller_uscc"),
        ({"signed_on": date(2020, 10, 13)}, "signed_on"),
        ({"starts_on": date(2020, 3, 2), "ends_on": date(2020, 3, 1)}, "ends_on"),
        ({"amount_fen": -1}, "amount_fen"),
        ({"amount_fen": 10**16}, "amount_fen"),
        ({"deployment": "fog"}, "deployment"),
    ],
)
def test_contracts_that_can_not_be(
    dossier: Dossier, now: datetime, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as caught:
        actions.record_contract(dossier=dossier, data=replace(CONTRACT, **change), now=now)  # type: ignore[arg-type]
    assert caught.value.field == field
    assert not ledger(dossier, _book(dossier), date(2020, 10, 12)).contracts


def _book(dossier: Dossier):  # type: ignore[no-untyped-def]  # the rulebook
    from xingyun.rounds.queries import rulebook_of

    return rulebook_of(dossier.round.edition)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "12-34"}, "number"),
        ({"code": "1" * 13}, "code"),
        ({"gross_fen": 107_00}, "gross_fen"),
        ({"issued_on": date(2021, 1, 1)}, "issued_on"),
        ({"net_fen": -100_00, "tax_fen": -6_00, "gross_fen": -106_00}, "odd"),
    ],
)
def test_invoices_that_can_not_be(
    dossier: Dossier, now: datetime, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as caught:
        actions.record_invoice(dossier=dossier, data=replace(INVOICE, **change), now=now)  # type: ignore[arg-type]
    assert caught.value.field == field


def test_a_contract_number_stands_once_until_it_is_removed(dossier: Dossier, now: datetime) -> None:
    first = actions.record_contract(dossier=dossier, data=CONTRACT, now=now)
    with pytest.raises(Refused) as caught:
        actions.record_contract(dossier=dossier, data=CONTRACT, now=now)
    assert caught.value.field == "number"
    actions.remove_contract(contract=first, now=now)
    actions.record_contract(dossier=dossier, data=CONTRACT, now=now)


def test_what_somebody_removed_is_told(dossier: Dossier, now: datetime) -> None:
    contract = actions.record_contract(dossier=dossier, data=CONTRACT, now=now)
    invoice = actions.record_invoice(dossier=dossier, data=replace(INVOICE, contract=contract), now=now)
    actions.remove_contract(contract=contract, now=now)
    invoice.refresh_from_db()
    assert invoice.contract is None
    with pytest.raises(Conflict):
        actions.change_contract(contract=contract, data=CONTRACT, now=now)
    actions.remove_invoice(invoice=invoice, now=now)
    with pytest.raises(Conflict):
        actions.change_invoice(invoice=invoice, data=INVOICE, now=now)


def test_changing_replaces(dossier: Dossier, now: datetime) -> None:
    contract = actions.record_contract(dossier=dossier, data=CONTRACT, now=now)
    actions.change_contract(contract=contract, data=replace(CONTRACT, amount_fen=1), now=now)
    invoice = actions.record_invoice(dossier=dossier, data=INVOICE, now=now)
    actions.change_invoice(invoice=invoice, data=replace(INVOICE, number=" 12840 664 "), now=now)
    found = ledger(dossier, _book(dossier), date(2020, 10, 12))
    assert (found.contracts_fen, found.invoices[0].number) == (1, "12840664")


def test_what_counts(dossier: Dossier, now: datetime) -> None:
    """The first day counts, the one before doesn't; an invoice entered twice counts once."""
    early = replace(INVOICE, number="1", issued_on=date(2019, 12, 31))
    red = replace(
        INVOICE,
        number="2",
        net_fen=-10_00,
        tax_fen=-60,
        gross_fen=-10_60,
        odd=("red",),
        explanation="冲销 12840663 部分",
    )
    for data in (INVOICE, INVOICE, early, red):
        actions.record_invoice(dossier=dossier, data=data, now=now)
    found = ledger(dossier, _book(dossier), date(2020, 10, 12))
    assert found.counted_fen == 106_00 - 10_60
    assert sorted(line.row.number for line in found.uncounted) == ["1", "12840663"]
    assert [line.twice for line in found.uncounted if line.row.number == "12840663"] == [True]
    assert all(line.clause == "一、1" for line in found.uncounted)


def test_an_invoice_of_another_ledgers_contract(ground: Ground, dossier: Dossier, now: datetime) -> None:
    enterprise, _actor = make_enterprise(ground, "licheng")
    other = actions.open_dossier(enterprise=enterprise, round=ground.round)
    foreign = actions.record_contract(dossier=other, data=CONTRACT, now=now)
    with pytest.raises(Refused):
        actions.record_invoice(dossier=dossier, data=replace(INVOICE, contract=foreign), now=now)


PAYMENT = PaymentData(number="2020 0315 0007", paid_on=date(2020, 3, 15), amount_fen=106_00)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": " "}, "number"),
        ({"paid_on": date(2020, 10, 13)}, "paid_on"),
        ({"amount_fen": 0}, "amount_fen"),
        ({"amount_fen": 10**16}, "amount_fen"),
        ({"amount_fen": -1}, "odd"),
        ({"payee": "长" * 121}, "payee"),
    ],
)
def test_payments_that_can_not_be(
    dossier: Dossier, now: datetime, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as caught:
        actions.record_payment(dossier=dossier, data=replace(PAYMENT, **change), now=now)  # type: ignore[arg-type]
    assert caught.value.field == field
    assert not ledger(dossier, _book(dossier), date(2020, 10, 12)).payments


def test_a_payment_is_entered_changed_and_taken_out(dossier: Dossier, now: datetime) -> None:
    payment = actions.record_payment(dossier=dossier, data=PAYMENT, now=now)
    assert payment.number == "202003150007"
    refund = replace(PAYMENT, amount_fen=-100, odd=("red",), explanation="退回多付的部分")
    actions.change_payment(payment=payment, data=refund, now=now)
    assert ledger(dossier, _book(dossier), date(2020, 10, 12)).payments[0].amount_fen == -100
    actions.remove_payment(payment=payment, now=now)
    assert not ledger(dossier, _book(dossier), date(2020, 10, 12)).payments
    with pytest.raises(Conflict):
        actions.change_payment(payment=payment, data=PAYMENT, now=now)
    with pytest.raises(Conflict):
        actions.remove_payment(payment=payment, now=now)


def test_a_payment_for_a_contract_of_another_ledger_is_refused(
    dossier: Dossier, ground: Ground, now: datetime
) -> None:
    enterprise, _actor = make_enterprise(ground, "lixia")
    other = actions.open_dossier(enterprise=enterprise, round=ground.round)
    foreign = actions.record_contract(dossier=other, data=CONTRACT, now=now)
    with pytest.raises(Refused) as caught:
        actions.record_payment(dossier=dossier, data=replace(PAYMENT, contract=foreign), now=now)
    assert caught.value.field == "contract"


def counting(book: Rulebook, **change: object) -> Rulebook:
    """The same rulebook, whose spend is counted otherwise."""
    conditions = tuple(replace(c, **change) if isinstance(c, Spend) else c for c in book.conditions)  # type: ignore[arg-type]
    return replace(book, conditions=conditions)


def test_where_payments_count_invoices_do_not(dossier: Dossier, now: datetime) -> None:
    actions.record_invoice(dossier=dossier, data=INVOICE, now=now)
    for day, fen in ((date(2020, 3, 15), 500_00), (date(2020, 3, 15), 500_00), (date(2019, 12, 31), 7_00)):
        data = replace(PAYMENT, paid_on=day, amount_fen=fen)
        actions.record_payment(dossier=dossier, data=data, now=now)
    found = ledger(dossier, counting(_book(dossier), event="payment"), date(2020, 10, 12))
    assert (found.counted, found.counted_fen, found.size) == (1, 500_00, 4)
    assert [(line.twice, line.fen) for line in found.uncounted] == [(False, 7_00), (True, 500_00)]


def test_where_contracts_count_their_sums_do(dossier: Dossier, now: datetime) -> None:
    actions.record_contract(dossier=dossier, data=CONTRACT, now=now)
    early = replace(CONTRACT, number="2", signed_on=date(2019, 12, 31))
    actions.record_contract(dossier=dossier, data=early, now=now)
    found = ledger(dossier, counting(_book(dossier), event="contract"), date(2020, 10, 12))
    assert (found.counted, found.counted_fen) == (1, CONTRACT.amount_fen)
    assert [line.row.number for line in found.uncounted] == ["2"]


def test_where_no_spend_is_asked_for_nothing_counts(dossier: Dossier, now: datetime) -> None:
    actions.record_invoice(dossier=dossier, data=INVOICE, now=now)
    book = replace(_book(dossier), conditions=())
    found = ledger(dossier, book, date(2020, 10, 12))
    assert (found.counted, found.counted_fen, found.uncounted) == (0, 0, ())


EDGES = [
    # from, its day counts, to, its day counts, date of the invoice, why it does not count
    (date(2020, 1, 1), True, "open", True, date(2019, 12, 31), "早于 2020-01-01，不计入，也不影响申报。"),
    (date(2020, 1, 1), True, "open", True, date(2030, 1, 1), None),
    (date(2020, 1, 1), False, "open", True, date(2020, 1, 1), "不晚于 2020-01-01，不计入，也不影响申报。"),
    (None, True, "submission", True, date(2000, 1, 1), None),
    (None, True, "submission", True, date(2020, 10, 13), "晚于 2020-10-12，不计入。"),
    (None, True, date(2020, 6, 30), True, date(2020, 6, 30), None),
    (None, True, date(2020, 6, 30), True, date(2020, 7, 1), "晚于 2020-06-30，不计入。"),
    (None, True, date(2020, 6, 30), False, date(2020, 6, 30), "不早于 2020-06-30，不计入。"),
]


@pytest.mark.parametrize(("first", "first_in", "last", "last_in", "on", "reason"), EDGES)
def test_every_end_of_the_span(
    ground: Ground,
    first: date | None,
    first_in: bool,
    last: date | str,
    last_in: bool,
    on: date,
    reason: str | None,
) -> None:
    edges = {"from_": first, "from_inclusive": first_in, "to": last, "to_inclusive": last_in}
    invoice = Invoice(number="1", issued_on=on, net_fen=100, tax_fen=6, gross_fen=106)
    found = tally((), (invoice,), (), counting(ground.book, **edges), date(2020, 10, 12))
    assert [line.reason for line in found.uncounted] == ([reason] if reason else [])
    assert found.counted_fen == (0 if reason else 106)
