"""Asking providers to confirm contracts that do not say cloud, and taking down what they answer (二、4)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.audit.errors import Conflict, Refused
from xingyun.evidence.actions import checks
from xingyun.evidence.models import Confirmation, Contract, Dossier
from xingyun.evidence.queries import has_expired, said
from xingyun.evidence.states import ConfirmationState
from xingyun.registry.actions import digest

DAYS = 14
PAUSE = timedelta(minutes=10)
LETTERS = 5  # of one asking
A_DAY = 20  # askings of one ledger: nobody sends circulars from here
LONGEST = 500


class Asked(NamedTuple):
    """An asking with the token of its link, which goes into the letter and is kept nowhere else."""

    confirmation: Confirmation
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a provider answers: by whom, from which network address; declined for a `reason`."""

    confirmed: bool
    person: str
    post: str
    phone: str
    network: str
    reason: str = ""


def ask(
    *,
    dossier: Dossier,
    contract: Contract,
    told: Mapping[str, Any],
    address: str,
    person: int,
    network: str,
    now: datetime,
) -> Asked:
    """Begin to ask; `told` is what the provider will be shown, with what it is to confirm as `services`.

    An asking that expired, or that speaks of what the contract said before, gives way. Raises Refused with
    `field`, Conflict when a colleague asked in the same moment.
    """
    services, address = str(told["services"]).strip(), address.strip()
    _may_be_asked(dossier, contract, now)
    _check(services, address)
    token = secrets.token_urlsafe(24)
    try:
        with transaction.atomic():
            _give_way(dossier, contract, now)
            made = Confirmation.objects.create(
                dossier=dossier,
                row=contract.uid,
                said=said(contract),
                told={**told, "services": services},
                provider=contract.seller,
                provider_uscc=contract.seller_uscc,
                address=address,
                digest=digest(token),
                asked_by_id=person,
                asked_at=now,
                asked_from=network,
                sent_at=now,
                expires_at=now + timedelta(days=DAYS),
            )
    except IntegrityError as error:
        raise Conflict(_("同事刚刚为这份合同请提供方确认了，请刷新页面看看。")) from error
    return Asked(made, token)


def ask_again(*, confirmation: Confirmation, contract: Contract, now: datetime) -> Asked:
    """Another letter with another link; the one before opens nothing any more. Raises Refused, Conflict."""
    if confirmation.said != said(contract):
        raise Refused(_("合同在请确认之后改过，再发没有用。请撤回，按现在的内容重新请。"))
    if confirmation.sent >= LETTERS:
        raise Refused(_("已经发了 %d 次。请打电话问提供方，或撤回后换一个邮箱。") % LETTERS)
    if now < confirmation.sent_at + PAUSE:
        minutes = -((now - confirmation.sent_at - PAUSE) // timedelta(minutes=1))
        raise Refused(_("刚刚发过。请过 %d 分钟再发，也请提供方看看垃圾邮件。") % minutes)
    token = secrets.token_urlsafe(24)
    renewed = {"digest": digest(token), "sent": confirmation.sent + 1, "sent_at": now}
    seen = Confirmation.objects.filter(
        pk=confirmation.pk, state=ConfirmationState.ASKED, sent=confirmation.sent
    )
    if not seen.update(**renewed, expires_at=now + timedelta(days=DAYS)):
        raise Conflict(_over())
    confirmation.refresh_from_db()
    return Asked(confirmation, token)


def take_back(*, confirmation: Confirmation, now: datetime) -> None:
    """Nothing is asked any more: the link stops working. Raises Conflict when it was answered meanwhile."""
    seen = Confirmation.objects.filter(pk=confirmation.pk, state=ConfirmationState.ASKED)
    if not seen.update(state=ConfirmationState.WITHDRAWN, ended_at=now):
        raise Conflict(_over())


def take_answer(*, confirmation: Confirmation, answer: Answer, now: datetime) -> Confirmation:
    """Take down what the provider answers, once. Raises Refused with `field`, Conflict when it is over."""
    columns = _answered(answer)
    seen = Confirmation.objects.filter(
        pk=confirmation.pk,
        digest=confirmation.digest,
        state=ConfirmationState.ASKED,
        expires_at__gt=now,
    )
    if not seen.update(**columns, ended_at=now):
        raise Conflict(_("这个链接刚被用掉、换掉或已过期，您的回答没有记下。请刷新页面看看。"))
    confirmation.refresh_from_db()
    return confirmation


def _answered(answer: Answer) -> dict[str, str]:
    who = {"person": answer.person.strip(), "post": answer.post.strip(), "phone": answer.phone.strip()}
    needed = {
        "person": _("请填您的姓名。"),
        "post": _("请填您的职务。"),
        "phone": _("请填联系电话，审核人员可能会核实。"),
    }
    checks.text(Confirmation, who, needed)
    reason = "" if answer.confirmed else answer.reason.strip()
    if not answer.confirmed:
        checks.text(Confirmation, {"reason": reason}, {"reason": _("请写明为什么不能确认。")})
    state = ConfirmationState.CONFIRMED if answer.confirmed else ConfirmationState.DECLINED
    return {**who, "reason": reason, "state": state, "answered_from": answer.network}


def _may_be_asked(dossier: Dossier, contract: Contract, now: datetime) -> None:
    if contract.says_cloud:
        raise Refused(_("合同已经写明“云服务”，不用请提供方确认。"))
    if not contract.seller_uscc:
        raise Refused(_("请先在合同里填供应方的统一社会信用代码，再请它确认。"))
    confirmed = Confirmation.objects.filter(
        dossier=dossier, row=contract.uid, said=said(contract), state=ConfirmationState.CONFIRMED
    )
    if confirmed.exists():
        raise Refused(_("提供方已经确认了这份合同，合同没有改过，不用再请。"))
    recent = Confirmation.objects.filter(dossier=dossier, asked_at__gt=now - timedelta(days=1))
    if recent.count() >= A_DAY:
        raise Refused(_("一天最多请 %d 次，请明天再请。") % A_DAY)


def _check(services: str, address: str) -> None:
    if not services:
        raise Refused(_("请写明要提供方确认的云服务或云产品。"), field="services")
    if len(services) > LONGEST:
        raise Refused(_("这一栏最多 %s 字。") % LONGEST, field="services")
    try:
        validate_email(address)
    except ValidationError as error:
        said = _("请填提供方的电子邮箱，例如 name@example.com。")
        raise Refused(said, field="address") from error
    checks.text(Confirmation, {"address": address}, {})


def _give_way(dossier: Dossier, contract: Contract, now: datetime) -> None:
    """What is open and can't be confirmed any more ends; what still can stays, and is in the way."""
    still = Confirmation.objects.filter(dossier=dossier, row=contract.uid, state=ConfirmationState.ASKED)
    before = still.first()
    if before is None:
        return
    if not has_expired(before, now) and before.said == said(contract):
        raise Refused(_("已经请提供方确认，正在等它回答。可以再发一次，或撤回后重新请。"))
    ended = ConfirmationState.EXPIRED if has_expired(before, now) else ConfirmationState.WITHDRAWN
    still.filter(pk=before.pk).update(state=ended, ended_at=now)


def _over() -> str:
    return _("提供方刚刚回答了，或同事刚刚撤回、再发过。请刷新页面看看。")
