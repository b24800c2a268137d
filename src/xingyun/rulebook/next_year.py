"""A rulebook's files rewritten for another year: dates moved, comments and layout kept, doubts named."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from xingyun.rulebook.errors import RulebookWarning
from xingyun.rulebook.lines import key_lines
from xingyun.rulebook.load import CASES
from xingyun.rulebook.named_days import named_days
from xingyun.rulebook.text import Text

# Texts and comments are skipped whole, so that only dates of TOML itself are moved.
TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*'
    r"|(?<![\w-])(?P<date>\d{4}-\d{2}-\d{2})(?=[^\d-]|$)",
    re.S,
)
TO_CHECK = "  # 请核对 · to be checked"
NOT_CHECKED = Text("还有 {n} 处日期没有核对", "{n} dates are still to be checked")
UNMARK = Text("看过一处，就删去行末的“# 请核对…”", "take away the comment behind each once it is right")
BEFORE, AFTER = 16, 32  # characters shown on either side of what is named
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
    that name the old year, or a day that was a date, are left as they are and noted.
    """
    written = {
        name.replace(str(old), str(new)): _titled(_moved(text, new - old), old, new)
        for name, text in texts.items()
    }
    rules = _dates(text for name, text in texts.items() if not name.endswith(CASES))
    notes: list[Note] = []
    for (name, text), before in zip(written.items(), texts.values(), strict=True):
        notes += _notes(name, text, old, rules | _dates([before]))
    return NextYear(written, tuple(notes))


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


def _dates(texts: Iterable[str]) -> set[date]:
    """The dates written in TOML."""
    found = (token["date"] for text in texts for token in TOKEN.finditer(text))
    return {date.fromisoformat(day) for day in found if day}


def _notes(name: str, text: str, old: int, dates: set[date]) -> Iterator[Note]:
    """Every date, and every mention of the old year or of a day that was a date; of cases' dates how many."""
    is_case = name.endswith(CASES)
    if is_case:
        yield Note(name, 0, Text("{n} 处日期", "{n} dates").fill(n=text.count(TO_CHECK)))
    for number, line in enumerate(text.split("\n"), 1):
        if TO_CHECK in line and not is_case:
            written = line.removesuffix(TO_CHECK).strip()
            yield Note(name, number, Text(f"日期：{written}", f"date: {written}"))
        elif TO_CHECK not in line and (said := _mention(line, old, dates)):
            words, around = said
            yield Note(name, number, Text(f"写着{words}：{around}", f"names {words}: {around}"))


def _mention(line: str, old: int, dates: set[date]) -> tuple[str, str] | None:
    """The old year, or a day of old, as the line names it; and the words around it."""
    said = line.partition("#")[0]
    days = [d for d in named_days(said) if any((d.month, d.day) == (on.month, on.day) for on in dates)]
    year = re.search(rf"(?<!\d){old}(?!\d)", said)
    if not year and not days:
        return None
    at = year.start() if year else days[0].at
    return str(old) if year else days[0].words, _around(said, at)


def _around(line: str, at: int) -> str:
    """The words around a place, cut where there are more."""
    start, end = max(at - BEFORE, 0), at + AFTER
    return "…" * (start > 0) + line[start:end].strip() + "…" * (end < len(line.rstrip()))


def unchecked(name: str, text: str) -> RulebookWarning | None:
    """That dates of a file are still marked as not checked, with the first of them."""
    marked = [n for n, line in enumerate(text.split("\n"), 1) if line.endswith(TO_CHECK.strip())]
    if not marked:
        return None
    return RulebookWarning(name, marked[0], "", NOT_CHECKED.fill(n=len(marked)), hint=UNMARK)
