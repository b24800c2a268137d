"""Every constraint of the database refuses what it is there for, and nothing else does."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from tests.locks.broken import BESIDE, BROKEN, FITTING
from tests.locks.rows import fill, refused_by

pytestmark = pytest.mark.django_db
OWN = [model for model in apps.get_models() if model.__module__.startswith("xingyun.")]
SAME, OTHER = 7_001, 7_002


@dataclass(frozen=True, slots=True)
class Unique:
    """A constraint, or a column that is unique by itself."""

    model: type[models.Model]
    key: str
    columns: tuple[str, ...]
    condition: Q | None

    @property
    def label(self) -> str:
        return f"{self.model._meta.label}.{self.key}"

    def row(self, **values: int) -> tuple[type[models.Model], dict[str, Any]]:
        """A row to which it applies; `values` number what stands in its columns."""
        given = FITTING.get(self.model._meta.label, {}) | BESIDE.get(self.label, {}) | met(self.condition)
        for name in self.columns:
            given[name] = fill(self.model._meta.get_field(name), values.get(name, SAME))
        return self.model, given


def met(condition: Q | None) -> dict[str, Any]:
    """Values that meet all parts of a condition, each of one column. What is only filled meets the rest."""
    if condition is None or condition.negated:  # not (column = value): whatever else
        return {}
    assert condition.connector == Q.AND
    values = {}
    for path, wanted in condition.children:
        name, _dots, lookup = path.partition("__")
        match lookup, wanted:
            case "", value:
                values[name] = value
            case "in", (first, *_rest):
                values[name] = first
            case "isnull", False:
                pass
            case other:
                raise AssertionError(f"a condition of a new kind: {other}")
    return values


def uniques() -> list[Unique]:
    found = []
    for model in OWN:
        found += [
            Unique(model, one.name, tuple(one.fields), one.condition)
            for one in model._meta.constraints
            if isinstance(one, UniqueConstraint)
        ]
        found += [
            Unique(model, field.name, (field.name,), None)
            for field in model._meta.concrete_fields
            if field.unique and not field.primary_key
        ]
    return found


CHECKS = {
    f"{model._meta.label}.{one.name}": model
    for model in OWN
    for one in model._meta.constraints
    if isinstance(one, CheckConstraint)
}
UNIQUE = {one.label: one for one in uniques()}


def test_every_check_has_its_rows() -> None:
    assert set(BROKEN) == set(CHECKS)
    assert set(BESIDE) <= set(UNIQUE)


@pytest.mark.parametrize("model", OWN, ids=[model._meta.label for model in OWN])
def test_a_row_that_fits_is_taken(model: type[models.Model]) -> None:
    assert refused_by((model, FITTING.get(model._meta.label, {}))) is None


@pytest.mark.parametrize("name", BROKEN)
def test_a_row_that_cannot_be_is_refused(name: str) -> None:
    model = CHECKS[name]
    for values in BROKEN[name]:
        row = FITTING.get(model._meta.label, {}) | values
        assert refused_by((model, row)) == name.rpartition(".")[2], values


@pytest.mark.parametrize("name", UNIQUE)
def test_a_second_row_like_it_is_refused(name: str) -> None:
    one = UNIQUE[name]
    assert refused_by(one.row(), one.row()) in says(one)
    fields = [one.model._meta.get_field(name) for name in one.columns]
    free = [field.name for field in fields if not isinstance(field, models.BooleanField)]
    for column in free:
        assert refused_by(one.row(), one.row(**{column: OTHER})) is None, column


def says(one: Unique) -> set[str]:
    """How the engine names it: SQLite by its columns, PostgreSQL a column's own by a made-up name."""
    table = one.model._meta.db_table
    columns = [one.model._meta.get_field(name).column for name in one.columns]
    if connection.vendor == "sqlite":
        return {", ".join(f"{table}.{column}" for column in columns)}
    if one.key not in one.columns:
        return {one.key}
    with connection.cursor() as cursor:
        known = connection.introspection.get_constraints(cursor, table)
    return {name for name, told in known.items() if told["unique"] and told["columns"] == columns}
