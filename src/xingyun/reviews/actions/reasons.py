"""Texts that an act can't do without."""

from django.utils.translation import gettext as _

from xingyun.audit.errors import Refused


def needed(text: str, *, missing: str, most: int, field: str = "reason") -> str:
    """The text without blanks around it. Raises Refused with `field` where it is `missing` or too long."""
    text = within(text, most=most, field=field)
    if not text:
        raise Refused(missing, field=field)
    return text


def within(text: str, *, most: int, field: str = "reason") -> str:
    """The text, if any, without blanks around it. Raises Refused with `field` where it is too long."""
    text = text.strip()
    if len(text) > most:
        said = _("最多 %(limit)s 字，超出 %(over)s 字。")
        raise Refused(said % {"limit": most, "over": len(text) - most}, field=field)
    return text
