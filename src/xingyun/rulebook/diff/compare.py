"""Walks two editions side by side and yields where they differ, whatever tables they have."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, NamedTuple

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.diff.change import What
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.shape import ABSENT, Column, class_of, columns, identity, is_empty, value_of


class Step(NamedTuple):
    """One step down: a key of a table of `cls`; where that holds a list, one entry with its identity."""

    cls: type
    column: Column
    entry: Any = None
    id: str | None = None


class Difference(NamedTuple):
    """One place where two editions differ, with both values as they are."""

    what: What
    way: tuple[Step, ...]
    old: Any
    new: Any

    @property
    def path(self) -> tuple[str, ...]:
        """The way by keys."""
        return tuple(key for s in self.way for key in (s.column.toml, s.id) if key is not None)

    @property
    def clauses(self) -> tuple[str, ...]:
        """What the innermost entry on the way that cites clauses follows from."""
        cited = [getattr(s.entry, "clause", None) for s in reversed(self.way)]
        found = next((c for c in cited if c), ())
        return (found,) if isinstance(found, str) else tuple(found)


def differences(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    """Every difference, in the order of the tables."""
    yield from _tables(Document, _as_written(old), Document, _as_written(new), ())


def _as_written(book: Rulebook) -> Document:
    """The tables without the choices that a field takes from another table: those are compared there."""
    tables = {f.name: getattr(book, f.name) for f in fields(Document)}
    own = tuple(replace(f, options=()) if f.options_from else f for f in book.form.fields)
    return Document(**{**tables, "form": replace(book.form, fields=own)})


def _tables(old_cls: type, old: Any, new_cls: type, new: Any, way: tuple[Step, ...]) -> Iterator[Difference]:
    known = {c.toml: (new_cls, c) for c in columns(new_cls)}
    before = {c.toml: (old_cls, c) for c in columns(old_cls)}
    for toml, (cls, column) in {**before, **known}.items():
        a = value_of(old, before[toml][1]) if toml in before else ABSENT
        b = value_of(new, known[toml][1]) if toml in known else ABSENT
        if not (ABSENT in (a, b) and _default(cls, column) in (a, b)):
            yield from _values(column, a, b, (*way, Step(cls, column)))


def _default(cls: Any, column: Column) -> Any:
    """What a table of that class says without the key: what a kind that lacks the key says too."""
    return next(f.default for f in fields(cls) if f.name == column.name)


def _values(column: Column, old: Any, new: Any, way: tuple[Step, ...]) -> Iterator[Difference]:
    """The differences of one key's values."""
    if old == new or (is_empty(old) and is_empty(new)):
        return
    if column.many and column.tables and all(identity(c) for c in column.tables):
        yield from _entries(column, _listed(old), _listed(new), way)
    elif column.tables and not column.many and _given(old) and _given(new):
        inside = (*way[:-1], way[-1]._replace(entry=new))
        yield from _tables(class_of(column, old), old, class_of(column, new), new, inside)
    else:
        what: What = "changed" if not column.tables or column.many else "added" if _given(new) else "removed"
        yield Difference(what, way, old, new)


def _given(value: Any) -> bool:
    return value is not None and value is not ABSENT


def _listed(value: Any) -> tuple[Any, ...]:
    return () if value is ABSENT else value


def _entries(
    column: Column, old: tuple[Any, ...], new: tuple[Any, ...], way: tuple[Step, ...]
) -> Iterator[Difference]:
    """Entries matched by identity: gone, changed, new, and another order of those that stay."""
    before, after = _by_identity(old), _by_identity(new)
    for key, entry in before.items():
        if key not in after:
            yield Difference("removed", _into(way, entry, key), entry, None)
    for key, entry in after.items():
        if key not in before:
            yield Difference("added", _into(way, entry, key), None, entry)
        else:
            known = before[key]
            yield from _tables(
                class_of(column, known), known, class_of(column, entry), entry, _into(way, entry, key)
            )
    stay = [k for k in before if k in after]
    if stay != [k for k in after if k in before]:
        yield Difference("reordered", way, old, new)


def _by_identity(entries: tuple[Any, ...]) -> dict[str, Any]:
    return {str(getattr(e, identity(type(e)) or "")): e for e in entries}


def _into(way: tuple[Step, ...], entry: Any, key: str) -> tuple[Step, ...]:
    return (*way[:-1], way[-1]._replace(entry=entry, id=key))
