"""Each check on a dossier that shows what it looks for, and on one that does not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.evidence.test_ledger import CONTRACT, INVOICE
from tests.factories.applications import pdf
from tests.factories.ground import Ground, make_enterprise, make_ground

from xingyun.evidence import actions
from xingyun.evidence.checks import CHECKS, Check, Found, Held, Holder, Others, Subject, by_key, run_all
from xingyun.evidence.models import Dossier, Finding, PageLook, Reading
from xingyun.evidence.queries import ledger
from xingyun.registry import actions as registry
from xingyun.registry.actors import SYSTEM
from xingyun.registry.models import Provider
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import uscc

DAY = date(2020, 10, 12)
OTHER_CODE = "91370100MA3C00001X"
GOOD = replace(INVOICE, code="3700194130", number="12840663", issued_on=date(2020, 3, 2))


@pytest.fixture
def ground(db: None, now: datetime) -> Ground:
    return make_ground(now)


def open_one(ground: Ground) -> Dossier:
    enterprise, _actor = make_enterprise(ground, "licheng")
    return actions.open_dossier(enterprise=enterprise, round=ground.round)


@pytest.fixture
def dossier(ground: Ground) -> Dossier:
    return open_one(ground)


@pytest.fixture
def other(ground: Ground) -> Dossier:
    return open_one(ground)


@pytest.fixture
def held(now: datetime) -> Held:
    return Held(uid=uuid4(), file=pdf("held", 1, now), name="发票.pdf", slot="invoices", clause="二、3")


def told(dossier: Dossier, **more: Any) -> Subject:
    book = rulebook_of(dossier.round.edition)
    return Subject(dossier=dossier, rulebook=book, ledger=ledger(dossier, book, DAY), day=DAY, **more)


def look(key: str, subject: Subject) -> list[Found]:
    return list(by_key[key].look(subject))


def reading(held: Held, **fields: Any) -> dict[int, Reading]:
    """A reading of one invoice that says this."""
    said = {
        name: {
            "value": v,
            "differs": False,
            "values": [{"value": v, "sources": [{"source": "qr", "page": 1}]}],
        }
        for name, v in fields.items()
    }
    data = {"invoices": [{"pages": [1], "findings": [], "fields": said}], "contract": None, "audit": None,
            "parts": [], "findings": []}  # fmt: skip
    return {held.file.pk: Reading(file=held.file, data=data)}


def page(held: Held, n: int = 1, **more: Any) -> PageLook:
    fine = "0f" * 16 + "33" * 16
    given = {"hash": 0x0F0F_3333_5555_1234, "fine": fine, "ink": 40, "red": 0, "short_side": 595,
             "picture": False, "turned": 0}  # fmt: skip
    values = {**given, **more}
    bands = {f"band{b}": (values["hash"] >> (16 * b)) & 0xFFFF for b in range(4)}
    return PageLook(file=held.file, page=n, **values, **bands)


def all_of(*dossiers: Dossier, holders: tuple[Holder, ...] = ()) -> Others:
    known = {one.pk for one in dossiers}
    return Others(
        lambda files: [one for one in holders if one.file in files], lambda asked: known & set(asked)
    )


Enter = Callable[..., Any]


@pytest.fixture
def enter(now: datetime) -> Enter:
    def make(dossier: Dossier, data: Any = GOOD, **changes: Any) -> Any:
        return actions.record_invoice(dossier=dossier, data=replace(data, **changes), now=now)

    return make


def contract(dossier: Dossier, now: datetime, **changes: Any) -> Any:
    return actions.record_contract(dossier=dossier, data=replace(CONTRACT, **changes), now=now)


def test_nothing_is_odd_about_what_is_right(dossier: Dossier, now: datetime, enter: Enter) -> None:
    enter(dossier, contract=contract(dossier, now), seller=CONTRACT.seller)
    assert [(check.key, found.words.zh) for check, found in run_all(told(dossier))] == []


def test_dates(dossier: Dossier, now: datetime, enter: Enter) -> None:
    early = enter(dossier, issued_on=date(2019, 12, 31))
    older = enter(dossier, number="12840664", issued_on=date(2020, 1, 5),
                  contract=contract(dossier, now, signed_on=date(2020, 2, 1)))  # fmt: skip
    found = look("dates", told(dossier))
    assert [one.row for one in found] == [early.uid, older.uid]
    assert "2019-12-31 不在规定的时间内" in found[0].words.zh
    assert found[0].clause == "一、1"


def test_buyer(dossier: Dossier, enter: Enter, held: Held) -> None:
    enter(dossier)
    own = dossier.enterprise
    for buyer, code, n in (
        (own.name, own.uscc, 0),
        ("别家有限公司", "", 1),
        (own.name, "91370100MA3C00001X", 1),
    ):
        read = reading(held, number=GOOD.number, buyer=buyer, buyer_tax_id=code)
        found = look("buyer", told(dossier, files=(held,), readings=read))
        assert len(found) == n
    assert found[0].held == held


def test_an_explained_buyer_is_no_finding(dossier: Dossier, enter: Enter, held: Held) -> None:
    enter(dossier, odd=("group",), buyer="泉城集团（有限）", explanation="统一采购")
    read = reading(held, number=GOOD.number, buyer="泉城集团(有限)", buyer_tax_id="91370100MA3C00001X")
    assert look("buyer", told(dossier, files=(held,), readings=read)) == []


def test_seller(dossier: Dossier, now: datetime, enter: Enter, held: Held) -> None:
    enter(dossier, contract=contract(dossier, now), seller=CONTRACT.seller)
    assert look("seller", told(dossier)) == []
    read = reading(held, number=GOOD.number, seller="另一家云")
    [found] = look("seller", told(dossier, files=(held,), readings=read))
    assert CONTRACT.seller in found.words.zh


def test_a_namesake_of_the_seller(dossier: Dossier, now: datetime, enter: Enter, held: Held) -> None:
    """Two of one name are told apart by their code; where one of the codes is not known nothing is said."""
    signed = contract(dossier, now, seller_uscc=uscc.make(7, "370102"))
    enter(dossier, contract=signed)

    def found(code: str) -> list[Found]:
        read = reading(held, number=GOOD.number, seller=CONTRACT.seller, seller_tax_id=code)
        return look("seller", told(dossier, files=(held,), readings=read))

    assert found("") == found(signed.seller_uscc) == []
    [odd] = found(OTHER_CODE)
    assert OTHER_CODE in odd.words.zh
    assert signed.seller_uscc in odd.words.zh
    signed.seller_uscc = ""
    signed.save()
    assert found(OTHER_CODE) == []


def test_sums(dossier: Dossier, now: datetime, enter: Enter) -> None:
    first = contract(dossier, now, amount_fen=100_00)
    second = contract(dossier, now, number="QP-2", amount_fen=6_00)
    enter(dossier, odd=("shared",), explanation="一票两约", shares=((first, 100_00), (second, 6_00)))
    assert look("sums", told(dossier)) == []
    enter(dossier, number="12840664", contract=second)
    [found] = look("sums", told(dossier))
    assert found.row == second.uid
    assert "多出 106.00 元" in found.words.zh


@pytest.mark.parametrize(("audited", "odd"), [(106_00, 0), (107_00, 0), (107_01, 1), (104_99, 1)])
def test_the_report(dossier: Dossier, enter: Enter, audited: int, odd: int) -> None:
    enter(dossier)
    actions.state_audited_total(dossier=dossier, fen=audited)
    assert len(look("sums", told(dossier))) == odd


@pytest.mark.parametrize(
    ("code", "number", "odd"),
    [
        ("3700194130", "12840663", 0), ("", "2" * 20, 0), ("037001941301", "12840663", 0),
        ("", "12840663", 1), ("3700194130", "2" * 20, 1), ("", "123456789", 1),
    ],
)  # fmt: skip
def test_numbers(dossier: Dossier, enter: Enter, code: str, number: str, odd: int) -> None:
    enter(dossier, code=code, number=number)
    assert len(look("numbers", told(dossier))) == odd


def test_check_digits_that_were_read(dossier: Dossier, held: Held) -> None:
    read = reading(held, number="1", seller="泉畔云", seller_tax_id="91370100MA3C000011")
    [found] = look("numbers", told(dossier, files=(held,), readings=read))
    assert "91370100MA3C000011" in found.words.zh


def test_against_the_file(dossier: Dossier, enter: Enter, held: Held) -> None:
    row = enter(dossier)
    read = reading(held, number=GOOD.number, gross_fen=107_00, issued_on=GOOD.issued_on.isoformat())
    [found] = look("against-file", told(dossier, files=(held,), readings=read))
    assert "台账是 106.00，从文件里读出 107.00" in found.words.zh
    near = reading(held, number="12840668", gross_fen=106_00, issued_on=GOOD.issued_on.isoformat())
    [found] = look("against-file", told(dossier, files=(held,), readings=near))
    assert (found.row, "12840668" in found.words.zh) == (row.uid, True)


def test_the_same_invoice(dossier: Dossier, other: Dossier, enter: Enter) -> None:
    enter(dossier)
    enter(dossier)
    enter(other)
    [own] = look("same-invoice", told(dossier))
    assert not own.across
    assert look("same-invoice", told(dossier, others=all_of())) == [own]
    found = look("same-invoice", told(dossier, others=all_of(other)))
    assert [(one.across, one.other) for one in found] == [(False, None), (True, other.pk)]


def test_the_same_number_with_another_code(dossier: Dossier, other: Dossier, enter: Enter) -> None:
    """Eight digits come again; on the same day with the same sum the code was left out or mistyped."""
    enter(dossier)
    enter(other, code="3700194131", issued_on=date(2020, 3, 3))
    enter(other, code="3700194132", net_fen=GOOD.net_fen + 1, gross_fen=GOOD.gross_fen + 1)
    assert look("same-invoice", told(dossier, others=all_of(other))) == []


@pytest.mark.parametrize("code", ["", "3700194131"])
def test_a_code_left_out_or_mistyped_hides_nothing(
    dossier: Dossier, other: Dossier, enter: Enter, code: str
) -> None:
    enter(dossier)
    enter(other, code=code)
    [found] = look("same-invoice", told(dossier, others=all_of(other)))
    assert (found.across, found.other) == (True, other.pk)
    enter(dossier, code=code)
    [here] = look("same-invoice", told(dossier))
    assert "2 次" in here.words.zh


def test_a_report_that_says_another_total(dossier: Dossier, held: Held) -> None:
    at = [{"value": 500_00, "sources": [{"source": "text", "page": 1}]}]
    said = {"total_fen": {"value": 500_00, "differs": False, "values": at}}
    data = {"invoices": [], "contract": None, "audit": {"fields": said}, "parts": [], "findings": []}
    read = {held.file.pk: Reading(file=held.file, data=data)}
    for typed, n in ((0, 1), (500_00, 0)):
        actions.state_audited_total(dossier=dossier, fen=typed)
        found = look("sums", told(dossier, files=(held,), readings=read))
        assert [one for one in found if one.held == held and "500.00" in one.words.zh] == found[:n]


def test_forms_filled_in_are_not_compared_by_their_looks(
    dossier: Dossier, other: Dossier, held: Held, now: datetime
) -> None:
    theirs = Held(uid=uuid4(), file=pdf("theirs", 1, now), name="x", slot="invoices")
    page(theirs).save()
    subject = told(dossier, files=(held,), looks={held.file.pk: [page(held)]},
                   others=all_of(holders=(Holder(other.pk, theirs.file.pk),)))  # fmt: skip
    assert len(look("look-alike", subject)) == 1
    assert look("look-alike", replace(subject, readings=reading(held, number="12840663"))) == []


def test_the_same_file(dossier: Dossier, other: Dossier, held: Held) -> None:
    subject = told(dossier, files=(held,), others=all_of(holders=(Holder(other.pk, held.file.pk),)))
    [found] = look("same-file", subject)
    assert (found.across, found.other, found.held) == (True, other.pk, held)
    assert look("same-file", replace(subject, others=None)) == []


@pytest.mark.parametrize(("flipped", "odd"), [(0, 1), (0b1111111, 1), (0b11111111, 0)])
def test_pages_that_look_alike(
    dossier: Dossier, other: Dossier, held: Held, now: datetime, flipped: int, odd: int
) -> None:
    theirs = Held(uid=uuid4(), file=pdf("theirs", 1, now), name="x", slot="screenshots")
    mine = page(held)
    page(theirs, hash=mine.hash ^ flipped).save()
    subject = told(dossier, files=(held,), looks={held.file.pk: [mine]},
                   others=all_of(holders=(Holder(other.pk, theirs.file.pk),)))  # fmt: skip
    found = look("look-alike", subject)
    assert len(found) == odd
    assert all(one.beside == {"file": theirs.file.pk, "page": 1} for one in found)


def test_blank_pages_are_like_nothing(dossier: Dossier, other: Dossier, held: Held, now: datetime) -> None:
    theirs = Held(uid=uuid4(), file=pdf("theirs", 1, now), name="x", slot="screenshots")
    blank = {"hash": 0, "fine": "0" * 64, "ink": 0}
    page(theirs, **blank).save()
    subject = told(dossier, files=(held,), looks={held.file.pk: [page(held, **blank)]},
                   others=all_of(holders=(Holder(other.pk, theirs.file.pk),)))  # fmt: skip
    assert look("look-alike", subject) == []


TEXT = (
    "公司把生产执行、仓储和质量三套系统迁到云上，车间的数据每五分钟汇总一次。"
    "上云以后停机时间少了四成，换型准备从两小时降到四十分钟。"
    "财务和采购也在云上办理，供应商可以自己查对账单。"
)


def test_copied_texts_are_laid_side_by_side(dossier: Dossier, other: Dossier) -> None:
    changed = TEXT.replace("四成", "三成").replace("五分钟", "十分钟")
    actions.keep_prints(dossier=dossier, texts={"scope": TEXT})
    actions.keep_prints(dossier=other, texts={"scope": changed})
    [found] = look("copied-text", told(dossier, others=all_of(other)))
    assert found.other == other.pk
    assert len(found.beside["sentences"]) == 3
    assert found.beside["sentences"][0][1].endswith("每十分钟汇总一次。")
    assert look("copied-text", told(dossier, others=all_of())) == []
    actions.keep_prints(
        dossier=other, texts={"scope": "本厂做的是木门，客户在网上下单，图纸在云端存放，" * 4}
    )
    assert look("copied-text", told(dossier, others=all_of(other))) == []


def test_who_is_listed(dossier: Dossier, ground: Ground, now: datetime) -> None:
    provider = Provider.objects.create(uscc=OTHER_CODE, name=CONTRACT.seller)
    row = contract(dossier, now)
    given = {"scope": "骗取财政资金", "valid_from": date(2020, 1, 1), "reason": "x", "proof": None,
             "actor": SYSTEM, "now": now}  # fmt: skip
    registry.sanction(subject=provider, valid_to=None, **given)
    registry.sanction(subject=dossier.enterprise, valid_to=date(2020, 6, 1), **given)
    [found] = look("listed", told(dossier, others=all_of()))
    assert (found.row, found.across) == (row.uid, True)
    assert look("listed", told(dossier)) == []


def test_pages(dossier: Dossier, held: Held) -> None:
    looks = [page(held, 1), page(held, 2, ink=1), page(held, 3, turned=180),
             page(held, 4, picture=True, short_side=300)]  # fmt: skip
    found = look("pages", told(dossier, files=(held,), looks={held.file.pk: looks}))
    assert [one.page for one in found] == [2, 3, 4]
    assert all(one.repair.zh for one in found)


def test_seals(dossier: Dossier, held: Held) -> None:
    sealed = replace(held, sealed=True)
    for red, files, odd in ((0, (sealed,), 1), (1, (sealed,), 0), (0, (held,), 0)):
        subject = told(dossier, files=files, looks={held.file.pk: [page(held), page(held, 2, red=red)]})
        found = look("seals", subject)
        assert len(found) == odd
    assert look("seals", told(dossier, files=(sealed,))) == []


def recorded(dossier: Dossier, now: datetime, **more: Any) -> list[Finding]:
    return actions.record_findings(dossier=dossier, found=run_all(told(dossier, **more)), now=now)


def test_the_same_oddity_is_the_same_finding(
    dossier: Dossier, enter: Enter, now: datetime, ground: Ground
) -> None:
    row = enter(dossier, issued_on=date(2019, 12, 31))
    [first] = recorded(dossier, now)
    assert recorded(dossier, now) == []
    person = ground.actor("licheng").user_id
    kept = Finding.objects.get()
    actions.rule_finding(finding=kept, status="justified", reason="跨年", seen="open", person=person, now=now)
    recorded(dossier, now)
    again = Finding.objects.get()
    assert (again.pk, again.status, again.reason) == (kept.pk, "justified", "跨年")
    actions.change_invoice(invoice=row, data=GOOD, now=now)
    recorded(dossier, now)
    assert Finding.objects.get().gone_at == now
    actions.change_invoice(invoice=row, data=replace(GOOD, issued_on=date(2019, 12, 31)), now=now)
    recorded(dossier, now)
    back = Finding.objects.get()
    assert (back.fingerprint, back.gone_at, back.status) == (first.fingerprint, None, "justified")


def test_every_check_has_a_name_of_its_own() -> None:
    assert len({check.key for check in CHECKS}) == len(CHECKS)
    assert all(isinstance(check, Check) and check.name.zh and check.name.en for check in CHECKS)


def test_a_listed_provider_under_other_brackets(dossier: Dossier, now: datetime) -> None:
    provider = Provider.objects.create(uscc="91370100MA3C00001X", name="泉畔云(济南)有限公司")
    registry.sanction(
        subject=provider, scope="骗取财政资金", valid_from=date(2020, 1, 1), valid_to=None, reason="x",
        proof=None, actor=SYSTEM, now=now,
    )  # fmt: skip
    row = contract(dossier, now, seller="泉畔云（济南）有限公司", seller_uscc="")
    [found] = look("listed", told(dossier, others=all_of()))
    assert found.row == row.uid
