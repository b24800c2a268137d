"""What contracts and invoices have in common when they are checked."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from xingyun.audit.errors import Refused
from xingyun.clock import ZONE

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
    if day > now.astimezone(ZONE).date():
        raise Refused(_("日期 %s 还没有到，请对照原件核对年份。") % day.isoformat(), field=field)


def amount(fen: int, field: str) -> None:
    """A sum that a contract or an invoice can have."""
    if abs(fen) > MOST_FEN:
        raise Refused(_("数额太大。单位是元，请核对。"), field=field)
