"""How every change of a draft but typing is made: the row held, the act checked, counted and recorded."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from xingyun.applications import permissions
from xingyun.applications.models import Application
from xingyun.audit import actions as audit
from xingyun.registry.actors import Actor


@dataclass(slots=True)
class Edit:
    """A change under way: the application as it is in the database, and what the record will say."""

    application: Application
    body: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)
    nothing: bool = False

    def say(self, **body: Any) -> None:
        """Add keys, ids and digests to the entry."""
        self.body.update(body)


@contextmanager
def editing(
    *, application: Application, act: str, places: tuple[str, ...], actor: Actor, now: datetime
) -> Iterator[Edit]:
    """Hold the application, make sure that `places` may be changed, then count the change and record it.

    A submission under way finds the revision moved, so what it froze is what was there. `nothing` set by
    the caller says that all was so already. Raises NotAllowed, Refused, Conflict.
    """
    with transaction.atomic():
        # Held first, read then: an amendment that waits for the row moves it to another edition.
        Application.objects.select_for_update().only("pk").get(pk=application.pk)
        held = (
            Application.objects.select_related("edition", "round", "dossier", "holder")
            .defer("edition__source")
            .get(pk=application.pk)
        )
        permissions.may_edit(actor, held, *places)
        edit = Edit(held)
        yield edit
        if edit.nothing:
            return
        _count(held, edit.columns)
        audit.append(stream=held.stream, act=f"application.{act}", actor=actor, body=edit.body, now=now)
    application.rev, application.parts_rev = held.rev, held.parts_rev
    for name, value in edit.columns.items():
        setattr(application, name, value)


def _count(held: Application, columns: Mapping[str, Any]) -> None:
    held.rev += 1
    held.parts_rev += 1
    Application.objects.filter(pk=held.pk).update(rev=held.rev, parts_rev=held.parts_rev, **columns)
