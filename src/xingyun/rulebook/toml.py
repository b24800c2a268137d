"""Writes data as TOML, laid out to be read: entries under headers, small tables on one line each."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

BARE = re.compile(r"[A-Za-z0-9_-]+")
WIDEST = 110
ESCAPED = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def to_toml(data: Mapping[str, Any]) -> str:
    """The text of a TOML file that reads as `data` (tables, lists, texts, whole numbers, booleans, dates)."""
    return "\n".join(_table((), data)).lstrip("\n") + "\n"


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a table: plain keys first, then what has headers of its own."""
    below: dict[str, Any] = {}
    for key, value in table.items():
        if _needs_header(path, value):
            below[key] = value
        else:
            yield f"{_key(key)} = {_laid_out(value)}"
    for key, value in below.items():
        yield from _headed((*path, key), value)


def _headed(path: tuple[str, ...], value: Any) -> Iterator[str]:
    name = ".".join(map(_key, path))
    many = isinstance(value, list)
    for table in value if many else [value]:
        yield f"\n[[{name}]]" if many else f"\n[{name}]"
        yield from _table(path, table)


def _needs_header(path: tuple[str, ...], value: Any) -> bool:
    """Tables of a rulebook itself always have headers, those inside where they don't fit on a line each."""
    if isinstance(value, Mapping):
        return not path or len(_inline(value)) > WIDEST
    if not isinstance(value, list) or not value or not all(isinstance(v, Mapping) for v in value):
        return False
    return not path or any(len(_inline(v)) > WIDEST for v in value)


def _laid_out(value: Any) -> str:
    """A value behind its key; a list that is too wide takes a line for each member."""
    short = _inline(value)
    tables = isinstance(value, list) and any(isinstance(v, Mapping) for v in value)
    if not isinstance(value, list) or not (tables or len(short) > WIDEST):
        return short
    return "[\n" + "".join(f"  {_inline(v)},\n" for v in value) + "]"


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(k)} = {_inline(v)}" for k, v in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return _quoted(value) if isinstance(value, str) else str(value)


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    return '"' + "".join(map(_sign, text)) + '"'


def _sign(sign: str) -> str:
    if sign in ESCAPED:
        return ESCAPED[sign]
    return f"\\u{ord(sign):04x}" if ord(sign) < 32 or ord(sign) == 127 else sign
