"""The states of a file's scan."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scan(models.TextChoices):
    """`off` where no scanner is set up."""

    OFF = "off", _("未设扫描")
    WAITING = "waiting", _("等待扫描")
    CLEAN = "clean", _("未发现病毒")
    INFECTED = "infected", _("发现病毒")
    FAILED = "failed", _("扫描失败")
