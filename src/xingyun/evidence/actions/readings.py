"""What files say is kept once for each content and version of the readers, however often it is asked for."""

from collections.abc import Iterable, Mapping
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
    """Keep what was read and what the pages look like, in the place of whatever was kept before."""
    state = ReadingState.READ if data["read"] or has_anything(data) else ReadingState.FAILED
    with transaction.atomic():
        Reading.objects.update_or_create(
            file=file, version=VERSION, defaults={"state": state, "data": dict(data), "read_at": now}
        )
        PageLook.objects.filter(file=file).delete()
        PageLook.objects.bulk_create(_look(file, one) for one in looks)


def _look(file: File, one: Mapping[str, Any]) -> PageLook:
    banded = {f"band{n}": band for n, band in enumerate(bands(one["hash"]))}
    return PageLook(file=file, **one, **banded)
