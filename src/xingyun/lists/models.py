"""What officials keep of their lists: views with a name, definitions of exports, the exports themselves."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from xingyun.files.models import File
from xingyun.lists.states import Form
from xingyun.registry.models import Authority
from xingyun.rounds.models import Programme, Round


class View(models.Model):
    """Filters of the queue under a name, of one person or, with `office`, of everybody who works there.

    `query` is a choice as an address holds it. `rev` counts its renamings.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=400)
    rev = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "programme", "name"], condition=Q(office=None), name="own_view_named_once"
            ),
            models.UniqueConstraint(
                fields=["office", "programme", "name"],
                condition=Q(office__isnull=False),
                name="office_view_named_once",
            ),
        ]


class Definition(models.Model):
    """How an office exports a list again and again: its columns, its filters, the kind of file."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=30)
    columns = models.JSONField()
    query = models.CharField(max_length=400)
    form = models.CharField(max_length=4, choices=Form.choices)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "programme", "name"], name="definition_named_once")
        ]


class Export(models.Model):
    """One list that was asked for: what is seen from a seat in `office`, made by a job, kept for some days.

    `definition` is the uid of the definition that it followed, empty for one that was put together by hand;
    `title` its name at that time. `condition` is the check for which it names the enterprises still to be
    asked for, empty for a list of the queue. `reason` is why contacts were asked for. `shared`: the office's
    others may take it, too. `file` is None before it is written and after it has expired; it is the list
    only once that has `ended_at`, and belongs to a try that was cut short before.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    definition = models.CharField(max_length=36, blank=True)
    title = models.CharField(max_length=30, blank=True)
    condition = models.SlugField(max_length=60, blank=True)
    columns = models.JSONField()
    query = models.CharField(max_length=400)
    form = models.CharField(max_length=4, choices=Form.choices)
    contacts = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    shared = models.BooleanField(default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(contacts=False) | ~Q(reason=""), name="contacts_exported_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, expires_at=None)
                | Q(ended_at__isnull=False, expires_at__isnull=False),
                name="export_expires_once_made",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at", "-id"]),
            models.Index(
                fields=["office", "-asked_at", "-id"], condition=Q(shared=True), name="export_shared"
            ),
            models.Index(fields=["expires_at"], condition=Q(file__isnull=False), name="export_expiring"),
        ]
