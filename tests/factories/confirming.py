"""A contract that does not say cloud, its provider asked, and the link that was mailed to it."""

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from tests.factories.applications import Made

from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.evidence.actions import Answer, ContractData
from xingyun.evidence.models import Confirmation, Contract
from xingyun.messages.models import Outbox
from xingyun.rulebook import uscc

SELLER, CODE = "泉畔云数据服务有限公司", uscc.make(900_001, "370100")
ADDRESS, SERVICES = "cloud@provider.example", "生产数据采集平台，部署在某公有云"
OFFICE, ELSEWHERE = "192.0.2.7", "198.51.100.9"
DATA = ContractData(
    number="QP-2020-0117",
    title="数据采集",
    seller=SELLER,
    seller_uscc=CODE,
    signed_on=date(2020, 3, 2),
    amount_fen=12_345_00,
    deployment="public",
    says_cloud=False,
)
YES = Answer(confirmed=True, person="潘知行", post="交付经理", phone="0531-88880001", network=ELSEWHERE)
NO = replace(YES, confirmed=False, reason="这份合同卖的是本地软件")


def current(made: Made) -> Application:
    """The application as it is in the database."""
    known = Application.objects.select_related("edition", "round", "dossier", "enterprise")
    return known.get(pk=made.application.pk)


def unsaid(made: Made, now: datetime, **changes: Any) -> Contract:
    """A contract that does not say cloud."""
    data = replace(DATA, **changes)
    return actions.record_contract(application=current(made), data=data, actor=made.actor, now=now)


def asked(made: Made, contract: Contract, now: datetime, **changes: Any) -> Confirmation:
    """Its provider is asked."""
    given = {"services": SERVICES, "address": ADDRESS, "network": OFFICE, "actor": made.actor, **changes}
    return actions.ask_confirmation(application=current(made), contract=contract.uid, now=now, **given)


def answered(one: Confirmation, answer: Answer, now: datetime) -> Confirmation:
    """What its provider answers."""
    return actions.answer_confirmation(confirmation=one, answer=answer, now=now)


def letters() -> QuerySet[Outbox]:
    """The letters to providers, first to last."""
    return Outbox.objects.filter(dedupe_key__startswith="confirm:").order_by("id")


def mailed() -> list[str]:
    """The tokens of the links that were mailed, first to last."""
    return [token for one in letters() for token in re.findall(r"/confirm/([\w-]+)/", one.body)]
