"""Entering, changing and removing invoices (二、3). One number in two dossiers is a finding, no error."""

import re
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from xingyun.audit.errors import Conflict, Refused
from xingyun.evidence.actions import checks, oddities
from xingyun.evidence.actions.data import InvoiceData, columns
from xingyun.evidence.models import Dossier, Invoice
from xingyun.evidence.queries.money import yuan


def record_invoice(*, dossier: Dossier, data: InvoiceData, now: datetime) -> Invoice:
    """Enter an invoice. Raises Refused with `field`."""
    data = _checked(dossier, data, now)
    return Invoice.objects.create(dossier=dossier, created_at=now, **columns(data))


def change_invoice(*, invoice: Invoice, data: InvoiceData, now: datetime) -> Invoice:
    """Put these values in the place of the old ones. Raises Refused with `field`, Conflict when removed."""
    data = _checked(invoice.dossier, data, now, invoice)
    _expect(Invoice.objects.filter(pk=invoice.pk, removed_at=None).update(**columns(data)))
    invoice.refresh_from_db()
    return invoice


def remove_invoice(*, invoice: Invoice, now: datetime) -> None:
    """Take an invoice out of the ledger. One that a red-letter invoice takes back goes after that one."""
    if red := Invoice.objects.filter(original=invoice, removed_at=None).first():
        said = _("红字发票 %s 冲的是这一张，请先移出或修改那一张。")
        raise Refused(said % red.number)
    _expect(Invoice.objects.filter(pk=invoice.pk, removed_at=None).update(removed_at=now))


def _expect(changed: int) -> None:
    if not changed:
        raise Conflict(_("这张发票已经被另一位填报人删除。您填的内容仍在页面上，可以另行登记。"))


def _checked(
    dossier: Dossier, data: InvoiceData, now: datetime, changed: Invoice | None = None
) -> InvoiceData:
    data = replace(
        data,
        code=checks.bare(data.code),
        number=checks.bare(data.number),
        seller=data.seller.strip(),
    )
    said = {name: getattr(data, name) for name in ("code", "number", "seller", "buyer", "explanation")}
    checks.text(Invoice, said, {"number": _("请填发票号码：纸质票 8 位，数电票 20 位。")})
    if not re.fullmatch(r"[0-9A-Za-z]+", data.number):
        raise Refused(_("发票号码只有数字（少数票种有字母），请对照原件核对。"), field="number")
    checks.not_in_future(data.issued_on, now, "issued_on")
    _sums(data)
    checks.own_contract(dossier, data.contract)
    return oddities.told(dossier, oddities.explained(data, data.gross_fen), changed)


def _sums(data: InvoiceData) -> None:
    for field in ("net_fen", "tax_fen", "gross_fen"):
        checks.amount(getattr(data, field), field)
    if data.net_fen + data.tax_fen != data.gross_fen:
        added = yuan(data.net_fen + data.tax_fen)
        message = _("金额 %(net)s 加税额 %(tax)s 等于 %(added)s，不是 %(gross)s。请对照原件核对三个数。") % {
            "net": yuan(data.net_fen),
            "tax": yuan(data.tax_fen),
            "added": added,
            "gross": yuan(data.gross_fen),
        }
        raise Refused(message, field="gross_fen")
