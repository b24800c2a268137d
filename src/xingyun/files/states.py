"""The states of a file's scan."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scan(models.TextChoices):
    """`off` where no scanner is set up; waiting → clean | infected | failed; failed is tried again."""

    OFF = "off", _("未设扫描")
    WAITING = "waiting", _("等待扫描")
    CLEAN = "clean", _("未发现病毒")
    INFECTED = "infected", _("发现病毒")
    FAILED = "failed", _("扫描失败")


USABLE = (Scan.OFF, Scan.CLEAN)
UNSEEN = (Scan.WAITING, Scan.FAILED)
