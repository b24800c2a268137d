"""What can be odd about a row, how far a file is read, what becomes of findings and confirmations."""

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


class ReadingState(models.TextChoices):
    """How far the reading of a file is."""

    WAITING = "waiting", _("等待读取")
    READ = "read", _("已读取")
    FAILED = "failed", _("没有读出")


class FindingState(models.TextChoices):
    """What an office says of a finding."""

    OPEN = "open", _("等待核实")
    JUSTIFIED = "justified", _("没有问题")
    EXPLAINED = "explained", _("说明成立")
    CONFIRMED = "confirmed", _("问题属实")


class ConfirmationState(models.TextChoices):
    """What became of asking a provider: open while it is asked, and then one of the others for good."""

    ASKED = "asked", _("等待提供方确认")
    CONFIRMED = "confirmed", _("提供方已确认")
    DECLINED = "declined", _("提供方不予确认")
    EXPIRED = "expired", _("链接已过期")
    WITHDRAWN = "withdrawn", _("已撤回")
