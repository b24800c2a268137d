"""What can be told of any table from its class alone: which keys it has, what tells its entries apart."""

import types
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property, lru_cache
from itertools import zip_longest
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from xingyun.rulebook.lines import Path
from xingyun.rulebook.reading import Identity, Ref, plan_of
from xingyun.rulebook.text import Text

TEXT_EN = "_en"


@dataclass(frozen=True)
class Column:
    """A key of a table: `name` is the attribute, `toml` what the file writes, `kind` the type without marks.

    `paired`: the text has its English in the key `<toml>_en`, which is no column of its own.
    """

    name: str
    toml: str
    kind: Any
    marks: tuple[Any, ...]
    paired: bool

    @cached_property
    def to(self) -> str | None:
        """The table whose keys are written here, or None."""
        return next((m.to for m in (*self.marks, *_marks(self.member)) if isinstance(m, Ref)), None)

    @cached_property
    def member(self) -> Any:
        """The type of what is listed here, or the type itself where it is no list."""
        return get_args(self.kind)[0] if get_origin(self.kind) is tuple else self.kind

    @cached_property
    def tables(self) -> tuple[type, ...]:
        """The classes of the tables written here: one, several told apart by `kind`, or none."""
        return tuple(k for k in alternatives(self.member) if isinstance(k, type) and is_dataclass(k))

    @cached_property
    def choices(self) -> tuple[Any, ...]:
        """The types that a single value written here may be of, without marks."""
        return tuple(bare(m) for m in alternatives(self.member))

    @cached_property
    def many(self) -> bool:
        """Whether a list is written here."""
        return get_origin(self.kind) is tuple


class Absent:
    """Stands for the value of a key that a table of that kind does not have."""


ABSENT = Absent()


def is_empty(value: Any) -> bool:
    """Whether nothing is written: absent, an empty text, an empty list."""
    return value is None or value is ABSENT or value in ((), "", Text("", "")) or value == {}


def value_of(table: Any, column: Column) -> Any:
    """What a table has under a key; a text with its English is one Text, a list of texts one of Texts."""
    value = getattr(table, column.name)
    if not column.paired or value is None:
        return value
    english = getattr(table, f"{column.name}{TEXT_EN}")
    if isinstance(value, tuple):
        return tuple(Text(*pair) for pair in zip_longest(value, english or (), fillvalue=""))
    return Text(value, english or "")


def bare(kind: Any) -> Any:
    """A type without its marks and without `None`."""
    if get_origin(kind) is Annotated:
        return bare(get_args(kind)[0])
    members = alternatives(kind)
    return bare(members[0]) if len(members) == 1 and members[0] is not kind else kind


def alternatives(kind: Any) -> tuple[Any, ...]:
    """The members of a union without `None`; the type alone where it is none."""
    if get_origin(kind) is Annotated:
        return alternatives(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return tuple(m for m in get_args(kind) if m is not type(None))
    return (kind,)


def _marks(kind: Any) -> tuple[Any, ...]:
    if get_origin(kind) is Annotated:
        return (*get_args(kind)[1:], *_marks(get_args(kind)[0]))
    return tuple(mark for m in alternatives(kind) if m is not kind for mark in _marks(m))


def columns(cls: Any) -> tuple[Column, ...]:
    """The keys that a table of that class may have, in order, each with its English folded in."""
    return _columns(cls)


@lru_cache(maxsize=256)
def _columns(cls: Any) -> tuple[Column, ...]:
    plans = plan_of(cls)
    return tuple(
        Column(name, p.toml, bare(p.kind), _marks(p.kind), f"{name}{TEXT_EN}" in plans)
        for name, p in plans.items()
        if not (name.endswith(TEXT_EN) and name.removesuffix(TEXT_EN) in plans)
    )


def identity(cls: Any) -> str | None:
    """The attribute by which entries are told apart: the one so marked, a `key`, or another entry's key."""
    return _identity(cls)


@lru_cache(maxsize=256)
def _identity(cls: Any) -> str | None:
    own = columns(cls)
    marked = [c.name for c in own if Identity in c.marks] or [c.name for c in own if c.name == "key"]
    needed = {f.name for f in fields(cls) if plan_of(cls)[f.name].required} if not marked else set()
    referring = [c.name for c in own if c.name in needed and c.to and not c.many]
    return next(iter(marked or referring), None)


class Visit(NamedTuple):
    """A table met on a walk: where it stands, its class, itself."""

    path: Path
    cls: type
    entry: Any


def walk(entry: Any, cls: type, path: Path = ()) -> Iterator[Visit]:
    """Every table inside `entry`, itself first."""
    yield Visit(path, cls, entry)
    for column in columns(cls):
        value = getattr(entry, column.name)
        if column.tables and column.many:
            for n, one in enumerate(value):
                yield from walk(one, class_of(column, one), (*path, column.toml, n))
        elif column.tables and value is not None:
            yield from walk(value, class_of(column, value), (*path, column.toml))


def references(entry: Any, cls: type) -> Iterator[tuple[str, str]]:
    """Every table and key that something inside `entry` names."""
    for visit in walk(entry, cls):
        for column in columns(visit.cls):
            value = getattr(visit.entry, column.name)
            if column.to and value is not None:
                yield from ((column.to, key) for key in (value if column.many else (value,)))


def class_of(column: Column, one: Any) -> type:
    """The class as which a table is read: the one declared, or of several the table's own."""
    return column.tables[0] if len(column.tables) == 1 else type(one)


def classes(cls: type) -> Iterator[type]:
    """Every class of table that a table of `cls` may hold, itself first, each once."""
    found: dict[type, None] = {}

    def collect(one: type) -> None:
        if one not in found:
            found[one] = None
            for column in columns(one):
                for inside in column.tables:
                    collect(inside)

    collect(cls)
    yield from found


def closed_set(kind: Any) -> tuple[Any, ...]:
    """The words of a closed set; empty where the type is none."""
    return get_args(kind) if get_origin(kind) is Literal else ()
