"""One contradiction found in a rulebook whose values are each right."""

from typing import NamedTuple

from xingyun.rulebook.lines import Path
from xingyun.rulebook.text import EMPTY, Text


class Fault(NamedTuple):
    """Where, what, what was expected, what may help."""

    path: Path
    problem: Text
    expected: Text = EMPTY
    hint: Text = EMPTY


def fault(path: Path, zh: str, en: str, **values: object) -> Fault:
    """A Fault whose sentence has its `{names}` filled in."""
    return Fault(path, Text(zh, en).fill(**values))
