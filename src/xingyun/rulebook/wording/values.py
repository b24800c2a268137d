"""A rulebook's values in words: dates, shares, keys of entries by their names, words of closed sets."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from xingyun.rulebook import decimals
from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.names import key_name, value_name
from xingyun.rulebook.reading import Exact
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.shape import Column, columns, identity, is_empty, walk
from xingyun.rulebook.text import Text, join

NOTHING = Text("（没有）", "(nothing)")
MONTHS: tuple[str, ...] = ("January", "February", "March", "April", "May", "June")
MONTHS += ("July", "August", "September", "October", "November", "December")
# Where keys point to that are not marked as pointing anywhere.
POINTING = {"accepted": ("options",), "is": ("options",), "about": ("form.fields", "materials")}
GROUPED_FROM = 10_000


class Values:
    """Says the values of one edition."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book

    @cached_property
    def _names(self) -> dict[tuple[str, str], Text]:
        """The name of every entry by table and key; of options only those that mean the same everywhere."""
        found: dict[tuple[str, str], Text] = {}
        ambiguous: set[tuple[str, str]] = set()
        for _, cls, entry in walk(self.book, Document):
            own = identity(cls)
            if own is None:
                continue
            place = (str(getattr(cls, "table", cls.__name__)), str(getattr(entry, own)))
            name = _own_name(entry, place[1])
            ambiguous |= {place} if found.setdefault(place, name) != name else set()
        return {place: name for place, name in found.items() if place not in ambiguous}

    def entry(self, entry: Any, key: str) -> Text:
        """What an entry is called: its own name, or that of the entry it is about, or its key."""
        own = next((c for c in columns(type(entry)) if c.name == identity(type(entry))), None)
        if own and own.to:
            return self.named(own.to, key)
        return _own_name(entry, key)

    def named(self, table: str, key: str) -> Text:
        """The name of the entry of that key, the key itself where there is none."""
        if table == "actors":
            return self._names.get(("tiers", key), value_name(key))
        return self._names.get((table, key), Text(key, key))

    def say(self, column: Column, value: Any) -> Text:
        """A value of that key in words."""
        if is_empty(value):
            return NOTHING
        if isinstance(value, Text):
            return Text(f"“{value.zh}”", f"“{value.en or value.zh}”")
        if isinstance(value, tuple):
            return join([self.say(column, v) for v in value])
        if isinstance(value, Mapping):
            return join([self._pair(k, self.say(column, v)) for k, v in value.items()])
        return self._table(value) if is_dataclass(value) else self._single(column, value)

    def _pair(self, key: str, value: Text) -> Text:
        name = next((n for (_, k), n in self._names.items() if k == key), Text(key, key))
        return join([name, value], "：", ": ")

    def _table(self, table: Any) -> Text:
        """A table in words: what it is called, or every key with its value."""
        if identity(type(table)):
            own = str(getattr(table, identity(type(table)) or ""))
            return Text("“{n}”", "“{n}”").fill(n=self.entry(table, own))
        said = [
            join([key_name(type(table), c.toml), self.say(c, getattr(table, c.name))], "", " ")
            for c in columns(type(table))
            if not is_empty(getattr(table, c.name))
        ]
        return Text("（{t}）", "({t})").fill(t=join(said, "，", ", "))

    def _single(self, column: Column, value: Any) -> Text:
        plain = Text(f"“{value}”", f"“{value}”")
        if isinstance(value, bool):
            return Text("是", "yes") if value else Text("否", "no")
        if isinstance(value, date):
            return day(value)
        if Exact in column.marks:
            return edge(value)
        if isinstance(value, Fraction | Decimal | int):
            return number(value)
        if column.to:
            return self.named(column.to, value)
        if column.toml in POINTING:
            return next(
                (self._names[t, value] for t in POINTING[column.toml] if (t, value) in self._names), plain
            )
        known = value_name(str(value), column.toml)
        return known if known.zh != value else plain

    def pair(self, column: Column, old: Any, new: Any, names: "Values") -> tuple[Text, Text]:
        """Both values; two days of one year are said without it, of two texts what differs."""
        if isinstance(old, Text) and isinstance(new, Text):
            old, new = _differing(old, new), _differing(new, old)
        if isinstance(old, date) and isinstance(new, date) and old.year == new.year == self.book.year:
            return day(old, year=False), day(new, year=False)
        return self.say(column, old), names.say(column, new)


def _own_name(entry: Any, key: str) -> Text:
    name = getattr(entry, "name", None)
    if isinstance(name, Text) and getattr(type(entry), "table", "") != "clauses":
        return name
    question = getattr(entry, "question", None)
    return Text(question, entry.question_en) if isinstance(question, str) else Text(key, key)


def _differing(one: Text, other: Text) -> Text:
    """A text by the language in which it differs, where it does so in one only."""
    if one.en == other.en:
        return Text(one.zh, one.zh)
    return Text(one.en, one.en) if one.zh == other.zh else one


def day(on: date, *, year: bool = True) -> Text:
    """A day as people write it."""
    zh, en = f"{on.month}月{on.day}日", f"{on.day} {MONTHS[on.month - 1]}"
    return Text(f"{on.year}年{zh}", f"{en} {on.year}") if year else Text(zh, en)


def number(value: Fraction | Decimal | int) -> Text:
    """A number: shares as percentages where they are whole ones or short, large ones grouped."""
    if isinstance(value, int):
        said = f"{value:,}" if abs(value) >= GROUPED_FROM else str(value)
    elif isinstance(value, Fraction):
        percent = value * 100
        said = f"{_short(percent)}%" if _is_short(percent) else f"{value.numerator}/{value.denominator}"
    else:
        said = f"{value:f}"
    return Text(said, said)


def edge(value: Fraction) -> Text:
    """An edge of numbers, written the same way for shares and for counts: below one it is a share."""
    if value.denominator == 1:
        return number(int(value))
    said = decimals.share(value) if abs(value) < 1 else decimals.number(value)
    return Text(said, said)


def _is_short(value: Fraction) -> bool:
    """Whether it has at most nine decimals."""
    return 10**9 % value.denominator == 0


def _short(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
