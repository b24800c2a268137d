"""Providers confirm contracts online: what is asked, what is answered, what it is worth, who may."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from tests.factories.applications import Made, hand_in, make_application, pdf
from tests.factories.confirming import (
    ADDRESS,
    CODE,
    DATA,
    NO,
    OFFICE,
    SELLER,
    SERVICES,
    YES,
    answered,
    asked,
    current,
    letters,
    mailed,
    unsaid,
)
from tests.factories.ground import JINAN, Ground, make_enterprise, make_ground

from xingyun.applications import actions, queries
from xingyun.applications.actions import transitions
from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.evidence.actions import confirmations as limits
from xingyun.evidence.models import Confirmation, Contract
from xingyun.evidence.queries import confirmation_by
from xingyun.messages.models import Message
from xingyun.registry.actions import digest
from xingyun.rulebook.load import read_folder

pytestmark = pytest.mark.django_db
SLOT = "deployment-statement"


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:1"


@pytest.fixture
def made(ground: Ground, now: datetime) -> Made:
    return make_application(ground, level="star-3", now=now)


@pytest.fixture
def contract(made: Made, now: datetime) -> Contract:
    return unsaid(made, now)


def change(made: Made, contract: Contract, now: datetime, **changes: Any) -> None:
    """Its applicant changes the contract."""
    given = {"application": current(made), "contract": contract, "actor": made.actor, "now": now}
    actions.change_contract(data=replace(DATA, **changes), **given)


def confirmed(made: Made) -> frozenset[Any]:
    """What counts as confirmed now."""
    return queries.workspace(current(made)).ledger.confirmed


def again(made: Made, one: Confirmation, now: datetime) -> Confirmation:
    """Another letter."""
    given = {"contract": one.row, "seen": str(one.uid), "actor": made.actor, "now": now}
    return actions.ask_confirmation_again(application=current(made), **given)


def withdraw(made: Made, one: Confirmation, now: datetime, **changes: Any) -> None:
    """Its applicant asks no more."""
    given = {"contract": one.row, "seen": str(one.uid), "actor": made.actor, "now": now, **changes}
    actions.withdraw_confirmation(application=current(made), **given)


def attach(made: Made, now: datetime) -> None:
    """The sealed paper is there."""
    file, given = pdf("statement", 1, now), {"material": SLOT, "actor": made.actor, "now": now}
    actions.attach(application=current(made), file=file, name="说明.pdf", **given)


# ── asking ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_provider_is_sent_a_link_that_nobody_else_sees(
    made: Made, contract: Contract, now: datetime
) -> None:
    one = asked(made, contract, now)
    [token] = mailed()
    letter = letters().get()
    assert (letter.address, letter.user_id) == (ADDRESS, None)
    assert all(said in letter.body for said in (SELLER, made.enterprise.name, DATA.number, DATA.title))
    assert one.digest == digest(token)
    assert token not in str(Confirmation.objects.values().get())
    assert not Message.objects.filter(body__contains=token).exists()
    assert (one.state, one.provider, one.provider_uscc, one.asked_from) == ("asked", SELLER, CODE, OFFICE)
    assert one.expires_at == now + timedelta(days=limits.DAYS)
    assert (one.told["services"], one.told["amount_fen"]) == (SERVICES, DATA.amount_fen)


def test_the_letter_is_chinese_whatever_its_sender_reads(
    made: Made, contract: Contract, now: datetime
) -> None:
    with override("en"):
        asked(made, contract, now)
    assert letters().get().subject == "请确认一份合同中的云服务"


def test_the_record_holds_no_person(made: Made, contract: Contract, now: datetime) -> None:
    one = asked(made, contract, now)
    later = now + limits.PAUSE
    again(made, one, later)
    answered(Confirmation.objects.get(), NO, later)
    entries = Entry.objects.filter(act__startswith="application.confirmation.").order_by("id")
    assert [e.act.rpartition(".")[2] for e in entries] == ["asked", "mailed", "answered"]
    said = " ".join(f"{e.body} {e.actor} {e.label}" for e in entries)
    secret = (NO.person, NO.phone, NO.post, NO.reason, ADDRESS, *mailed())
    assert not [word for word in secret if word in said]
    assert (entries[2].label, entries[2].facts["answer"]) == (SELLER, "declined")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": "provider.example"}, "address"),
        ({"address": " "}, "address"),
        ({"address": "a@" + ".".join(["x" * 60] * 5) + ".example"}, "address"),
        ({"services": "  "}, "services"),
        ({"services": "云" * 501}, "services"),
    ],
)
def test_what_is_typed_is_checked(
    made: Made, contract: Contract, now: datetime, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        asked(made, contract, now, **changes)
    assert refused.value.field == field
    assert not Confirmation.objects.exists()
    assert not letters().exists()


def test_only_what_does_not_say_cloud_and_names_its_provider(made: Made, now: datetime) -> None:
    says = unsaid(made, now, number="HT-1", says_cloud=True)
    nameless = unsaid(made, now, number="HT-2", seller_uscc="")
    for one, words in ((says, "已经写明"), (nameless, "统一社会信用代码")):
        with pytest.raises(Refused, match=words):
            asked(made, one, now)


def test_without_mail_nobody_is_asked(made: Made, contract: Contract, now: datetime, settings: Any) -> None:
    settings.MAIL_URL = ""
    with pytest.raises(Refused, match="还没有接通邮件"):
        asked(made, contract, now)
    assert not Confirmation.objects.exists()


def test_one_open_asking_a_contract(made: Made, contract: Contract, now: datetime) -> None:
    one = asked(made, contract, now)
    with pytest.raises(Refused, match="正在等它回答"):
        asked(made, contract, now)
    columns = [f for f in one._meta.concrete_fields if f.name not in ("id", "uid")]
    row = {f.attname: getattr(one, f.attname) for f in columns}
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(**{**row, "digest": "0" * 64})
    other = unsaid(made, now, number="HT-2")
    assert asked(made, other, now).row == other.uid


def test_what_expired_or_was_changed_gives_way(made: Made, contract: Contract, now: datetime) -> None:
    first = asked(made, contract, now)
    late = now + timedelta(days=limits.DAYS)
    second = asked(made, contract, late)
    change(made, contract, late, title="数据采集平台")
    third = asked(made, contract, late)
    states = dict(Confirmation.objects.values_list("pk", "state"))
    assert states == {first.pk: "expired", second.pk: "withdrawn", third.pk: "asked"}


def test_a_ledger_asks_so_many_times_a_day(made: Made, now: datetime, monkeypatch: Any) -> None:
    monkeypatch.setattr(limits, "A_DAY", 2)
    contracts = [unsaid(made, now, number=f"HT-{n}") for n in range(3)]
    for one in contracts[:2]:
        asked(made, one, now)
    with pytest.raises(Refused, match="一天最多"):
        asked(made, contracts[2], now + timedelta(hours=23))
    asked(made, contracts[2], now + timedelta(days=1))


def test_another_letter_brings_another_link(made: Made, contract: Contract, now: datetime) -> None:
    one = asked(made, contract, now)
    with pytest.raises(Refused, match="请过 10 分钟再发"):
        again(made, one, now)
    with pytest.raises(Refused, match="请过 1 分钟再发"):
        again(made, one, now + limits.PAUSE - timedelta(seconds=1))
    for n in range(1, limits.LETTERS):
        again(made, one, now + n * limits.PAUSE)
    first, *_others, last = mailed()
    assert confirmation_by(digest(first)) is None
    assert confirmation_by(digest(last)) == one
    with pytest.raises(Refused, match="已经发了 5 次"):
        again(made, one, now + timedelta(days=1))


def test_what_is_over_or_changed_is_not_sent_again(made: Made, contract: Contract, now: datetime) -> None:
    one = asked(made, contract, now)
    later = now + limits.PAUSE
    change(made, contract, later, amount_fen=1)
    with pytest.raises(Refused, match="改过"):
        again(made, one, later)
    change(made, contract, later)
    answered(one, YES, later)
    with pytest.raises(Conflict):
        again(made, one, later)
    with pytest.raises(Conflict):
        withdraw(made, one, later)


# ── answering ──────────────────────────────────────────────────────────────────────────────────────


def test_a_provider_confirms_once(made: Made, contract: Contract, now: datetime) -> None:
    one = answered(asked(made, contract, now), YES, now)
    assert (one.state, one.person, one.post, one.phone) == ("confirmed", YES.person, YES.post, YES.phone)
    assert (one.answered_from, one.ended_at, one.reason) == (YES.network, now, "")
    assert confirmed(made) == {contract.uid}
    told = Message.objects.get(subject="提供方确认了一份合同")
    assert (told.user_id, DATA.number in told.body) == (made.actor.person, True)
    with pytest.raises(Conflict):
        answered(one, NO, now)
    with pytest.raises(Refused, match="不用再请"):
        asked(made, contract, now)


def test_a_provider_declines_with_its_reason(made: Made, contract: Contract, now: datetime) -> None:
    one = answered(asked(made, contract, now), NO, now)
    assert (one.state, one.reason) == ("declined", NO.reason)
    assert confirmed(made) == frozenset()
    assert NO.reason in Message.objects.get(subject="提供方不予确认一份合同").body
    assert asked(made, contract, now).state == "asked"


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (replace(YES, person=" "), "person"),
        (replace(YES, post=""), "post"),
        (replace(YES, phone=""), "phone"),
        (replace(YES, person="长" * 65), "person"),
        (replace(NO, reason=" "), "reason"),
        (replace(NO, reason="长" * 501), "reason"),
    ],
)
def test_who_answers_says_who_and_why(
    made: Made, contract: Contract, now: datetime, answer: Any, field: str
) -> None:
    one = asked(made, contract, now)
    with pytest.raises(Refused) as refused:
        answered(one, answer, now)
    assert refused.value.field == field
    assert Confirmation.objects.get().state == "asked"


def test_what_expired_was_withdrawn_or_replaced_is_not_answered(
    made: Made, contract: Contract, now: datetime
) -> None:
    one = asked(made, contract, now)
    with pytest.raises(Conflict):
        answered(one, YES, one.expires_at)
    again(made, Confirmation.objects.get(), now + limits.PAUSE)
    with pytest.raises(Conflict):
        answered(one, YES, now + limits.PAUSE)
    fresh = Confirmation.objects.get()
    withdraw(made, fresh, now + limits.PAUSE)
    with pytest.raises(Conflict):
        answered(fresh, YES, now + limits.PAUSE)
    assert Confirmation.objects.get().state == "withdrawn"


def test_a_contract_that_was_changed_is_not_confirmed(made: Made, contract: Contract, now: datetime) -> None:
    one = asked(made, contract, now)
    change(made, contract, now, amount_fen=1)
    with pytest.raises(Refused, match="改了这份合同"):
        answered(one, YES, now)
    change(made, contract, now, says_cloud=True)
    with pytest.raises(Refused, match="不用请您确认"):
        answered(one, YES, now)
    given = {"application": current(made), "contract": contract, "actor": made.actor, "now": now}
    actions.remove_contract(**given)
    with pytest.raises(Refused, match="不用请您确认"):
        answered(one, YES, now)


def test_what_is_over_is_not_confirmed(made: Made, contract: Contract, now: datetime) -> None:
    one = asked(made, contract, now)
    actions.withdraw(application=current(made), reason="不报了", actor=made.actor, now=now)
    with pytest.raises(Refused, match="已经结束"):
        answered(one, YES, now)


def test_a_confirmation_holds_for_what_the_contract_said(
    made: Made, contract: Contract, now: datetime
) -> None:
    answered(asked(made, contract, now), YES, now)
    change(made, contract, now, amount_fen=1)
    assert confirmed(made) == frozenset()
    declined = answered(asked(made, contract, now), NO, now)
    assert queries.workspace(current(made)).ledger.confirmations[contract.uid] == declined
    change(made, contract, now)
    assert confirmed(made) == {contract.uid}, "what was confirmed is what it says again"


# ── what it is worth ───────────────────────────────────────────────────────────────────────────────


def statement(made: Made) -> tuple[str, bool]:
    """What is found of the material, and whether it stops."""
    found = queries.workspace(current(made)).verdict.findings
    return next((f.kind, f.blocks) for f in found if f.rule == f"material.{SLOT}")


def test_it_supports_the_paper_and_does_not_replace_it(made: Made, contract: Contract, now: datetime) -> None:
    assert statement(made) == ("missing", True)
    answered(asked(made, contract, now), YES, now)
    assert statement(made) == ("missing", True)
    attach(made, now)
    assert statement(made) == ("ok", False)
    change(made, contract, now, amount_fen=1)
    assert statement(made) == ("hint", False)


def other(tmp_path: Path, to: str) -> Path:
    """The first rulebook, in which a confirmation is worth something else."""
    for name, text in read_folder(JINAN).items():
        (tmp_path / name).write_text(text.replace('confirmed_online = "supports"', to), "utf-8")
    return tmp_path


def test_another_rulebook_takes_it_for_the_paper(now: datetime, db: None, tmp_path: Path) -> None:
    ground = make_ground(now, folder=other(tmp_path, 'confirmed_online = "replaces"'))
    made = make_application(ground, level="star-3", now=now)
    contract = unsaid(made, now)
    assert statement(made) == ("missing", True)
    answered(asked(made, contract, now), YES, now)
    assert statement(made) == ("ok", False)
    change(made, contract, now, amount_fen=1)
    assert statement(made) == ("missing", True)


def test_where_the_rulebook_says_nothing_nobody_is_asked(now: datetime, db: None, tmp_path: Path) -> None:
    ground = make_ground(now, folder=other(tmp_path, ""))
    made = make_application(ground, level="star-3", now=now)
    with pytest.raises(NotAllowed):
        asked(made, unsaid(made, now), now)


def test_offices_see_it_of_what_was_handed_in(made: Made, contract: Contract, now: datetime) -> None:
    one = asked(made, contract, now)
    attach(made, now)
    made.application = current(made)
    hand_in(made, now=now)
    application = current(made)
    assert queries.as_handed_in(application).ledger.confirmed == frozenset()
    answered(one, YES, now)
    assert queries.as_handed_in(application).ledger.confirmed == {contract.uid}
    judged = queries.judged([application], {}, {})[application.pk].verdict
    assert next(f.kind for f in judged.findings if f.rule == f"material.{SLOT}") == "ok"


# ── who may ────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_else_asks_sends_or_withdraws(
    ground: Ground, made: Made, contract: Contract, now: datetime
) -> None:
    one = asked(made, contract, now)
    _enterprise, stranger = make_enterprise(ground, "licheng")
    seen = {"contract": one.row, "seen": str(one.uid), "now": now}
    for actor in (stranger, ground.actor("licheng")):
        with pytest.raises(NotAllowed):
            asked(made, contract, now, actor=actor)
        with pytest.raises(NotAllowed):
            actions.withdraw_confirmation(application=current(made), actor=actor, **seen)
        with pytest.raises(NotAllowed):
            actions.ask_confirmation_again(application=current(made), actor=actor, **seen)
    assert Confirmation.objects.get().state == "asked"


def test_anothers_contract_and_asking_are_not_there(
    ground: Ground, made: Made, contract: Contract, now: datetime
) -> None:
    theirs = make_application(ground, level="star-3", now=now)
    row = unsaid(theirs, now)
    one = asked(theirs, row, now)
    with pytest.raises(NotAllowed):
        asked(made, row, now)
    with pytest.raises(NotAllowed):
        withdraw(made, one, now)
    with pytest.raises(NotAllowed):
        withdraw(made, asked(made, contract, now), now, seen="nothing")


def test_after_handing_in_it_is_only_withdrawn(made: Made, contract: Contract, now: datetime) -> None:
    one = asked(made, contract, now)
    transitions.move(application=current(made), to=State.SUBMITTED, actor=made.actor, now=now)
    with pytest.raises(Conflict):
        asked(made, contract, one.expires_at)
    with pytest.raises(Conflict):
        again(made, one, now + limits.PAUSE)
    withdraw(made, one, now)
    assert Confirmation.objects.get().state == "withdrawn"


@pytest.mark.parametrize(("unlocked", "allowed"), [(f"material:{SLOT}", True), ("ledger", False)])
def test_in_a_return_where_the_statement_is_opened(
    made: Made, contract: Contract, now: datetime, unlocked: str, allowed: bool
) -> None:
    Application.objects.filter(pk=made.application.pk).update(state=State.RETURNED, unlocked=[unlocked])
    if allowed:
        assert asked(made, contract, now).state == "asked"
        return
    with pytest.raises(Refused, match="不在退回补正的范围"):
        asked(made, contract, now)
