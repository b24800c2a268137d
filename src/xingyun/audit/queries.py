"""Reading the record."""

from collections.abc import Iterable

from django.db.models import QuerySet

from xingyun.audit.models import Checkpoint, Entry
from xingyun.prepared import Prepared


def newest() -> int:
    """The id of the newest entry, 0 before the first: whether anything has been done since one looked."""
    return _NEWEST.first() or 0


_NEWEST: Prepared[int] = Prepared(lambda: Entry.objects.order_by("-id").values_list("id", flat=True)[:1])


def of_stream(name: str) -> QuerySet[Entry]:
    """The entries of one stream, oldest first."""
    return Entry.objects.filter(stream__name=name).order_by("seq")


def of_streams(names: Iterable[str]) -> QuerySet[Entry]:
    """The entries of several streams, newest first, each with its stream."""
    return Entry.objects.filter(stream__name__in=list(names)).select_related("stream").order_by("-at", "-id")


def matching(text: str) -> QuerySet[Entry]:
    """The entries of the streams whose name begins with this text (all, when it is empty), with streams."""
    found = Entry.objects.select_related("stream")
    return found.filter(stream__name__startswith=text) if text else found


def latest(limit: int = 50) -> QuerySet[Entry]:
    """The newest entries of all, each with its stream."""
    return Entry.objects.select_related("stream").order_by("-at", "-id")[:limit]


def last_checkpoint() -> Checkpoint | None:
    """The newest checkpoint."""
    return Checkpoint.objects.order_by("-n").first()
