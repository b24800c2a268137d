"""Rows of any table, filled without sense: whatever nothing is said of differs from row to row."""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.db import IntegrityError, connection, models, transaction

NOW = datetime(2020, 10, 12, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=36_500)  # than any row's own moment
NUMBERS = count(1)


class Undo(Exception):
    """Ends the block so that nothing of it stays; what rows point at need not be there until then."""


def fill(field: models.Field, n: int) -> Any:
    """What the n-th row holds in a column; relations of one row point at different rows.

    Raises:
        TypeError: For a kind of column that no table had when this was written.
    """
    match field:
        case models.ForeignKey():
            return n * 100 + field.creation_counter % 100
        case models.UUIDField():
            return uuid.UUID(int=n)
        case models.JSONField():
            return {}
        case models.BooleanField():
            return False
        case models.DateTimeField():
            return NOW + timedelta(seconds=n)
        case models.DateField():
            return NOW.date() + timedelta(days=n)
        case models.IntegerField():
            return n
        case models.CharField() | models.TextField():
            return str(n)
    raise TypeError(f"a row can't be filled: {field}")


def insert(model: type[models.Model], given: dict[str, Any]) -> None:
    """A new row with these values by the fields' names; what may be empty is, if nothing is said of it."""
    n = next(NUMBERS)
    row = model()
    for field in model._meta.concrete_fields:
        if field.name in given:
            setattr(row, field.attname, given[field.name])
        elif not isinstance(field, models.AutoField):
            setattr(row, field.attname, None if field.null else fill(field, n))
    row.save_base(raw=True, force_insert=True)


def refused_by(*rows: tuple[type[models.Model], dict[str, Any]]) -> str | None:
    """Who refuses the last of these rows: a constraint's name, or its columns where SQLite says no more.

    None if all were taken. The rows before it have to be taken. Nothing of them stays.
    """
    refused = None
    try:
        with transaction.atomic():
            for model, given in rows[:-1]:
                insert(model, given)
            try:
                insert(*rows[-1])
            except IntegrityError as error:
                refused = told(error)
            raise Undo
    except Undo:
        return refused


def told(error: IntegrityError) -> str:
    """What the engine says of whom was broken."""
    if connection.vendor == "postgresql":
        return str(error.__cause__.diag.constraint_name)
    return str(error).partition(" constraint failed: ")[2]
