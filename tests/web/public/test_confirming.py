"""The provider's page: no account, one link, once; what it shows, what it says when it is over."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.applications import Made, make_application
from tests.factories.confirming import (
    DATA,
    ELSEWHERE,
    NO,
    SELLER,
    SERVICES,
    YES,
    asked,
    current,
    mailed,
    unsaid,
)
from tests.factories.ground import Ground, make_ground
from tests.web.enterprise.parties import signed_in

from xingyun.applications import actions
from xingyun.evidence.actions import confirmations as limits
from xingyun.evidence.models import Confirmation, Contract

pytestmark = pytest.mark.django_db
TYPED = {"answer": "yes", "sure": "on", "person": YES.person, "post": YES.post, "phone": YES.phone}
DECLINED = {**TYPED, "answer": "no", "sure": "", "reason": NO.reason}


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    cache.clear()


@pytest.fixture
def ground(now: datetime) -> Ground:
    return make_ground(now)


@pytest.fixture
def made(ground: Ground, now: datetime) -> Made:
    return make_application(ground, level="star-3", now=now)


@pytest.fixture
def contract(made: Made, now: datetime) -> Contract:
    return unsaid(made, now)


@pytest.fixture
def here(made: Made, contract: Contract, now: datetime) -> str:
    """The address that was mailed."""
    asked(made, contract, now)
    return f"/confirm/{mailed()[-1]}/"


def read(here: str, **more: Any) -> str:
    answer = Client().get(here, **more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_the_contract_and_what_follows_from_a_lie(here: str, made: Made) -> None:
    page = read(here)
    for said in (
        SELLER, DATA.seller_uscc, made.enterprise.name, made.enterprise.uscc, DATA.number, DATA.title,
        "12,345.00", "2020-03-02", SERVICES, "公有云", "不实的后果", "负有共同责任的列入黑名单",
    ):  # fmt: skip
        assert said in page, said
    assert page.count("data-clause") == 2, "the clauses that ask for it, and that punish"


def test_it_shows_nothing_else_of_the_applicant(here: str, made: Made) -> None:
    page = read(here)
    application = current(made)
    typed = [text for text in application.answers.values() if len(text) > 5]
    known = {made.enterprise.name, made.enterprise.uscc, SELLER}
    assert not [text for text in typed if text in page and text not in known]
    assert application.number not in page
    assert str(application.uid) not in page


def test_it_is_kept_by_nobody(here: str) -> None:
    for answer in (Client().get(here), Client().post(here, {}), Client().get("/confirm/nothing/")):
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "same-origin"


def test_it_is_confirmed_once(here: str) -> None:
    answer = Client().post(here, TYPED, REMOTE_ADDR=ELSEWHERE)
    assert (answer.status_code, answer["Location"]) == (302, here)
    one = Confirmation.objects.get()
    assert (one.state, one.person, one.answered_from) == ("confirmed", YES.person, ELSEWHERE)
    page = read(here)
    assert "已经确认过了" in page
    assert SERVICES in page
    assert YES.phone not in page
    assert 'name="answer"' not in page
    assert Client().post(here, DECLINED).status_code == 422
    assert Confirmation.objects.get().state == "confirmed"


def test_it_is_declined_with_a_reason(here: str) -> None:
    assert Client().post(here, DECLINED).status_code == 302
    assert Confirmation.objects.get().reason == NO.reason
    assert "不予确认" in read(here)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"answer": ""}, "请选“确认”或“不予确认”"),
        ({"answer": "maybe"}, "请选“确认”或“不予确认”"),
        ({"sure": ""}, "请先勾选这一句"),
        ({"answer": "no"}, "请写明为什么不能确认"),
        ({"answer": "no", "reason": "长" * 501}, "500"),
        ({"phone": " "}, "还没有填"),
    ],
)
def test_refusals_stand_at_their_fields_and_what_was_typed_stays(
    here: str, changes: dict[str, str], said: str
) -> None:
    answer = Client().post(here, {**TYPED, **changes})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'value="{YES.person}"' in page
    assert Confirmation.objects.get().state == "asked"


def test_a_link_that_nobody_was_sent_says_so(here: str) -> None:
    for token in ("nothing", "x" * 300):
        assert "这个链接不能用了" in read(f"/confirm/{token}/")
        answer = Client().post(f"/confirm/{token}/", TYPED)
        assert answer.status_code == 422


def test_what_is_over_says_why(here: str, made: Made, contract: Contract, now: datetime, at: Any) -> None:
    one = Confirmation.objects.get()
    given = {"application": current(made), "actor": made.actor, "now": now}
    actions.change_contract(contract=contract, data=replace(DATA, amount_fen=1), **given)
    assert "改了这份合同" in read(here)
    assert Client().post(here, TYPED).status_code == 422
    actions.change_contract(contract=contract, data=DATA, **{**given, "application": current(made)})
    at((one.expires_at - timedelta(seconds=1)).isoformat())
    assert 'name="answer"' in read(here)
    at(one.expires_at.isoformat())
    assert "链接已过期" in read(here)
    assert Client().post(here, TYPED).status_code == 422
    actions.withdraw_confirmation(contract=contract.uid, seen=str(one.uid), **given)
    assert "已撤回" in read(here)


def test_a_newer_letter_takes_the_place_of_the_first(
    here: str, made: Made, contract: Contract, now: datetime
) -> None:
    one = Confirmation.objects.get()
    given = {"seen": str(one.uid), "actor": made.actor, "now": now + limits.PAUSE}
    actions.ask_confirmation_again(application=current(made), contract=contract.uid, **given)
    assert "请用最近一封邮件里的链接" in read(here)
    assert 'name="answer"' in read(f"/confirm/{mailed()[-1]}/")


def test_trying_too_often_is_refused_in_words(here: str) -> None:
    wrong = {**TYPED, "sure": ""}
    answers = [Client().post(here, wrong) for _n in range(11)]
    assert "提交得太频繁" in answers[-1].content.decode()
    assert "提交得太频繁" not in answers[-2].content.decode()
    assert f'value="{YES.person}"' in answers[-1].content.decode()
    assert "提交得太频繁" not in Client().get(here).content.decode()


def test_somebody_who_is_signed_in_answers_as_the_provider(here: str, made: Made) -> None:
    """Whoever it is: the record names the provider, and from where."""
    assert signed_in(made.actor).post(here, TYPED).status_code == 302
    assert Confirmation.objects.get().answered_from == "127.0.0.1"


def test_it_costs_the_same_however_much_there_is(
    here: str, made: Made, contract: Contract, now: datetime
) -> None:
    def cost() -> int:
        Client().get(here)
        with CaptureQueriesContext(connection) as seen:
            read(here)
        return len(seen)

    few = cost()
    for n in range(12):
        asked(made, unsaid(made, now, number=f"HT-{n}"), now)
    assert cost() == few
    assert few <= 5


def test_behind_a_proxy_the_address_is_the_visitors(here: str, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    Client().post(here, TYPED, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.5")
    assert Confirmation.objects.get().answered_from == "203.0.113.5"


def test_nobody_is_believed_without_a_proxy(here: str) -> None:
    Client().post(here, TYPED, REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR="203.0.113.5")
    assert Confirmation.objects.get().answered_from == "198.51.100.1"


def test_it_speaks_english(here: str) -> None:
    page = read(here, HTTP_ACCEPT_LANGUAGE="en")
    assert "submit" in page.lower()
    assert "请核对下面的内容" not in page
