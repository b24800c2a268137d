"""Entering, changing and removing invoices (二、3). One number in two dossiers is a finding, no error."""

import re
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from xingyun.audit.errors import Conflict, Refused
from xingyun.evidence.actions import checks
from xingyun.evidence.actions.data import InvoiceData, columns
from xingyun.evidence.models import Dossier, Invoice


def record_invoice(*, dossier: Dossier, data: InvoiceData, now: datetime) -> Invoice:
    """Enter an invoice. Raises Refused with `field`."""
    data = _checked(dossier, data, now)
    return Invoice.objects.create(dossier=dossier, created_at=now, **columns(data))


def change_invoice(*, invoice: Invoice, data: InvoiceData, now: datetime) -> Invoice:
    """Put these values in the place of the old ones. Raises Refused with `field`, Conflict when removed."""
    data = _checked(invoice.dossier, data, now)
    _expect(Invoice.objects.filter(pk=invoice.pk, removed_at=None).update(**columns(data)))
    invoice.refresh_from_db()
    return invoice


def remove_invoice(*, invoice: Invoice, now: datetime) -> None:
    """Take an invoice out of the ledger."""
    _expect(Invoice.objects.filter(pk=invoice.pk, removed_at=None).update(removed_at=now))


def _expect(changed: int) -> None:
    if not changed:
        raise Conflict(_("这张发票已经被另一位填报人删除。您填的内容仍在页面上，可以另行登记。"))


def _checked(dossier: Dossier, data: InvoiceData, now: datetime) -> InvoiceData:
    data = replace(
        data,
        code=checks.bare(data.code),
        number=checks.bare(data.number),
        seller=data.seller.strip(),
        explanation=data.explanation.strip(),
    )
    said = {"code": data.code, "number": data.number, "seller": data.seller, "explanation": data.explanation}
    checks.text(Invoice, said, {"number": _("请填发票号码：纸质票 8 位，数电票 20 位。")})
    if not re.fullmatch(r"[0-9A-Za-z]+", data.number):
        raise Refused(_("发票号码只有数字（少数票种有字母），请对照原件核对。"), field="number")
    checks.not_in_future(data.issued_on, now, "issued_on")
    _sums(data)
    checks.own_contract(dossier, data.contract)
    return data


def _sums(data: InvoiceData) -> None:
    for field in ("net_fen", "tax_fen", "gross_fen"):
        checks.amount(getattr(data, field), field)
    if data.net_fen + data.tax_fen != data.gross_fen:
        added = _yuan(data.net_fen + data.tax_fen)
        message = _("金额 %(net)s 加税额 %(tax)s 等于 %(added)s，不是 %(gross)s。请对照原件核对三个数。") % {
            "net": _yuan(data.net_fen),
            "tax": _yuan(data.tax_fen),
            "added": added,
            "gross": _yuan(data.gross_fen),
        }
        raise Refused(message, field="gross_fen")
    if data.gross_fen < 0 and not data.explanation:
        raise Refused(_("红字发票请写明冲的是哪一张、为什么。"), field="explanation")


def _yuan(fen: int) -> str:
    sign, fen = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02d}"
