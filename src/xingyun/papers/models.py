"""The papers that were issued: which file, from which template and edition, under which number."""

import uuid

from django.db import models
from django.db.models import Q

from xingyun.files.models import File


class Paper(models.Model):
    """An issued document. `about` is the audit stream of the matter that it belongs to.

    `word` and `sheet` (Excel) say what `file` (PDF) says; not every kind has them.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.SlugField(max_length=40)
    about = models.CharField(max_length=80)
    number = models.CharField(max_length=80, blank=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    word = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    sheet = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    template_digest = models.CharField(max_length=64)
    edition_digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="paper_number_once")
        ]
        indexes = [models.Index(fields=["about", "kind", "-id"])]
