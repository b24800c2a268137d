"""The dictionary names every key and every word of a closed set, whatever tables the language grows."""

import pytest

from xingyun.rulebook import names
from xingyun.rulebook.diff.kinds import OF_TABLE
from xingyun.rulebook.names import has_key_name, key_name, table_name, value_name
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.shape import classes, closed_set, columns

CLASSES = tuple(classes(Document))


def test_every_table_is_walked() -> None:
    assert {"Document", "Spend", "When", "Threshold", "Option", "Function"} <= {c.__name__ for c in CLASSES}


@pytest.mark.parametrize("cls", CLASSES, ids=lambda c: c.__name__)
def test_every_key_has_a_name(cls: type) -> None:
    unnamed = [c.toml for c in columns(cls) if not has_key_name(cls, c.toml)]
    assert unnamed == [], "give each a name in rulebook/names/keys.py, or tables.py where it holds a table"


@pytest.mark.parametrize("cls", CLASSES, ids=lambda c: c.__name__)
def test_every_word_of_a_closed_set_has_a_name(cls: type) -> None:
    words = [w for c in columns(cls) for kind in c.choices for w in closed_set(kind)]
    assert [w for w in words if w not in names.VALUES] == [], "name them in rulebook/names/values.py"


def test_every_table_of_a_rulebook_is_of_a_kind_of_change() -> None:
    absent = [c.toml for c in columns(Document) if c.toml not in OF_TABLE]
    assert absent == [], "say in rulebook/diff/kinds.py what a change of it touches"


def test_names_are_in_both_languages() -> None:
    for text in (*names.KEYS.values(), *names.TABLES.values(), *names.VALUES.values()):
        assert text.zh
        assert text.en
        assert text.zh != text.en


def test_what_nobody_named_is_called_by_its_key() -> None:
    assert key_name(Document, "unheard-of") == ("unheard-of", "unheard-of")
    assert value_name("unheard-of").en == "unheard-of"
    assert table_name(Document, "deadlines").en == "deadline"
