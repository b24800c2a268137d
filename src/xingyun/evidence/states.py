"""What can be odd about an invoice or a payment, so that it has to be explained, proved and ruled."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Odd(models.TextChoices):
    """Why a row does not speak for itself."""

    GROUP = "group", _("集团统一采购")
    RENAMED = "renamed", _("曾用名")
    RED = "red", _("红字发票或退款")
    SHARED = "shared", _("一票对应多份合同")
    FOREIGN = "foreign", _("外币结算")
    OTHER = "other", _("其他情况")
