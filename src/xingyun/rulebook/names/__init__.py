"""The dictionary of a rulebook's language: every table, key and word of a closed set in two languages."""

from xingyun.rulebook.names.keys import IN_CLASS, KEYS, LISTED
from xingyun.rulebook.names.tables import TABLES
from xingyun.rulebook.names.values import OF_KEY, VALUES
from xingyun.rulebook.text import Text

__all__ = ["KEYS", "TABLES", "VALUES", "has_key_name", "key_name", "table_name", "value_name"]


def key_name(cls: type, key: str) -> Text:
    """What `key` (as TOML writes it) is called in a table of that class; itself where nobody named it."""
    found = IN_CLASS.get((cls.__name__, key)) or LISTED.get(key) or KEYS.get(key) or TABLES.get(key)
    return found or Text(key, key)


def has_key_name(cls: type, key: str) -> bool:
    """Whether the dictionary has that key."""
    return (cls.__name__, key) in IN_CLASS or any(key in names for names in (LISTED, KEYS, TABLES))


def table_name(cls: type, key: str) -> Text:
    """What one entry of the table that `key` holds is called."""
    return IN_CLASS.get((cls.__name__, key)) or TABLES.get(key) or key_name(cls, key)


def value_name(word: str, key: str = "") -> Text:
    """What a word of a closed set is called as the value of `key`; the word itself where it has no name."""
    return OF_KEY.get((key, word)) or VALUES.get(word, Text(word, word))
