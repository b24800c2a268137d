"""Streams of entries, each a hash chain, and the checkpoints that sign their heads.

Triggers of the database forbid changing or removing an entry or a checkpoint (see the migration).
"""

import json
from typing import Any

from django.db import models
from django.db.models import F, Q

GENESIS = "0" * 64


class Stream(models.Model):
    """One chain: an application, an authority, a round, an account. Its row is the chain's lock."""

    name = models.CharField(max_length=120, unique=True)
    seq = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default=GENESIS)
    signed_seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(signed_seq__lte=F("seq")), name="signed_what_is_there")
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(signed_seq__lt=F("seq")), name="stream_unsigned"),
        ]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One act. `body` is canonical JSON, exactly the text that was hashed; it holds no personal data."""

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    label = models.CharField(max_length=120)
    act = models.CharField(max_length=80)
    body = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="one_entry_a_place")]
        indexes = [models.Index(fields=["-at", "-id"])]

    @property
    def facts(self) -> dict[str, Any]:
        """The body, read."""
        found: dict[str, Any] = json.loads(self.body)
        return found


class Checkpoint(models.Model):
    """The heads that changed since the one before, signed: canonical JSON [[stream, seq, hash], …]."""

    n = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    prev = models.CharField(max_length=64)
    heads = models.TextField()
    hash = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
