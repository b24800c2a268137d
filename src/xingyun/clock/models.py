"""Where the product's time stands."""

from django.db import models
from django.db.models import Q


class Anchor(models.Model):
    """The one row that says how far a rehearsal's time is from the machine's, in microseconds.

    There is no row in a system that lives in real time.
    """

    offset_us = models.BigIntegerField()
    anchored_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_clock")]
