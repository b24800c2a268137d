"""What any entry says beside its name and its sentence: each key with its value."""

from dataclasses import fields
from typing import Any

from xingyun.rulebook.names import key_name
from xingyun.rulebook.schema.shared import Rule
from xingyun.rulebook.shape import columns, is_empty, value_of
from xingyun.rulebook.text import Text, join
from xingyun.rulebook.wording.values import Values

SAID = Text("{name}：{value}", "{name}: {value}")
TOLD_ELSEWHERE = frozenset(f.name for f in fields(Rule)) | {"kind"}


def particulars(values: Values, entry: Any, *but: str) -> list[Text]:
    """Every key of an entry that has a value, as "name: value"; without what all rules have, and `but` those.

    What is left out and false by default is not said to be false.
    """
    return [
        SAID.fill(name=key_name(type(entry), c.toml), value=values.say(c, value_of(entry, c)))
        for c in columns(type(entry))
        if c.name not in TOLD_ELSEWHERE and c.toml not in but and _is_told(entry, c.name)
    ]


def _is_told(entry: Any, name: str) -> bool:
    value = getattr(entry, name)
    default = next(f.default for f in fields(entry) if f.name == name)
    return not is_empty(value) and not (value is False and default is False)


def in_one(words: list[Text]) -> Text:
    """Several as one part of a sentence."""
    return join(words, "，", ", ")
