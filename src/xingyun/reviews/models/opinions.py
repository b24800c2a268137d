"""The district's opinion page: printed, sealed, scanned, and put in its place of the book."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from xingyun.applications.models import Application, Submission
from xingyun.files.models import File
from xingyun.registry.models import Authority


class OpinionPage(models.Model):
    """The page with the office's opinion, sealed and scanned, for the booklet that was handed in.

    `scan` is what was uploaded, `file` the page put upright, `bound` the booklet with it in its place, once
    it is made. `red` tells whether a red seal was seen: a hint.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    scan = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    bound = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    red = models.BooleanField(null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(removed_at=None), name="one_opinion_page"
            )
        ]
