"""How enterprises are found by a part of their name, its pinyin or their code: what is kept, what is asked.

A name is kept as pairs of neighbouring signs, what is written in Latin letters and digits as pairs and
threes; both engines find those through an index of their own, two characters are enough. Beside them stands
the whole text, which says whether the pieces found stand next to each other.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import BooleanField, F, Func, Value

APART = "|"
PLAIN = re.compile(r"[0-9a-z]+")


def kept(name: str, pinyin: str, uscc: str) -> str:
    """The text that is searched: name, initials, pinyin (syllables with blanks between them) and code."""
    initials = "".join(syllable[0] for syllable in pinyin.split())
    return APART.join(plain(text) for text in (name, initials, pinyin, uscc))


def grams(text: str) -> str:
    """The pieces of a text that is kept, each once, with blanks between them."""
    parts = text.split(APART)
    # Pairs of letters in a whole name's pinyin would be everybody's.
    pairs = {pair for part in parts[:2] for pair in _pieces(part, 2)}
    threes = {three for part in parts for run in PLAIN.findall(part) for three in _pieces(run, 3)}
    return " ".join(sorted(pairs | threes))


def asked(text: str) -> list[str]:
    """The pieces that whatever holds this text must have; none for a single character."""
    said = plain(text)
    return sorted(set(_pieces(said, 3 if PLAIN.fullmatch(said) and len(said) > 2 else 2)))


def plain(text: str) -> str:
    """A text as it is compared: small letters, no blanks, no punctuation."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


class Holds(Func):
    """Whether a row of SearchText has all of these pieces: by PostgreSQL's arrays, or SQLite's FTS5."""

    output_field = BooleanField()

    def __init__(self, pieces: Sequence[str]) -> None:
        super().__init__(F("enterprise_id"), F("grams"), Value(" ".join(pieces)))

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """The column taken apart, as its index has it."""
        between = ", ' ') @> string_to_array("
        return self._said(compiler, connection, 1, "string_to_array(%(expressions)s, ' ')", between)

    def as_sqlite(self, compiler: Any, connection: Any, **_more: Any) -> Any:
        """The rows that the table of full texts names."""
        between = " IN (SELECT rowid FROM registry_search WHERE registry_search MATCH "
        return self._said(compiler, connection, 0, "%(expressions)s)", between)

    def _said(self, compiler: Any, connection: Any, column: int, template: str, between: str) -> Any:
        said = self.copy()
        sources = said.get_source_expressions()
        said.set_source_expressions([sources[column], sources[2]])
        return Func.as_sql(said, compiler, connection, template=template, arg_joiner=between)


def _pieces(text: str, size: int) -> Iterator[str]:
    return (text[at : at + size] for at in range(len(text) - size + 1))
