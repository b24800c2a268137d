"""The language of rulebooks as a JSON Schema (draft 2020-12), made from the classes of `schema`.

Dates are written as texts of format `date`, as TOML-aware editors hand them on.
"""

import inspect
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, get_args, get_origin

from xingyun.rulebook.names import key_name, table_name
from xingyun.rulebook.reading import EXACT_TEXT, KEY, LONGEST_KEY, Exact, OneOrMany, Ref, Slug, plan_of
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.shape import TEXT_EN, alternatives, classes

Json = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

PLAIN: dict[Any, Json] = {
    str: {"type": "string", "pattern": r"\S"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Fraction: {"type": "string", "pattern": r"^\s*(\d{1,9}(\.\d{1,9})?%|\d{1,9}/[1-9]\d{0,8})\s*$"},
    Decimal: {"type": ["string", "integer"]},
}

TABLES = tuple(classes(Document))


def json_schema() -> Json:
    """The schema of a whole rulebook, its files put together."""
    return {
        "$schema": DRAFT,
        "title": "Rulebook",
        "$ref": f"#/$defs/{Document.__name__}",
        "$defs": {cls.__name__: _table(cls) for cls in TABLES},
    }


def _table(cls: type) -> Json:
    plans = plan_of(cls)
    found: Json = {
        "type": "object",
        "description": inspect.cleandoc(cls.__doc__ or cls.__name__),
        "properties": {p.toml: {**_value(p.kind), **_described(cls, p.toml)} for p in plans.values()},
        "additionalProperties": False,
    }
    needed = [p.toml for p in plans.values() if p.required]
    return {**found, "required": needed} if needed else found


def _described(cls: type, toml: str) -> Json:
    base = toml.removesuffix(TEXT_EN)
    name = table_name(cls, base) if cls is Document else key_name(cls, base)
    english = "（英文）" if base != toml else ""
    return {"description": f"{name.zh}{english} · {name.en}{' in English' if english else ''}"}


def _value(kind: Any) -> Json:
    """What a value of the annotated type must be."""
    if get_origin(kind) is Annotated:
        return _marked(kind)
    members = alternatives(kind)
    if len(members) > 1 or members[0] is not kind:
        return _one_of(members)
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _value(get_args(kind)[0])}
    if get_origin(kind) is Literal:
        return {"enum": list(get_args(kind))}
    if get_origin(kind) is Mapping:
        return {"type": "object", "additionalProperties": _value(get_args(kind)[1])}
    return {"$ref": f"#/$defs/{kind.__name__}"} if kind in TABLES else dict(PLAIN[kind])


def _one_of(members: tuple[Any, ...]) -> Json:
    return _value(members[0]) if len(members) == 1 else {"anyOf": [_value(m) for m in members]}


def _marked(kind: Any) -> Json:
    base, *marks = get_args(kind)
    if Exact in marks:
        return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": f"^({EXACT_TEXT.pattern})$"}]}
    found = _value(base)
    if Slug in marks:
        found = {**found, "pattern": f"^{KEY.pattern}$", "maxLength": LONGEST_KEY}
    if OneOrMany in marks:
        found = {"anyOf": [found, found["items"]]}
    to = next((m.to for m in marks if isinstance(m, Ref)), None)
    return {**found, "$comment": f"a key of {to}"} if to else found
