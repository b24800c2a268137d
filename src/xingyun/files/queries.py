"""Reading files and uploads."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from xingyun.clock import machine_now
from xingyun.files import scanner, storage
from xingyun.files.models import File, Upload


def path(file: File) -> Path:
    """Where the content lies; read it, never write it."""
    return storage.place(file.sha256)


def reader(file: File) -> BinaryIO:
    """The content, open for reading."""
    return path(file).open("rb")


def storage_ok() -> bool:
    """Whether files can be written and read back just now."""
    return storage.works()


def scanner_ok() -> bool | None:
    """Whether the virus scanner answers; None where none is set up."""
    return scanner.answers(settings.CLAMD) if settings.CLAMD else None


def under_way(*, owners: Iterable[int], at: datetime) -> bool:
    """Whether one of these people was sending a file at that moment: begun before, not arrived yet."""
    begun = Upload.objects.filter(owner_id__in=list(owners), created_at__lt=at)
    return begun.filter(Q(finished_at=None) | Q(finished_at__gte=at)).exists()


def upload_of(*, owner_id: int, uuid: UUID, now: datetime | None = None) -> Upload | None:
    """The owner's upload by its public id, unless it has expired. `now` is machine time."""
    alive = Upload.objects.filter(owner_id=owner_id, expires_at__gt=now or machine_now())
    return alive.select_related("file").filter(uuid=uuid).first()
