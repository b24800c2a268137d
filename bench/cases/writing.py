"""The record and the places."""

import uuid

from django.db import connection, transaction

from bench.measure import Row, measure
from xingyun.audit import actions as audit
from xingyun.clock import now
from xingyun.registry.actors import SYSTEM
from xingyun.rounds.actions import free_place, take_place
from xingyun.rounds.models import QuotaLine


def rows() -> list[Row]:
    """The record and the places."""
    line = QuotaLine.objects.filter(cap__gte=1).first()
    assert line is not None

    def record() -> None:
        with transaction.atomic():
            audit.append(stream=f"bench:{uuid.uuid4()}", act="bench", actor=SYSTEM, body={}, now=now())

    def place() -> None:
        with transaction.atomic():
            take_place(line=line)
            free_place(line=line)

    return [
        measure("audit entry, a stream each", record, times=300, note=connection.vendor),
        measure("take a place and free it", place, times=300, note=connection.vendor),
    ]
