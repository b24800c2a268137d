"""The order of applicants when places are short, and many decisions prepared in one act."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from xingyun.applications.models import Application
from xingyun.registry.models import Authority
from xingyun.reviews.models.deciding import Decision
from xingyun.reviews.states import Kind, Outcome
from xingyun.rounds.models import Round


class RankingBasis(models.Model):
    """By what an office puts applicants in order when places are short: published before its window opens.

    `by` are keys of the rulebook's ranking, `meeting` for an order by hand. A change never overwrites: the
    old one is replaced and stays, the new one says why.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    by = models.JSONField()
    words = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "authority"], condition=Q(replaced_at=None), name="one_live_basis"
            )
        ]


class Shift(models.Model):
    """A row that was put elsewhere in an office's order, by hand, and why; rows are only ever added.

    It stands before `ahead_of` since (None: last), at `position` in place of `was` (both from 1). `seq`
    counts the shifts of one order.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    level = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    seq = models.PositiveIntegerField()
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    ahead_of = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+", null=True)
    was = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    shifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shifted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "authority", "level", "kind", "seq"], name="shifts_one_by_one"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="shifted_with_a_reason"),
        ]


class Bulk(models.Model):
    """Many decisions that were prepared in one act, with one outcome; each row succeeds or fails alone."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(max_length=2000, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["authority", "round", "-asked_at", "-id"])]


class BulkRow(models.Model):
    """One act on one application in a bulk: not tried yet, or its decision, or why there is none."""

    bulk = models.ForeignKey(Bulk, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    level = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+", null=True)
    message = models.CharField(max_length=500, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    tried_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulk", "seq"], name="bulk_row_numbered"),
            models.UniqueConstraint(fields=["bulk", "application", "level", "kind"], name="once_in_a_bulk"),
            models.CheckConstraint(
                condition=Q(tried_at=None, decision=None, message="")
                | Q(tried_at__isnull=False, decision__isnull=False, message="")
                | (Q(tried_at__isnull=False, decision=None) & ~Q(message="")),
                name="bulk_row_has_one_end",
            ),
        ]
