"""The states of what leaves the house, and the ways it leaves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """In-app messages need no outbox: they are delivered by the transaction that writes them."""

    MAIL = "mail", _("电子邮件")


class State(models.TextChoices):
    """queued → sent | failed (after the last try)."""

    QUEUED = "queued", _("待发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")
