"""Entering, changing and removing contracts (二、3)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingyun.audit.errors import Conflict, Refused
from xingyun.evidence.actions import checks
from xingyun.evidence.actions.data import ContractData
from xingyun.evidence.models import Contract, Dossier, Invoice
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import uscc as codes


def record_contract(*, dossier: Dossier, data: ContractData, now: datetime) -> Contract:
    """Enter a contract. Raises Refused with `field`."""
    data = _checked(dossier, data, now)
    with _numbered_once():
        return Contract.objects.create(dossier=dossier, created_at=now, **asdict(data))


def change_contract(*, contract: Contract, data: ContractData, now: datetime) -> Contract:
    """Put these values in the place of the old ones. Raises Refused with `field`, Conflict when removed."""
    data = _checked(contract.dossier, data, now)
    with _numbered_once():
        changed = Contract.objects.filter(pk=contract.pk, removed_at=None).update(**asdict(data))
    _expect(changed)
    contract.refresh_from_db()
    return contract


def remove_contract(*, contract: Contract, now: datetime) -> None:
    """Take a contract out of the ledger; its invoices stay and belong to none."""
    live = Invoice.objects.filter(dossier=contract.dossier, removed_at=None).exclude(shares=[])
    for invoice in live:
        if any(uid == str(contract.uid) for uid, _fen in invoice.shares):
            said = _("发票 %s 有一部分分摊到这份合同，请先修改那张发票的分摊。")
            raise Refused(said % invoice.number)
    with transaction.atomic():
        _expect(Contract.objects.filter(pk=contract.pk, removed_at=None).update(removed_at=now))
        Invoice.objects.filter(contract=contract).update(contract=None)


def _expect(changed: int) -> None:
    if not changed:
        raise Conflict(_("这份合同已经被另一位填报人删除。您填的内容仍在页面上，可以另行登记。"))


@contextmanager
def _numbered_once() -> Iterator[None]:
    """The database knows a contract number once a ledger; its objection becomes a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        said = _("已经有一份合同用了这个编号，请核对；同号的补充协议请在编号后加注。")
        raise Refused(said, field="number") from error


def _checked(dossier: Dossier, data: ContractData, now: datetime) -> ContractData:
    data = _stripped(data)
    checks.text(
        Contract,
        {"number": data.number, "title": data.title, "seller": data.seller},
        {
            "number": _("请填合同编号；没有编号的写“无编号”加签订日期。"),
            "title": _("请填合同名称或采购内容。"),
            "seller": _("请填供应方全称，与合同盖章一致。"),
        },
    )
    if data.seller_uscc and (wrong := codes.fault(data.seller_uscc)):
        raise Refused(wrong.text.say(get_language() or ""), field="seller_uscc")
    checks.not_in_future(data.signed_on, now, "signed_on")
    if data.starts_on and data.ends_on and data.ends_on < data.starts_on:
        raise Refused(_("服务结束日期早于开始日期，请核对。"), field="ends_on")
    if data.amount_fen < 0:
        raise Refused(_("合同金额不能是负数。减少金额的补充协议请直接改原合同的金额。"), field="amount_fen")
    checks.amount(data.amount_fen, "amount_fen")
    known = {deployment.key for deployment in rulebook_of(dossier.round.edition).deployments}
    if known and data.deployment not in known:
        raise Refused(_("请在列出的部署模型里选一项。"), field="deployment")
    return data


def _stripped(data: ContractData) -> ContractData:
    return replace(
        data,
        number=data.number.strip(),
        title=data.title.strip(),
        seller=data.seller.strip(),
        seller_uscc=codes.normalise(data.seller_uscc),
    )
