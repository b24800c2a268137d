"""Group purchase, former names, red letters, one invoice over several contracts, foreign currency."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.evidence.test_ledger import CONTRACT, INVOICE, PAYMENT
from tests.factories.ground import Ground, make_enterprise, make_ground

from xingyun.audit.errors import Conflict, Refused
from xingyun.evidence import actions
from xingyun.evidence.actions import InvoiceData
from xingyun.evidence.models import Contract, Dossier, Invoice, Ruling
from xingyun.evidence.queries import Ledger, freeze_invoice, ledger, said, thaw_contract, thaw_invoices
from xingyun.evidence.queries.frozen import freeze_contract
from xingyun.rounds.queries import rulebook_of

DAY = date(2020, 10, 12)


@pytest.fixture
def ground(db: None, now: datetime) -> Ground:
    return make_ground(now)


@pytest.fixture
def dossier(ground: Ground) -> Dossier:
    enterprise, _actor = make_enterprise(ground, "licheng")
    return actions.open_dossier(enterprise=enterprise, round=ground.round)


@pytest.fixture
def contracts(dossier: Dossier, now: datetime) -> list[Contract]:
    return [
        actions.record_contract(dossier=dossier, data=replace(CONTRACT, number=f"QP-{n}"), now=now)
        for n in (1, 2)
    ]


def counted(dossier: Dossier) -> Ledger:
    return ledger(dossier, rulebook_of(dossier.round.edition), DAY)


def odd(*kinds: str, **more: object) -> InvoiceData:
    return replace(INVOICE, odd=kinds, explanation="集团统一签约，按用量分摊", **more)  # type: ignore[arg-type]


def enter(dossier: Dossier, data: InvoiceData, now: datetime) -> Invoice:
    return actions.record_invoice(dossier=dossier, data=data, now=now)


RED = {"net_fen": -10_00, "tax_fen": -60, "gross_fen": -10_60}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (odd("strange"), "odd"),
        (replace(odd("other"), explanation="  "), "explanation"),
        (replace(INVOICE, explanation="只写了说明"), "odd"),
        (odd("red"), "odd"),
        (replace(INVOICE, **RED), "odd"),
        (odd("group"), "buyer"),
        (replace(INVOICE, buyer="泉城集团"), "odd"),
        (odd("renamed", buyer=" "), "buyer"),
        (odd("group", buyer="泉城集团", own_fen=0), "own_fen"),
        (odd("group", buyer="泉城集团", own_fen=106_01), "own_fen"),
        (odd("shared"), "shares"),
        (odd("foreign", currency="US", foreign_sum="15", rate="7.0667"), "currency"),
        (odd("foreign", currency="CNY", foreign_sum="15", rate="7.0667"), "currency"),
        (odd("foreign", currency="USD", foreign_sum="", rate="7.0667"), "foreign_sum"),
        (odd("foreign", currency="USD", foreign_sum="15", rate="0"), "rate"),
        (odd("foreign", currency="USD", foreign_sum="15", rate="NaN"), "rate"),
        (odd("foreign", currency="USD", foreign_sum="15", rate="8"), "rate"),
        (odd("other", buyer="长" * 121), "buyer"),
    ],
)
def test_what_is_not_said_in_full(dossier: Dossier, now: datetime, data: InvoiceData, field: str) -> None:
    with pytest.raises(Refused) as caught:
        enter(dossier, data, now)
    assert caught.value.field == field
    assert not Invoice.objects.exists()


def test_only_the_own_part_of_a_group_purchase_counts(dossier: Dossier, now: datetime) -> None:
    made = enter(dossier, odd("group", buyer=" 泉城集团 ", own_fen=53_00), now)
    found = counted(dossier)
    assert (made.buyer, found.counted_fen, found.share(made)) == ("泉城集团", 53_00, 53_00)
    assert found.unruled == [made]


def test_what_is_no_longer_odd_leaves_nothing_behind(dossier: Dossier, now: datetime) -> None:
    made = enter(dossier, odd("group", "foreign", buyer="泉城集团", own_fen=53_00, currency="usd",
                              foreign_sum="15", rate="7.0667"), now)  # fmt: skip
    assert (made.odd, made.currency) == (["group", "foreign"], "USD")
    plain = replace(INVOICE, buyer=dossier.enterprise.name, currency="USD", own_fen=1, shares=())
    actions.change_invoice(invoice=made, data=plain, now=now)
    assert (made.odd, made.buyer, made.currency, made.own_fen) == ([], "", "", None)
    assert counted(dossier).counted_fen == 106_00


def test_a_red_letter_stands_where_its_original_stands(dossier: Dossier, now: datetime) -> None:
    """What takes back an invoice of last year takes nothing from this one's sum."""
    early = enter(dossier, replace(INVOICE, number="1", issued_on=date(2019, 12, 31)), now)
    this_year = enter(dossier, INVOICE, now)
    for n, original in enumerate((early, this_year)):
        enter(dossier, replace(odd("red", original=original), number=f"9{n}", **RED), now)
    found = counted(dossier)
    assert found.counted_fen == 106_00 - 10_60
    assert sorted(line.row.number for line in found.uncounted) == ["1", "90"]


def test_not_more_is_taken_back_than_there_was(dossier: Dossier, now: datetime) -> None:
    first = enter(dossier, INVOICE, now)
    whole = {"net_fen": -100_00, "tax_fen": -6_00, "gross_fen": -106_00}
    red = enter(dossier, replace(odd("red", original=first), number="9", **RED), now)
    with pytest.raises(Refused) as caught:
        enter(dossier, replace(odd("red", original=first), number="10", **whole), now)
    assert caught.value.field == "gross_fen"
    again = replace(odd("red", original=first), number="9", **whole)
    actions.change_invoice(invoice=red, data=again, now=now)
    with pytest.raises(Refused, match="红字发票 9"):
        actions.remove_invoice(invoice=first, now=now)
    actions.remove_invoice(invoice=red, now=now)
    actions.remove_invoice(invoice=first, now=now)


def test_what_is_no_invoice_of_the_ledger_can_not_be_taken_back(
    ground: Ground, dossier: Dossier, now: datetime
) -> None:
    enterprise, _actor = make_enterprise(ground, "lixia")
    other = actions.open_dossier(enterprise=enterprise, round=ground.round)
    foreign = enter(other, INVOICE, now)
    red = enter(dossier, replace(odd("red"), number="8", **RED), now)
    for original in (foreign, red):
        with pytest.raises(Refused) as caught:
            enter(dossier, replace(odd("red", original=original), number="9", **RED), now)
        assert caught.value.field == "original"


def test_one_invoice_over_two_contracts(dossier: Dossier, contracts: list[Contract], now: datetime) -> None:
    first, second = contracts
    for shares in (((first, 106_00),), ((first, 100_00), (second, 5_00)), ((first, 107_00), (second, -1_00))):
        with pytest.raises(Refused) as caught:
            enter(dossier, odd("shared", contract=first, shares=shares), now)
        assert caught.value.field == "shares"
    made = enter(dossier, odd("shared", contract=first, shares=((first, 100_00), (second, 6_00))), now)
    assert made.contract is None
    assert made.shares == [[str(first.uid), 100_00], [str(second.uid), 6_00]]
    assert counted(dossier).counted_fen == 106_00
    with pytest.raises(Refused, match=made.number):
        actions.remove_contract(contract=second, now=now)


def test_a_refund_of_a_payment_is_explained(dossier: Dossier, now: datetime) -> None:
    with pytest.raises(Refused) as caught:
        actions.record_payment(dossier=dossier, data=replace(PAYMENT, amount_fen=-1), now=now)
    assert caught.value.field == "odd"
    told = replace(PAYMENT, amount_fen=-1, odd=("red",), explanation="多付退回")
    assert actions.record_payment(dossier=dossier, data=told, now=now).odd == ["red"]


def rule(dossier: Dossier, row: Invoice, fen: int, now: datetime, seen: int | None = None) -> Ruling:
    person = _person(dossier)
    return actions.rule(
        dossier=dossier, row=row, fen=fen, reason="分摊表只到 9 月", seen=seen, person=person, now=now
    )


def _person(dossier: Dossier) -> int:
    from xingyun.registry.queries import members_of

    return members_of(dossier.enterprise_id)[0]


def test_the_sum_follows_the_ruling(dossier: Dossier, now: datetime) -> None:
    made = enter(dossier, odd("group", buyer="泉城集团", own_fen=53_00), now)
    first = rule(dossier, made, 40_00, now)
    assert (counted(dossier).counted_fen, counted(dossier).unruled) == (40_00, [])
    rule(dossier, made, 0, now, first.pk)
    found = counted(dossier)
    assert found.counted_fen == 0
    assert "分摊表只到 9 月" in found.uncounted[0].reason


def test_without_tax_a_part_is_in_proportion(dossier: Dossier, now: datetime) -> None:
    from xingyun.evidence.queries.events import invoice_events

    made = enter(dossier, odd("group", buyer="泉城集团", own_fen=53_00), now)
    [event] = invoice_events([made], {})
    assert (event.fen, event.net_fen, event.oddity) == (53_00, 50_00, "bare")
    assert invoice_events([made], {}, {made.uid})[0].oddity == "proved"


def test_a_ruling_holds_for_what_was_said_then(dossier: Dossier, now: datetime) -> None:
    made = enter(dossier, odd("group", buyer="泉城集团"), now)
    rule(dossier, made, 40_00, now)
    actions.change_invoice(invoice=made, data=odd("group", buyer="泉城集团", own_fen=50_00), now=now)
    found = counted(dossier)
    assert (found.counted_fen, found.unruled) == (50_00, [made])


@pytest.mark.parametrize(
    ("fen", "reason", "field"),
    [(-1, "理由", "fen"), (106_01, "理由", "fen"), (1, " ", "reason"), (1, "长" * 501, "reason")],
)
def test_rulings_that_can_not_be(dossier: Dossier, now: datetime, fen: int, reason: str, field: str) -> None:
    made = enter(dossier, odd("other"), now)
    with pytest.raises(Refused) as caught:
        actions.rule(
            dossier=dossier, row=made, fen=fen, reason=reason, seen=None, person=_person(dossier), now=now
        )
    assert caught.value.field == field


def test_a_colleague_has_ruled_meanwhile(dossier: Dossier, now: datetime) -> None:
    made = enter(dossier, odd("other"), now)
    rule(dossier, made, 1, now)
    with pytest.raises(Conflict):
        rule(dossier, made, 2, now)


def test_what_is_frozen_says_the_same_when_it_is_read_again(
    dossier: Dossier, contracts: list[Contract], now: datetime
) -> None:
    first, second = contracts
    enter(dossier, odd("shared", shares=((first, 100_00), (second, 6_00))), now)
    blue = enter(dossier, replace(INVOICE, number="2", contract=first), now)
    enter(dossier, replace(odd("red", original=blue), number="3", **RED), now)
    rows = list(counted(dossier).invoices)
    plain = [freeze_invoice(row) for row in rows]
    back = thaw_invoices(plain, {str(c.uid): thaw_contract(freeze_contract(c)) for c in contracts})
    assert [freeze_invoice(row) for row in back] == plain
    assert [said(row) for row in back] == [said(row) for row in rows]


def test_what_was_frozen_before_there_were_kinds(dossier: Dossier, now: datetime) -> None:
    plain = freeze_invoice(enter(dossier, INVOICE, now))
    for name in ("buyer", "odd", "own_fen", "shares", "currency", "foreign_sum", "rate", "original"):
        del plain[name]
    [row] = thaw_invoices([plain], {})
    assert (row.odd, row.shares, row.own_fen, row.original) == ([], [], None, None)
