"""Work that lasts longer than a request, what repeats by itself, and who works."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from xingyun.jobs.states import OPEN, State

# What the worker itself writes into `error`; anything else is the work's own words.
DIED = "died"
FAULT = "fault:"
FULL = "full"


class Job(models.Model):
    """One piece of work, known by its kind and key while it is open.

    `attempt` only ever grows and fences: whoever was overtaken can't report any more. `failures` counts
    the tries that ended badly since the work was last asked for. `lease_until` is machine time,
    `run_after` and the others are the product's. `again`: asked for once more while it was running.
    `error` is shown as `reason`.
    """

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    payload = models.JSONField(default=dict)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempt = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    max_attempts = models.PositiveIntegerField(default=3)
    lease_until = models.DateTimeField(null=True)
    run_after = models.DateTimeField()
    again = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], condition=Q(state__in=OPEN), name="one_open_job"),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING, lease_until__isnull=False)
                | (~Q(state=State.RUNNING) & Q(lease_until=None)),
                name="lease_while_running",
            ),
            models.CheckConstraint(condition=Q(progress__lte=F("total")), name="progress_in_total"),
        ]
        indexes = [
            models.Index(fields=["run_after", "id"], condition=Q(state=State.QUEUED), name="job_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state=State.RUNNING), name="job_leased"),
            models.Index(fields=["kind", "key", "-id"], name="job_latest"),
            models.Index(fields=["owner", "-id"], name="job_of_owner"),
        ]

    @property
    def reason(self) -> str:
        """Why it failed, or why it is tried again, in the reader's language."""
        if self.error == DIED:
            return _("执行它的进程中途退出。")
        if self.error == FULL:
            return _("服务器的存储空间满了，已排队等着；腾出空间后会自动接着做。")
        if self.error.startswith(FAULT):
            number = self.error.removeprefix(FAULT)
            return _("出了意外的错误。请再试一次；仍不行时，把编号 %s 告诉管理员。") % number
        return self.error


class Beat(models.Model):
    """When a repeated job is due next (machine time)."""

    kind = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()


class Worker(models.Model):
    """A worker process and when it was last seen (machine time)."""

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
