"""What enterprises, officials' seats and roster entries can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnterpriseState(models.TextChoices):
    """A registered code proves nothing until the authority has looked at licence and authorisation."""

    PENDING = "pending", _("等待激活")
    ACTIVE = "active", _("已激活")
    REFUSED = "refused", _("未予激活")


class MemberRole(models.TextChoices):
    """What a person may do for an enterprise."""

    HOLDER = "holder", _("单位管理员")
    PREPARER = "preparer", _("填报人")


class Role(models.TextChoices):
    """What a person may do in an authority; the first three are never the same person on one matter."""

    PREPARER = "preparer", _("经办")
    REVIEWER = "reviewer", _("复核")
    SIGNATORY = "signatory", _("签发")
    COUNTERSIGNER = "countersigner", _("财政会签")
    READER = "reader", _("查阅")
    EXPERT = "expert", _("评审专家")
    AUDITOR = "auditor", _("审计")
    ADMIN = "admin", _("系统管理")


class TakeoverReason(models.TextChoices):
    """Why somebody else is to act for an enterprise that is registered already."""

    LEFT = "left", _("原来管账号的人离职或换岗")
    LOST = "lost", _("登录名或密码找不回来")
    STRANGER = "stranger", _("不是本单位注册的")


class TakeoverState(models.TextChoices):
    """What became of it; the last three are the authority's rulings."""

    OPEN = "open", _("等待裁定")
    HANDED_OVER = "handed_over", _("已移交")
    BOTH = "both", _("两方都保留")
    KEPT = "kept", _("维持原状")


class RosterState(models.TextChoices):
    """A code that two authorities claim counts in neither until it is ruled."""

    COUNTED = "counted", _("计入")
    DISPUTED = "disputed", _("两地都报，待裁定")


class RosterField(models.TextChoices):
    """What a column of a handed-in roster can hold."""

    USCC = "uscc", _("统一社会信用代码")
    NAME = "name", _("企业名称")
    LISTED_ON = "listed_on", _("上云时间")
    PROVIDER = "provider", _("主要云服务商")
    DISTRICT = "district", _("所属区县")


NEEDED = (RosterField.USCC, RosterField.NAME)
