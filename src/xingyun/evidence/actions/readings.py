"""What files say is kept once for each content, however often it is asked for, by the newest readers."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from xingyun.documents.page_looks import bands
from xingyun.evidence.models import PageLook, Reading
from xingyun.evidence.queries.readings import VERSION, has_anything
from xingyun.evidence.states import ReadingState
from xingyun.files.models import File


def expect_reading(*, file: File) -> Reading:
    """The reading of a file by the present readers, begun if need be; waiting until `keep_reading`."""
    Reading.objects.bulk_create([Reading(file=file, version=VERSION)], ignore_conflicts=True)
    return Reading.objects.get(file=file, version=VERSION)


def keep_reading(
    *, file: File, data: Mapping[str, Any], looks: Iterable[Mapping[str, Any]], now: datetime
) -> None:
    """Keep what was read and what the pages look like, in the place of whatever was kept before.

    What could be read once and can not be now stays as it was read then.
    """
    state = ReadingState.READ if data["read"] or has_anything(data) else ReadingState.FAILED
    kept = {"state": state, "data": dict(data), "read_at": now}
    fresh = [_look(file, one) for one in looks]
    with transaction.atomic():
        if state == ReadingState.FAILED and (before := _read_before(file)):
            kept = {"state": before.state, "data": before.data, "read_at": before.read_at}
        Reading.objects.update_or_create(file=file, version=VERSION, defaults=kept)
        if fresh:
            PageLook.objects.filter(file=file).delete()
            PageLook.objects.bulk_create(fresh)


def forget_older(*, files: Collection[int]) -> None:
    """Drop what older readers read of these files (ids): the present ones have read them."""
    Reading.objects.filter(file__in=list(files), version__lt=VERSION).delete()


def _read_before(file: File) -> Reading | None:
    read = Reading.objects.filter(file=file, version__lt=VERSION, state=ReadingState.READ)
    return read.order_by("-version").first()


def _look(file: File, one: Mapping[str, Any]) -> PageLook:
    banded = {f"band{n}": band for n, band in enumerate(bands(one["hash"]))}
    return PageLook(file=file, **one, **banded)
