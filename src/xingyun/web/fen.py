"""Sums in yuan as people type them, kept as whole fen."""

import re

from django.utils.translation import gettext as _

from xingyun.audit.errors import Refused

SUM = re.compile(r"(-?)(\d{1,13})(?:\.(\d{1,2}))?")


def fen_typed(typed: str, field: str = "") -> int:
    """Whole fen; blanks, thousands' commas and signs of the currency do no harm. Raises Refused."""
    found = SUM.fullmatch(re.sub(r"[\s,，¥￥元]", "", typed))
    if not found:
        raise Refused(_("请只填数字，单位是元，最多两位小数，例如 214000.00。"), field=field)
    sign, whole, part = found.groups()
    return int(f"{sign}{int(whole) * 100 + int((part or '').ljust(2, '0'))}")
