"""Files, known by their content, and uploads on their way to become files."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xingyun.files.states import USABLE, Scan


class File(models.Model):
    """Content that never changes: the SHA-256 is the name, `kind` the media type found by looking inside.

    `pages` is None where pages mean nothing. Sizes are bytes. `threat` is what the virus scanner named, or
    why it could not look; `scanned_at` is machine time. `cleaned` names the active content that was taken out
    before it was kept (documents.cleaning).
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(null=True)
    scan_state = models.CharField(max_length=8, choices=Scan.choices, default=Scan.OFF)
    threat = models.CharField(max_length=100, blank=True)
    scanned_at = models.DateTimeField(null=True)
    cleaned = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(scan_state__in=["waiting", "failed"]), name="file_unseen")
        ]

    def __str__(self) -> str:
        return self.sha256

    @property
    def usable(self) -> bool:
        """Whether it may be attached and served: seen by the scanner, or there is none."""
        return self.scan_state in USABLE


class Upload(models.Model):
    """A file on its way. `offset` bytes are safe on disk; `sha256` is set when one request brought them all.

    `expires_at` is machine time: moving a rehearsal's clock must not throw half an upload away.
    `finished_at` is when it had become a file.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    length = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    expires_at = models.DateTimeField(db_index=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(offset__lte=F("length")), name="offset_within_length")
        ]

    @property
    def complete(self) -> bool:
        """Whether every byte has arrived."""
        return self.offset == self.length
