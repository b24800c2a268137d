"""What a round can be. Whether a window is open is never stored: the clock says it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """A round is prepared, then open until its results are announced."""

    PLANNED = "planned", _("筹备")
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已结束")
