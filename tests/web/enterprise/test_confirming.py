"""The applicant's page of a confirmation: asked, sent again, withdrawn; refusals in words, typing kept."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.applications import Made, make_application
from tests.factories.confirming import (
    ADDRESS,
    DATA,
    NO,
    SELLER,
    SERVICES,
    YES,
    answered,
    asked,
    current,
    mailed,
    unsaid,
)
from tests.factories.ground import Ground
from tests.web.enterprise.parties import make_party, signed_in

from xingyun.applications import actions
from xingyun.evidence.actions import confirmations as limits
from xingyun.evidence.models import Confirmation, Contract

pytestmark = pytest.mark.django_db
TYPED = {"address": ADDRESS, "services": SERVICES}


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:1"


@pytest.fixture
def made(ground: Ground, now: datetime) -> Made:
    return make_application(ground, level="star-3", now=now)


@pytest.fixture
def contract(made: Made, now: datetime) -> Contract:
    return unsaid(made, now)


def place(made: Made, row: Any, what: str = "") -> str:
    return reverse(f"application_confirmation{what}", args=(made.application.uid, row))


def shown(made: Made, row: Any) -> str:
    return signed_in(made.actor).get(place(made, row)).content.decode()


def test_it_is_asked_and_the_page_says_how_it_stands(made: Made, contract: Contract) -> None:
    page = shown(made, contract.uid)
    assert DATA.title in page
    assert "不代替双方盖章的说明" in page
    client = signed_in(made.actor)
    answer = client.post(place(made, contract.uid), TYPED)
    assert (answer.status_code, answer["Location"]) == (302, place(made, contract.uid))
    one = Confirmation.objects.get()
    assert (one.address, one.told["services"], one.asked_from) == (ADDRESS, SERVICES, "127.0.0.1")
    page = shown(made, contract.uid)
    assert all(said in page for said in ("等待提供方确认", ADDRESS, "再发一次", "撤回"))
    assert "发送确认链接" not in page
    assert mailed()[0] not in page, "who asks could confirm to itself"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"address": ""}, "还没有填"),
        ({"address": "provider"}, "请填提供方的电子邮箱"),
        ({"services": ""}, "还没有填"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    made: Made, contract: Contract, changes: dict[str, str], said: str
) -> None:
    answer = signed_in(made.actor).post(place(made, contract.uid), {**TYPED, **changes})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert (SERVICES in page) == ("services" not in changes)
    assert not Confirmation.objects.exists()


def test_what_is_in_the_way_is_said_above_the_form(made: Made, contract: Contract, now: datetime) -> None:
    asked(made, contract, now)
    answer = signed_in(made.actor).post(place(made, contract.uid), {**TYPED, "services": "另一种写法"})
    assert answer.status_code == 422
    assert "正在等它回答" in answer.content.decode()


def test_it_is_sent_again_and_withdrawn(made: Made, contract: Contract, now: datetime, at: Any) -> None:
    one = asked(made, contract, now)
    client, seen = signed_in(made.actor), {"seen": str(one.uid)}
    early = client.post(place(made, contract.uid, "_again"), seen)
    assert early.status_code == 422
    assert "请过 10 分钟再发" in early.content.decode()
    at((now + limits.PAUSE).isoformat())
    assert client.post(place(made, contract.uid, "_again"), seen).status_code == 302
    assert len(set(mailed())) == 2
    assert "共发 2 次" in shown(made, contract.uid)
    assert client.post(place(made, contract.uid, "_withdraw"), seen).status_code == 302
    page = shown(made, contract.uid)
    assert "请求确认已撤回" in page
    assert "重新请提供方确认" in page
    assert SERVICES in page, "the last words are offered again"
    late = client.post(place(made, contract.uid, "_withdraw"), seen)
    assert late.status_code == 409
    assert client.post(place(made, contract.uid, "_again"), {"seen": str(uuid4())}).status_code == 404


def test_what_the_provider_answered_stands_there_without_its_phone(
    made: Made, contract: Contract, now: datetime
) -> None:
    answered(asked(made, contract, now), NO, now)
    page = shown(made, contract.uid)
    assert all(said in page for said in ("提供方不予确认", NO.person, NO.post, NO.reason, "重新请提供方确认"))
    assert NO.phone not in page
    answered(asked(made, contract, now), YES, now)
    page = shown(made, contract.uid)
    assert "提供方已确认" in page
    assert "发送确认链接" not in page
    assert "以前请过的" in page


def test_a_change_of_the_contract_is_told(made: Made, contract: Contract, now: datetime) -> None:
    answered(asked(made, contract, now), YES, now)
    given = {"application": current(made), "contract": contract, "actor": made.actor, "now": now}
    actions.change_contract(data=replace(DATA, amount_fen=1), **given)
    page = shown(made, contract.uid)
    assert "合同改过，在线确认不算" in page
    assert "重新请提供方确认" in page
    ledger = signed_in(made.actor).get(reverse("application_ledger", args=(made.application.uid,)))
    assert "合同改过，在线确认不算" in ledger.content.decode()


def test_an_expired_one_says_so(made: Made, contract: Contract, now: datetime, at: Any) -> None:
    asked(made, contract, now)
    at((now + timedelta(days=limits.DAYS)).isoformat())
    assert "没有回答，链接已过期" in shown(made, contract.uid)


def test_what_is_missing_for_asking_is_said(
    made: Made, contract: Contract, now: datetime, settings: Any
) -> None:
    nameless = unsaid(made, now, number="HT-2", seller_uscc="")
    page = shown(made, nameless.uid)
    assert "请先在合同里填供应方的统一社会信用代码" in page
    assert "发送确认链接" not in page
    answer = signed_in(made.actor).post(place(made, nameless.uid), TYPED)
    assert answer.status_code == 422
    settings.MAIL_URL = ""
    page = shown(made, contract.uid)
    assert "还没有接通邮件" in page
    assert "发送确认链接" not in page


def test_it_is_offered_in_the_ledger_and_beside_the_material(made: Made, contract: Contract) -> None:
    client = signed_in(made.actor)
    for name in ("application_ledger", "application_evidence"):
        page = client.get(reverse(name, args=(made.application.uid,))).content.decode()
        assert place(made, contract.uid) in page, name


def test_what_says_cloud_has_no_such_page(made: Made, now: datetime) -> None:
    says = unsaid(made, now, number="HT-4", says_cloud=True)
    client = signed_in(made.actor)
    assert client.get(place(made, says.uid)).status_code == 404
    assert client.get(place(made, uuid4())).status_code == 404


def test_it_is_the_applicants_alone(ground: Ground, made: Made, contract: Contract, now: datetime) -> None:
    seen = {"seen": str(asked(made, contract, now).uid)}
    stranger = make_party(ground).client
    for client in (stranger, signed_in(ground.actor("licheng"))):
        assert client.get(place(made, contract.uid)).status_code == 404
        assert client.post(place(made, contract.uid), TYPED).status_code == 404
        for what in ("_again", "_withdraw"):
            assert client.post(place(made, contract.uid, what), seen).status_code == 404
    assert Confirmation.objects.get().state == "asked"


def test_the_ledger_asks_once_for_all_contracts(made: Made, now: datetime) -> None:
    def cost() -> int:
        client = signed_in(made.actor)
        with CaptureQueriesContext(connection) as seen:
            page = client.get(reverse("application_ledger", args=(made.application.uid,)))
        assert page.content.decode().count(SELLER) > 0
        return len(seen)

    contracts = [unsaid(made, now, number="HT-0")]
    asked(made, contracts[0], now)
    few = cost()
    for n in range(1, 12):
        asked(made, unsaid(made, now, number=f"HT-{n}"), now)
    assert cost() == few
