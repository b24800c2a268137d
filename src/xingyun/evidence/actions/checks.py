"""What contracts, invoices and payments have in common when they are checked."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from xingyun.audit.errors import Refused
from xingyun.clock import calendar_day
from xingyun.evidence.models import Contract, Dossier

MOST_FEN = 10**15


def text(model: type[Model], values: Mapping[str, str], required: Mapping[str, str]) -> None:
    """Required texts are there, and each fits its column."""
    for field, message in required.items():
        if not values[field]:
            raise Refused(message, field=field)
    for field, value in values.items():
        most = getattr(model._meta.get_field(field), "max_length", None)
        if most and len(value) > most:
            said = _("超出 %(over)d 字（最多 %(most)d 字）。请删减，原来填的内容已保留。")
            raise Refused(said % {"over": len(value) - most, "most": most}, field=field)


def not_in_future(day: date, now: datetime, field: str) -> None:
    """Nothing is signed or issued tomorrow."""
    if day > calendar_day(now):
        raise Refused(_("日期 %s 还没有到，请对照原件核对年份。") % day.isoformat(), field=field)


def amount(fen: int, field: str) -> None:
    """A sum that a contract or an invoice can have."""
    if abs(fen) > MOST_FEN:
        raise Refused(_("数额太大。单位是元，请核对。"), field=field)


def own_contract(dossier: Dossier, contract: Contract | None) -> None:
    """What is paid for a contract stands in the same ledger."""
    if contract and (contract.dossier_id != dossier.pk or contract.removed_at):
        raise Refused(_("这份合同已不在台账里，请重选。"), field="contract")


def bare(text: str) -> str:
    """A number without the blanks that were typed or copied into it."""
    return re.sub(r"\s", "", text)
