"""Looks over the shoulder of what processes keep: each time it is used it is compared with the database."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from xingyun.applications.models import Application
from xingyun.applications.queries import kept
from xingyun.applications.queries.kept import Kept
from xingyun.web.enterprise import missing

_trusted: list[bool] = []
PASSED_IN = {"application", "window"}  # of this request, whatever was kept


def watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep in tests as in production, though a test may run in a transaction, and check each use."""
    plain = Kept.get

    def get(self: Kept[Any], key: tuple[Hashable, ...], load: Callable[[], Any]) -> Any:
        loaded = []
        found = plain(self, key, lambda: loaded.append(load()) or loaded[0])
        if loaded or _trusted:
            return found
        fresh = load()
        # Somebody may have acted while it was read.
        if _is_current(key):
            assert plainly(found) == plainly(fresh), f"kept of {key[0]} is not what the database says"
        return found

    monkeypatch.setattr(Kept, "get", get)
    monkeypatch.setattr(kept, "undoable", _acts)
    forget()


def forget() -> None:
    """As a process that has seen nothing yet."""
    for one in stores():
        one._known.clear()


@contextmanager
def trusting() -> Iterator[None]:
    """Without looking over the shoulder: for counting queries."""
    _trusted.append(True)
    try:
        yield
    finally:
        _trusted.pop()


def stores() -> tuple[Kept[Any], ...]:
    """Everything that a process keeps of applications."""
    # The package calls a function by the module's name.
    laid_out = import_module("xingyun.applications.queries.workspace").LAID_OUT
    return kept.PARTS, laid_out, missing.PANELS


def _acts() -> bool:
    """Whether a transaction other than the test's own is under way."""
    return any(not block._from_testcase for block in connection.atomic_blocks)


def _is_current(key: tuple[Hashable, ...]) -> bool:
    """Whether the row that was read before is still the latest one; else it speaks of an earlier time."""
    now = Application.objects.filter(uid=key[0]).values_list("parts_rev", "rev").get()
    return now[0] == key[1] and (len(key) == len(_of_parts(key)) or now[1] == key[len(_of_parts(key))])


def _of_parts(key: tuple[Hashable, ...]) -> tuple[Hashable, ...]:
    """The beginning of a key that tells the parts."""
    return key[:5]


def plainly(value: Any) -> Any:
    """A value as plain data: rows by their columns, whatever they are called."""
    if isinstance(value, Model):
        known = {f.attname: getattr(value, f.attname) for f in value._meta.concrete_fields}
        return type(value).__name__, tuple(sorted(known.items(), key=lambda pair: pair[0]))
    if is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__, tuple(
            (f.name, plainly(getattr(value, f.name))) for f in fields(value) if f.name not in PASSED_IN
        )
    if isinstance(value, Mapping):
        return {key: plainly(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plainly(one) for one in value]
    return value
