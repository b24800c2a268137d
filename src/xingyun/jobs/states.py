"""The states of a job."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """queued → running → done | failed; running → queued when it is tried again."""

    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")


OPEN = (State.QUEUED, State.RUNNING)
