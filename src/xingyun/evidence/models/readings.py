"""What files say and what their pages look like: of each content once, whoever handed it in."""

from django.db import models

from xingyun.evidence.states import ReadingState
from xingyun.files.models import File


class Reading(models.Model):
    """What the readers of this `version` found in a file; `data` is documents.evidence_reading's answer.

    An older one is kept until newer readers have read all files and what hangs on this one is checked again.
    """

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=ReadingState.choices, default=ReadingState.WAITING)
    data = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "version"], name="one_reading_a_version")]
        indexes = [models.Index(fields=["version", "state"], name="reading_version")]


class PageLook(models.Model):
    """What one page (from 1) looks like.

    `hash` is a difference hash of 64 bits (as a signed number) in four bands of 16, by which like pages are
    found without looking at all of them; `fine` is one of 256 bits (hexadecimal), by which they are compared.
    `ink` and `red` are shares of the pixels in a thousandth; `short_side` is in pixels of an image, points of
    a PDF page; `turned` by how many degrees its text stands, None where there is none to tell by.
    """

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveIntegerField()
    hash = models.BigIntegerField()
    band0 = models.PositiveIntegerField()
    band1 = models.PositiveIntegerField()
    band2 = models.PositiveIntegerField()
    band3 = models.PositiveIntegerField()
    fine = models.CharField(max_length=64)
    ink = models.PositiveSmallIntegerField()
    red = models.PositiveSmallIntegerField()
    short_side = models.PositiveIntegerField()
    picture = models.BooleanField()
    turned = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "page"], name="one_look_a_page")]
        indexes = [models.Index(fields=[f"band{n}"], name=f"page_band{n}") for n in range(4)]
