"""An officer at the desk: which pages were looked at, and notes pinned to a place on a page."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from xingyun.applications.models import Application
from xingyun.files.models import File
from xingyun.registry.models import Authority
from xingyun.reviews.models.deciding import Return


class PageRead(models.Model):
    """A page (from 1) of a file that an officer has looked at while examining an application."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person", "file", "page"], name="page_read_once_a_person"
            )
        ]


class Note(models.Model):
    """What an office means to have mended, kept until its correction notice takes it up (`of`).

    `file`, `page`, `x` and `y` (in a thousandth of the upright page) say where it is pinned; all are empty
    where the entry has no pages. `name` is the file's as it was then. `place` and `clause` are those of the
    defect that it becomes; `place` may be empty until then.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=200, blank=True)
    page = models.PositiveIntegerField(null=True)
    x = models.PositiveIntegerField(null=True)
    y = models.PositiveIntegerField(null=True)
    place = models.CharField(max_length=80, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=500)
    pinned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pinned_at = models.DateTimeField()
    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file=None, page=None, x=None, y=None)
                | Q(file__isnull=False, page__isnull=False, x__isnull=False, y__isnull=False)
                & Q(page__gte=1, x__lte=1000, y__lte=1000),
                name="note_pinned_whole",
            )
        ]
        indexes = [models.Index(fields=["application", "authority"], condition=Q(of=None), name="note_open")]
