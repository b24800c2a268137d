"""What officials see of a provider's confirmation at the desk, and what they are warned of."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.applications import Made, hand_in, make_application, pdf
from tests.factories.confirming import (
    ADDRESS,
    CODE,
    OFFICE,
    SELLER,
    SERVICES,
    YES,
    answered,
    asked,
    current,
    unsaid,
)
from tests.factories.ground import Ground, make_ground
from tests.web.enterprise.parties import signed_in

from xingyun.applications import actions
from xingyun.evidence.models import Confirmation, Contract, Finding
from xingyun.registry import actions as registry
from xingyun.registry.actors import SYSTEM
from xingyun.registry.models import Provider

pytestmark = pytest.mark.django_db
HOME = "licheng"


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:1"


@pytest.fixture
def ground(now: datetime) -> Ground:
    return make_ground(now)


@pytest.fixture
def made(ground: Ground, now: datetime) -> Made:
    return make_application(ground, level="star-3", authority=HOME, now=now)


@pytest.fixture
def contract(made: Made, now: datetime) -> Contract:
    return unsaid(made, now)


def handed_in(made: Made, now: datetime) -> None:
    """With the sealed paper."""
    given = {"actor": made.actor, "now": now, "material": "deployment-statement", "name": "说明.pdf"}
    actions.attach(application=current(made), file=pdf("statement", 1, now), **given)
    made.application = current(made)
    hand_in(made, now=now)


def desk(ground: Ground, made: Made) -> str:
    address = reverse("desk", args=(made.application.uid,)) + "?at=ledger"
    answer = signed_in(ground.actor(HOME)).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_confirmed_when_and_from_where(
    ground: Ground, made: Made, contract: Contract, now: datetime
) -> None:
    one = asked(made, contract, now)
    handed_in(made, now)
    page = desk(ground, made)
    assert "等待提供方确认" in page
    assert ADDRESS in page
    answered(one, YES, now)
    page = desk(ground, made)
    who = (YES.person, YES.post, YES.phone, YES.network)
    for said in ("提供方已确认", *who, SERVICES, "不代替双方盖章的说明"):
        assert said in page, said
    assert "来自同一网络地址" not in page


def test_what_was_not_asked_is_told_and_what_says_cloud_is_not(
    ground: Ground, made: Made, contract: Contract, now: datetime
) -> None:
    handed_in(made, now)
    assert "没有请提供方在线确认" in desk(ground, made)
    plain = make_application(ground, level="star-3", authority=HOME, now=now)
    hand_in(plain, now=now)
    assert "提供方在线确认" not in desk(ground, plain)


def test_the_same_network_is_a_warning_and_a_finding(
    ground: Ground, made: Made, contract: Contract, now: datetime, work: Any
) -> None:
    one = asked(made, contract, now, network=YES.network)
    handed_in(made, now)
    answered(one, YES, now)
    work()
    assert "来自同一网络地址" in desk(ground, made)
    found = Finding.objects.get(check_key="confirmed-from", gone_at=None)
    assert (found.across, found.row, YES.network in found.zh) == (True, contract.uid, True)
    address = reverse("case_findings", args=(made.application.uid,))
    assert YES.network in signed_in(ground.actor(HOME)).get(address).content.decode()


@pytest.mark.parametrize("network", ["127.0.0.1", "::1"])
def test_a_proxy_that_names_nobody_is_no_warning(
    ground: Ground, made: Made, contract: Contract, now: datetime, network: str
) -> None:
    one = asked(made, contract, now, network=network)
    assert not one.same_network
    handed_in(made, now)
    answered(one, replace(YES, network=network), now)
    assert "来自同一网络地址" not in desk(ground, made)


def test_a_listed_provider_is_warned_of_in_other_words_once_it_confirmed(
    ground: Ground, made: Made, contract: Contract, now: datetime, work: Any
) -> None:
    provider = Provider.objects.create(uscc=CODE, name=SELLER)
    registry.sanction(
        subject=provider, scope="骗取财政资金", valid_from=date(2020, 1, 1), valid_to=None, reason="x",
        proof=None, actor=SYSTEM, now=now,
    )  # fmt: skip
    one = asked(made, contract, now)
    handed_in(made, now)
    work()
    found = Finding.objects.get(check_key="listed", gone_at=None, row=contract.uid)
    assert "在线确认" not in found.zh
    answered(one, YES, now)
    work()
    found.refresh_from_db()
    assert "它的在线确认要另行核实" in found.zh
    assert found.gone_at is None


def test_offices_elsewhere_do_not_see_it(
    ground: Ground, made: Made, contract: Contract, now: datetime
) -> None:
    answered(asked(made, contract, now), YES, now)
    handed_in(made, now)
    address = reverse("desk", args=(made.application.uid,)) + "?at=ledger"
    assert signed_in(ground.actor("tianqiao")).get(address).status_code == 404


def test_the_desk_asks_once_for_all_contracts(ground: Ground, made: Made, now: datetime) -> None:
    def cost(made: Made) -> int:
        desk(ground, made)
        with CaptureQueriesContext(connection) as seen:
            desk(ground, made)
        return len(seen)

    asked(made, unsaid(made, now), now)
    handed_in(made, now)
    many = make_application(ground, level="star-3", authority=HOME, now=now)
    for n in range(12):
        asked(many, unsaid(many, now, number=f"HT-{n}"), now)
    handed_in(many, now)
    assert Confirmation.objects.count() == 13
    assert cost(many) == cost(made)


def test_addresses_are_told_apart() -> None:
    assert YES.network != OFFICE
