"""Entering, changing and removing payments, where the rulebook counts what was paid."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from xingyun.audit.errors import Conflict, Refused
from xingyun.evidence.actions import checks, oddities
from xingyun.evidence.actions.data import PaymentData, columns
from xingyun.evidence.models import Dossier, Payment


def record_payment(*, dossier: Dossier, data: PaymentData, now: datetime) -> Payment:
    """Enter a payment. Raises Refused with `field`."""
    data = _checked(dossier, data, now)
    return Payment.objects.create(dossier=dossier, created_at=now, **columns(data))


def change_payment(*, payment: Payment, data: PaymentData, now: datetime) -> Payment:
    """Put these values in the place of the old ones. Raises Refused with `field`, Conflict when removed."""
    data = _checked(payment.dossier, data, now)
    _expect(Payment.objects.filter(pk=payment.pk, removed_at=None).update(**columns(data)))
    payment.refresh_from_db()
    return payment


def remove_payment(*, payment: Payment, now: datetime) -> None:
    """Take a payment out of the ledger."""
    _expect(Payment.objects.filter(pk=payment.pk, removed_at=None).update(removed_at=now))


def _expect(changed: int) -> None:
    if not changed:
        raise Conflict(_("这笔付款已经被另一位填报人删除。您填的内容仍在页面上，可以另行登记。"))


def _checked(dossier: Dossier, data: PaymentData, now: datetime) -> PaymentData:
    data = replace(
        data,
        number=checks.bare(data.number),
        payee=data.payee.strip(),
    )
    said = {"number": data.number, "payee": data.payee, "explanation": data.explanation}
    checks.text(Payment, said, {"number": _("请填银行回单上的流水号；没有的写“无”加付款日期。")})
    checks.not_in_future(data.paid_on, now, "paid_on")
    checks.amount(data.amount_fen, "amount_fen")
    if data.amount_fen == 0:
        raise Refused(_("付款金额不能是 0，请对照回单核对。"), field="amount_fen")
    checks.own_contract(dossier, data.contract)
    return oddities.explained(data, data.amount_fen)
