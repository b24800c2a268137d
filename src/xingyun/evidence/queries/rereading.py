"""What older readers have read: which files are to be read again, and how far that is."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from xingyun.evidence.models import Reading
from xingyun.evidence.queries.readings import VERSION
from xingyun.evidence.states import ReadingState
from xingyun.files.models import File


class HowFar(NamedTuple):
    """Files that the present readers have read, those they are asked to read, and those they are not yet."""

    read: int
    waiting: int
    older: int


def to_read_again(most: int) -> list[File]:
    """Files that older readers read and the present ones were not asked for, the first ones first."""
    unasked = _older().exclude(Exists(_present())).values("file")
    return list(File.objects.filter(pk__in=unasked).order_by("pk")[:most])


def to_settle(most: int) -> list[int]:
    """Files (ids) of which something older is kept although the present readers have read them."""
    told = _older().filter(Exists(_present().exclude(state=ReadingState.WAITING)))
    return list(told.order_by("file").values_list("file", flat=True).distinct()[:most])


def how_far() -> HowFar:
    """How many files there are of each kind (three queries)."""
    present = Reading.objects.filter(version=VERSION)
    waiting = present.filter(state=ReadingState.WAITING).count()
    older = _older().exclude(Exists(_present())).values("file").distinct().count()
    return HowFar(present.exclude(state=ReadingState.WAITING).count(), waiting, older)


def _older() -> QuerySet[Reading]:
    return Reading.objects.filter(version__lt=VERSION)


def _present() -> QuerySet[Reading]:
    return Reading.objects.filter(file=OuterRef("file"), version=VERSION)
