"""A rulebook's files rewritten for another year: dates moved, comments and layout kept, doubts named."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from xingyun.rulebook.lines import key_lines
from xingyun.rulebook.load import CASES
from xingyun.rulebook.text import Text

# Texts and comments are skipped whole, so that only dates of TOML itself are moved.
TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*'
    r"|(?<![\w-])(?P<date>\d{4}-\d{2}-\d{2})(?=[^\d-]|$)",
    re.S,
)
TO_CHECK = "  # 请核对 · to be checked"
RENAMED = ("year", "title", "title_en")


class Note(NamedTuple):
    """Something to look at in the new files."""

    file: str
    line: int
    words: Text


class NextYear(NamedTuple):
    """The new files' texts by name, and what to look at."""

    texts: dict[str, str]
    notes: tuple[Note, ...]


def next_year(texts: Mapping[str, str], old: int, new: int) -> NextYear:
    """The files of a rulebook for `old` as those for `new`.

    Every date keeps its day and month (29 February becomes the 28th where there is none) and is marked with a
    comment; the year of the title page, of the title and of files' names is replaced; keys stay. Other texts
    that name the old year are left as they are and noted.
    """
    written = {
        name.replace(str(old), str(new)): _titled(_moved(text, new - old), old, new)
        for name, text in texts.items()
    }
    notes = tuple(note for name, text in written.items() for note in _notes(name, text, old))
    return NextYear(written, notes)


def _moved(text: str, years: int) -> str:
    """The text with its dates moved and marked."""
    marked: set[int] = set()
    closed: list[tuple[int, int]] = []

    def move(found: re.Match[str]) -> str:
        if found["date"] is None:
            closed.append(found.span())
            return found[0]
        marked.add(found.start())
        return _shifted(date.fromisoformat(found["date"]), years).isoformat()

    moved = TOKEN.sub(move, text)  # a date is as long as before, so places stay the same
    ends = sorted({_line_end(moved, at) for at in marked}, reverse=True)
    for end in ends:
        if not any(start < end < stop for start, stop in closed):
            moved = moved[:end] + TO_CHECK + moved[end:]
    return moved


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _shifted(day: date, years: int) -> date:
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February of a year that has none
        return date(year, 2, 28)


def _titled(text: str, old: int, new: int) -> str:
    """The title page of the new year."""
    lines = text.split("\n")
    places = key_lines(text)
    for key in RENAMED:
        at = places.get(("programme", key))
        if at is not None:
            lines[at - 1] = lines[at - 1].replace(str(old), str(new))
    return "\n".join(lines)


def _notes(name: str, text: str, old: int) -> Iterator[Note]:
    """Every date and every mention of the old year; of worked cases only how many dates there are."""
    if name.endswith(CASES):
        yield Note(name, 0, Text("{n} 处日期", "{n} dates").fill(n=text.count(TO_CHECK)))
        return
    for number, line in enumerate(text.split("\n"), 1):
        if TO_CHECK in line:
            yield Note(name, number, Text("日期", "date"))
        elif re.search(rf"(?<!\d){old}(?!\d)", line.partition("#")[0]):
            yield Note(name, number, Text(f"写着{old}", f"names {old}"))
