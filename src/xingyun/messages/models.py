"""What people are told: inside the product, and by mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from xingyun.messages.states import Channel, State


class Message(models.Model):
    """One person's message in the product. `about` names what it concerns ("application:…")."""

    dedupe_key = models.CharField(max_length=200, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="message_newest"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="message_unread"),
        ]


class Outbox(models.Model):
    """One message on its way out; `address` is where it goes, so that a later change loses nothing."""

    dedupe_key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    # The id of the authority that tells it, where one does; no relation, for offices stand above this room.
    office = models.BigIntegerField(null=True)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField()
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try"], condition=Q(state=State.QUEUED), name="outbox_waiting"),
            models.Index(
                fields=["office", "-id"], condition=Q(office__isnull=False), name="outbox_of_office"
            ),
        ]
