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


class RosterState(models.TextChoices):
    """A code that two authorities claim counts in neither until it is ruled."""

    COUNTED = "counted", _("计入")
    DISPUTED = "disputed", _("两地都报，待裁定")
