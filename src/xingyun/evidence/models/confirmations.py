"""What providers were asked to confirm of contracts that do not say cloud, and what they answered (二、4)."""

import ipaddress
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from xingyun.evidence.models.ledger import Dossier
from xingyun.evidence.states import ConfirmationState


class Confirmation(models.Model):
    """One asking of one contract (`row`), by a link that only its provider was sent.

    `told` is what the provider is shown, frozen; `said` the digest of what the contract said then: once it
    says something else, nothing is confirmed of it. Of the link's token only the `digest` is kept; each time
    that it is `sent` there is a new one. `asked_from` and `answered_from` are network addresses. An asking
    that has expired is marked so when the next one takes its place; until then the clock tells.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    row = models.UUIDField()
    said = models.CharField(max_length=64)
    told = models.JSONField()
    provider = models.CharField(max_length=120)
    provider_uscc = models.CharField(max_length=18)
    address = models.EmailField()
    digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(
        max_length=10, choices=ConfirmationState.choices, default=ConfirmationState.ASKED
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_from = models.CharField(max_length=45)
    sent = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    person = models.CharField(max_length=64, blank=True)
    post = models.CharField(max_length=64, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    answered_from = models.CharField(max_length=45, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "row"], condition=Q(state="asked"), name="one_open_confirmation"
            ),
            models.UniqueConstraint(
                fields=["dossier", "row", "said"], condition=Q(state="confirmed"), name="confirmed_once"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", ended_at=None) | (~Q(state="asked") & Q(ended_at__isnull=False)),
                name="confirmation_open_or_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("confirmed", "declined"))
                | ~(Q(person="") | Q(post="") | Q(phone="") | Q(answered_from="")),
                name="confirmation_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="confirmation_declined_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["dossier", "row", "-id"], name="confirmations_of_row")]

    @property
    def same_network(self) -> bool:
        """Whether it was answered from where it was asked; a proxy that names nobody tells nothing."""
        known = bool(self.answered_from) and not ipaddress.ip_address(self.answered_from).is_loopback
        return known and self.asked_from == self.answered_from
