"""The papers that were issued and under which numbers; how offices word them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from xingyun.files.models import File
from xingyun.registry.models import Authority


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


class Wording(models.Model):
    """How an office words a kind of paper from now on; rows are only ever added, the newest version holds.

    `texts` has the passages (see `states`); one without any goes back to the usual wording.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    kind = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    texts = models.JSONField(default=dict)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "kind", "version"], name="wording_version_once")
        ]


class Series(models.Model):
    """An office whose document numbers are given here: `prefix`〔year〕n号.

    In `year` the first number is `after` + 1, because the ones before it were given elsewhere.
    """

    authority = models.OneToOneField(Authority, on_delete=models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=40, unique=True)
    year = models.PositiveSmallIntegerField()
    after = models.PositiveIntegerField(default=0)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(prefix=""), name="series_has_a_prefix")]

    def given_elsewhere(self, year: int) -> int:
        """The last number of this year that was given before the system gave any; 0 for none."""
        return self.after if self.year == year else 0


class DocumentNumber(models.Model):
    """A number of an office's series and the paper that bears it: of this kind, in the matter `about`."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()
    text = models.CharField(max_length=80, unique=True)
    kind = models.SlugField(max_length=40)
    about = models.CharField(max_length=80)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "year", "n"], name="document_number_once"),
            models.UniqueConstraint(fields=["about", "kind"], name="one_number_a_paper"),
            models.CheckConstraint(condition=Q(n__gte=1), name="numbers_begin_at_one"),
        ]
