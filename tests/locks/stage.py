"""A plugin for the runner's tests: threads pause between reading and writing, a constraint is gone.

Whoever reads in a thread pauses before he goes on, so that what stands between reading and writing is found
by the others every time and not once in a thousand. XINGYUN_WITHOUT (JSON) tells the constraints that are
dropped while these tests run, XINGYUN_TEMPLATE names the migrated database of which theirs is a copy.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

PAUSE = 0.012


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Copy the migrated database; slow down whoever connects from a thread."""
    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = os.environ["XINGYUN_TEMPLATE"]
    connection_created.connect(_slow_down)


def _slow_down(*, connection: BaseDatabaseWrapper, **_more: object) -> None:
    if threading.current_thread() is not threading.main_thread():
        connection.execute_wrappers.append(_pausing)


def _pausing(
    execute: Callable[..., Any], sql: str, parameters: object, many: bool, context: dict[str, Any]
) -> Any:
    answer = execute(sql, parameters, many, context)
    if sql.startswith("SELECT"):
        time.sleep(PAUSE)
    return answer


@pytest.fixture(autouse=True)
def _without(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Set up before the test's own database and torn down after that was emptied."""
    name = _gone_for(request.node.nodeid)
    if name is None:
        yield
        return
    with django_db_blocker.unblock():
        again = drop(name)
    yield
    with django_db_blocker.unblock():
        again()


def _gone_for(test: str) -> str | None:
    known: dict[str, list[str]] = json.loads(os.environ.get("XINGYUN_WITHOUT", "{}"))
    return next((name for name, tests in known.items() if any(covers(one, test) for one in tests)), None)


def covers(asked: str, test: str) -> bool:
    """Whether a test is one of those asked for: itself, a case of it, or one of its file."""
    return test == asked or test.startswith((f"{asked}::", f"{asked}["))


def drop(name: str) -> Callable[[], None]:
    """Take a constraint or a unique field's index out of the database; what puts it back."""
    model_name, _dot, key = name.rpartition(".")
    model = apps.get_model(model_name)
    named = {constraint.name: constraint for constraint in model._meta.constraints}
    if key not in named:
        return _drop_unique(model._meta.db_table, model._meta.get_field(key).column)
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, named[key])

    def again() -> None:
        with connection.schema_editor() as editor:
            editor.add_constraint(model, named[key])

    return again


def _drop_unique(table: str, column: str) -> Callable[[], None]:
    with connection.cursor() as cursor:
        known = connection.introspection.get_constraints(cursor, table)
        [name] = [k for k, c in known.items() if c["unique"] and c["columns"] == [column]]
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')

    def again() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" UNIQUE ("{column}")')

    return again
