"""How far a public notice and an objection are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ObjectionState(models.TextChoices):
    """An objection is received, then upheld or dismissed with a reason."""

    RECEIVED = "received", _("待处理")
    UPHELD = "upheld", _("成立")
    DISMISSED = "dismissed", _("不成立")
