"""A whole edition as one TOML file: tables and keys in the order of the schema, whatever files it came from.

It says what the files say and nothing else, so that it has the same digest.
"""

from collections.abc import Mapping
from typing import Any

from xingyun.rulebook.load import tables
from xingyun.rulebook.reading import kind_of, plan_of
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.shape import Column, columns
from xingyun.rulebook.toml import to_toml


def canonical(source: Mapping[str, str]) -> str:
    """The TOML text of an edition given by its files' texts by name."""
    return to_toml(_ordered(Document, tables(source)))


def _ordered(cls: type, table: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a table in the order of its class, `kind` first."""
    known = {c.toml: c for c in columns(cls)}
    order = ["kind", *(p.toml for p in plan_of(cls).values())]
    listed = dict.fromkeys([*(k for k in order if k in table), *table])
    return {key: _value(known.get(key), table[key]) for key in listed}


def _value(column: Column | None, value: Any) -> Any:
    if column is None or not column.tables:
        return value
    if isinstance(value, list):
        return [_value(column, one) for one in value]
    return _ordered(_class(column, value), value)


def _class(column: Column, table: Mapping[str, Any]) -> type:
    """The class of a table: of several, the one whose `kind` it names."""
    if len(column.tables) == 1:
        return column.tables[0]
    return next(c for c in column.tables if kind_of(c) == table["kind"])
