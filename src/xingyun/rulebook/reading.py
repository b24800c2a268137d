"""Reads parsed TOML into the dataclasses of `schema`, collecting every fault."""

import difflib
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from xingyun.rulebook.errors import RulebookError
from xingyun.rulebook.lines import Path
from xingyun.rulebook.text import EMPTY, Text

LONGEST_KEY = 40
KEY = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


class Ref(NamedTuple):
    """Marks a value that must be the key of an entry of the table `to`."""

    to: str


class Identity:
    """Marks the value by which the entries of a table are told apart."""


class Slug:
    """Marks a value that is written in lower-case English letters, digits and hyphens."""


class Exact:
    """Marks a number that may be written whole or as a text, and is kept exact."""


class OneOrMany:
    """Marks a list that may be written as a single value."""


class Reference(NamedTuple):
    """A key used somewhere, to be looked up when everything is read."""

    path: Path
    to: str
    value: str


Locate = Callable[[Path], tuple[str, int]]


class Reader:
    """One reading of one rulebook; `errors`, `keys` and `references` fill up on the way."""

    UNREADABLE: ClassVar[object] = object()

    def __init__(self, locate: Locate) -> None:
        self.locate = locate
        self.errors: list[RulebookError] = []
        self.keys: dict[str, dict[str, Path]] = {}
        self.references: list[Reference] = []

    def fault(self, path: Path, problem: Text, expected: Text = EMPTY, hint: Text = EMPTY) -> None:
        """Notes one fault at `path`."""
        file, line = self.locate(path)
        self.errors.append(RulebookError(file, line, dotted(path), problem, expected, hint))

    def table(self, cls: Any, raw: Any, path: Path) -> Any:
        """An instance of the dataclass `cls`, or UNREADABLE with the faults noted."""
        if not isinstance(raw, dict):
            return self._wrong(path, Text("一张表", "a table"))
        self._unknown(cls, raw, path)
        values: dict[str, Any] = {}
        for name, plan in plan_of(cls).items():
            if plan.toml in raw:
                values[name] = self._identified(cls, plan.kind, raw[plan.toml], (*path, plan.toml))
            elif plan.required:
                self.fault(path, MISSING_KEY.fill(key=plan.toml), describe(plan.kind))
                values[name] = self.UNREADABLE
        return self.UNREADABLE if self.UNREADABLE in values.values() else cls(**values)

    def _unknown(self, cls: type, raw: Mapping[str, Any], path: Path) -> None:
        known = [plan.toml for plan in plan_of(cls).values()]
        for key in raw:
            if key not in known:
                self.fault((*path, key), UNKNOWN_KEY.fill(key=key), _list(known), near(key, known))

    def _identified(self, cls: type, kind: Any, raw: Any, path: Path) -> Any:
        value = self.value(kind, raw, path)
        if value is not self.UNREADABLE and Identity in getattr(kind, "__metadata__", ()):
            self._register(getattr(cls, "table", cls.__name__), value, path)
        return value

    def _register(self, table: str, key: str, path: Path) -> None:
        known = self.keys.setdefault(table, {})
        if key in known:
            file, line = self.locate(known[key])
            self.fault(path, TWICE.fill(key=key, place=f"{file}:{line}"))
        known.setdefault(key, path)

    def value(self, kind: Any, raw: Any, path: Path) -> Any:
        """`raw` as a value of the annotated type `kind`, or UNREADABLE."""
        origin = get_origin(kind)
        if origin is Annotated:
            return self._marked(kind, raw, path)
        if origin in (Union, types.UnionType):
            return self._union(kind, raw, path)
        if origin is tuple:
            return self._list(get_args(kind)[0], raw, path)
        if origin is Literal:
            return self._choice(get_args(kind), raw, path)
        if origin is Mapping:
            return self._mapping(get_args(kind)[1], raw, path)
        return self.table(kind, raw, path) if is_dataclass(kind) else self._plain(kind, raw, path)

    def _marked(self, kind: Any, raw: Any, path: Path) -> Any:
        base, *marks = get_args(kind)
        if Exact in marks:
            number = exact(raw)
            return self._wrong(path, EXACT) if number is None else number
        if OneOrMany in marks and not isinstance(raw, list):
            raw = [raw]
        value = self.value(base, raw, path)
        if Slug in marks and value is not self.UNREADABLE and not _is_key(value):
            return self._wrong(path, A_KEY)
        for mark in marks:
            if isinstance(mark, Ref) and value is not self.UNREADABLE:
                self.references.append(Reference(path, mark.to, value))
        return value

    def _union(self, kind: Any, raw: Any, path: Path) -> Any:
        members = [m for m in get_args(kind) if m is not type(None)]
        if all(is_dataclass(m) for m in members) and len(members) > 1:
            return self._by_kind(members, raw, path)
        fitting = [m for m in members if _fits(m, raw)] or members
        return self.value(fitting[0], raw, path)

    def _by_kind(self, members: list[Any], raw: Any, path: Path) -> Any:
        """The member whose `kind` the table names."""
        named = {kind_of(m): m for m in members}
        name = raw.get("kind") if isinstance(raw, dict) else None
        if not isinstance(name, str) or name not in named:
            return self._choice(tuple(named), name, (*path, "kind"))
        return self.table(named[name], raw, path)

    def _list(self, kind: Any, raw: Any, path: Path) -> Any:
        if not isinstance(raw, list):
            return self._wrong(path, Text("一个列表", "a list"))
        values = [self.value(kind, item, (*path, n)) for n, item in enumerate(raw)]
        return self.UNREADABLE if self.UNREADABLE in values else tuple(values)

    def _mapping(self, kind: Any, raw: Any, path: Path) -> Any:
        if not isinstance(raw, dict):
            return self._wrong(path, Text("一张表", "a table"))
        values = {key: self.value(kind, item, (*path, key)) for key, item in raw.items()}
        return self.UNREADABLE if self.UNREADABLE in values.values() else values

    def _choice(self, choices: tuple[Any, ...], raw: Any, path: Path) -> Any:
        if raw in choices and isinstance(raw, type(choices[0])):
            return raw
        return self._wrong(path, _list(choices), near(raw, choices))

    def _plain(self, kind: Any, raw: Any, path: Path) -> Any:
        if kind is Fraction and isinstance(raw, str):
            return _percent(raw) or self._wrong(path, describe(kind))
        if kind is str and isinstance(raw, str) and not raw.strip():
            return self._wrong(path, Text("一段文字，不能是空的", "a text that is not empty"))
        return raw if _fits(kind, raw) else self._wrong(path, describe(kind))

    def _wrong(self, path: Path, expected: Text, hint: Text = EMPTY) -> object:
        self.fault(path, Text("值不对", "wrong value"), expected, hint)
        return self.UNREADABLE


def _is_key(value: str) -> bool:
    return len(value) <= LONGEST_KEY and KEY.fullmatch(value) is not None


A_KEY = Text(
    "小写英文字母开头的键，不超过 40 个字符，如 star-3",
    "a key in lower case of at most 40 signs such as star-3",
)
UNKNOWN_KEY = Text("没有“{key}”这个键", "unknown key {key}")
MISSING_KEY = Text("缺少“{key}”", "{key} is missing")
TWICE = Text("“{key}”已在 {place} 用过", "{key} is already used at {place}")


class Plan(NamedTuple):
    """A key of a table: as TOML writes it, its annotated type, whether it must be there."""

    toml: str
    kind: Any
    required: bool


@lru_cache(maxsize=256)
def plan_of(cls: type) -> dict[str, Plan]:
    """The keys that a table of this kind may have. A field `from_` is written `from`."""
    hints = get_type_hints(cls, include_extras=True)
    return {
        f.name: Plan(f.name.rstrip("_"), hints[f.name], f.default is MISSING and f.default_factory is MISSING)
        for f in fields(cls)
        if f.init
    }


@lru_cache(maxsize=256)
def kind_of(cls: Any) -> str:
    """The word by which a table's `kind` names this class among several."""
    return str(get_args(get_type_hints(cls)["kind"])[0])


def _fits(kind: Any, raw: Any) -> bool:
    origin = get_origin(kind)
    if origin is Annotated:
        return _fits(get_args(kind)[0], raw)
    if origin is Literal:
        return raw in get_args(kind)
    if is_dataclass(kind):
        return isinstance(raw, dict)
    if kind is date:
        return isinstance(raw, date) and not isinstance(raw, datetime)
    if kind is datetime:
        return isinstance(raw, datetime) and raw.tzinfo is not None
    if kind is int:
        return isinstance(raw, int) and not isinstance(raw, bool)
    return isinstance(kind, type) and isinstance(raw, kind)


def _percent(raw: str) -> Fraction | None:
    """An exact share: "3%", "2.5%" or "1/30"."""
    number = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)%|(\d{1,9})/([1-9]\d{0,8})", raw.strip())
    if number is None:
        return None
    share = Fraction(number[1]) / 100 if number[1] else Fraction(int(number[2]), int(number[3]))
    return share if 0 < share <= 1 else None


EXACT_TEXT = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?%?|-?[0-9]{1,15}/[1-9][0-9]{0,14}")


def exact(raw: object) -> Fraction | None:
    """The number that a whole number or a text stands for ("5%" is 1/20), or None where it is none."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Fraction(raw) if abs(raw) < 10**15 else None
    if not isinstance(raw, str) or not EXACT_TEXT.fullmatch(raw):
        return None
    return Fraction(raw[:-1]) / 100 if raw.endswith("%") else Fraction(raw)


EXACT = Text('数，如 50、"5%"、"0.05"', 'a number such as 50, "5%" or "0.05"')

_KINDS = {
    str: Text("文字", "a text"),
    int: Text("整数", "a whole number"),
    bool: Text("true 或 false", "true or false"),
    date: Text("日期，如 2020-10-26", "a date such as 2020-10-26"),
    datetime: Text(
        "带时区的时刻，如 2020-10-26T23:59:59+08:00", "a moment with its zone: 2020-10-26T23:59:59+08:00"
    ),
    Fraction: Text('百分数，如 "3%"', 'a share such as "3%"'),
}


def describe(kind: Any) -> Text:
    """What a value of this type looks like."""
    if get_origin(kind) is Annotated:
        return EXACT if Exact in get_args(kind) else describe(get_args(kind)[0])
    if get_origin(kind) is Literal:
        return _list(get_args(kind))
    if get_origin(kind) in (Union, types.UnionType):
        return describe(get_args(kind)[0])
    if get_origin(kind) is tuple:
        return Text("一个列表", "a list")
    return _KINDS.get(kind, Text("一张表", "a table"))


def _list(names: Any) -> Text:
    return Text("、".join(map(str, names)), ", ".join(map(str, names)))


def near(raw: Any, names: Any) -> Text:
    """A hint when a known name looks much like the one written."""
    found = difflib.get_close_matches(str(raw)[:60], [str(n) for n in names], 1)
    return Text("是不是“{k}”？", "did you mean {k}?").fill(k=found[0]) if found else EMPTY


def dotted(path: Path) -> str:
    """A path as a person writes it: levels[2].requires (entries counted from 1)."""
    return "".join(f"[{p + 1}]" if isinstance(p, int) else f".{p}" for p in path).lstrip(".")
