"""What is wrong with a rulebook: file, line, key, what was expected, and what may help."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from xingyun.rulebook.text import EMPTY, Text

S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RulebookError:
    """One fault in a rulebook's source; `line` counts from 1, 0 where the place is the whole file."""

    file: str
    line: int
    key: str
    problem: Text
    expected: Text = EMPTY
    hint: Text = EMPTY

    def say(self, lang: str = "zh") -> str:
        """One line for a terminal or a page."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        parts = [f"{place} {self.key}".rstrip(), self.problem.say(lang)]
        parts += (
            [Text("应为：{t}", "expected: {t}").fill(t=self.expected).say(lang)] if self.expected.zh else []
        )
        parts += [self.hint.say(lang)] if self.hint.zh else []
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class RulebookWarning(RulebookError):
    """Something in a rulebook that can be used as it is, but is probably not meant so. Of the same shape."""


class RulebookErrors(Exception):
    """Every fault found in one rulebook, in the order of its files and lines."""

    def __init__(self, errors: Iterable[RulebookError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda e: (e.file, e.line, e.key)))
        super().__init__("\n".join(e.say("en") for e in self.errors))

    def say(self, lang: str = "zh") -> str:
        """All faults, one a line."""
        return "\n".join(e.say(lang) for e in self.errors)


def each(read: Callable[[S], T], sources: Iterable[S]) -> list[T]:
    """What `read` makes of each; RulebookErrors with the faults of all where one can't be read."""
    done: list[T] = []
    errors: list[RulebookError] = []
    for source in sources:
        try:
            done.append(read(source))
        except RulebookErrors as why:
            errors += why.errors
    if errors:
        raise RulebookErrors(errors)
    return done
