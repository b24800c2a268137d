"""Copies a rulebook with its contacts and cases for another year and says what to look at."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from xingyun.rulebook.cases import read_cases
from xingyun.rulebook.cases import run as run_case
from xingyun.rulebook.command.output import add_format, write_json
from xingyun.rulebook.errors import RulebookError, RulebookErrors
from xingyun.rulebook.load import CASES, CONTACTS, load_folder, load_source, read_text
from xingyun.rulebook.next_year import NextYear, Note, next_year
from xingyun.rulebook.text import Text

EXISTS = Text("已经存在，不会覆盖", "exists already and is not overwritten")
YEAR = Text("年份要在 {a} 至 {b} 之间", "the year must be from {a} to {b}")
WRITTEN = Text("已写入 {folder}，共 {n} 个文件。请核对：", "Written to {folder}, {n} files. To be looked at:")
FAILS = Text("例子“{name}”在新的一年不再成立", "the case “{name}” does not hold in the new year")
PERSONS = Text("联系人和电话", "contacts and telephones")
FIRST_YEAR, LAST_YEAR = 1990, 2200


def arguments(parser: argparse.ArgumentParser) -> None:
    """From which folder, for which year, to which folder."""
    parser.add_argument("--from", dest="source", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("target", type=Path, metavar="NEW")
    add_format(parser)


def run(asked: argparse.Namespace, out: TextIO) -> int:
    """Writes the new folder; nothing is written where the new rulebook could not be used."""
    _refuse(asked)
    old = load_folder(asked.source)
    texts = {f.name: read_text(f) for f in sorted(asked.source.glob("*.toml"))}
    made = next_year(texts, old.year, asked.year)
    notes = (*made.notes, *_contacts(made), *_cases(made))
    asked.target.mkdir(parents=True, exist_ok=True)
    for name, text in made.texts.items():
        (asked.target / name).write_text(text, "utf-8")
    _write(asked, made, notes, out)
    return 0


def _refuse(asked: argparse.Namespace) -> None:
    if asked.target.exists() and (not asked.target.is_dir() or any(asked.target.iterdir())):
        raise RulebookErrors([RulebookError(str(asked.target), 0, "", EXISTS)])
    if not FIRST_YEAR <= asked.year <= LAST_YEAR:
        said = YEAR.fill(a=FIRST_YEAR, b=LAST_YEAR)
        raise RulebookErrors([RulebookError(str(asked.target), 0, "", said)])


def _contacts(made: NextYear) -> list[Note]:
    return [Note(name, 0, PERSONS) for name in made.texts if name == CONTACTS]


def _cases(made: NextYear) -> list[Note]:
    """The cases that no longer hold, such as those about holidays."""
    own = {n: t for n, t in made.texts.items() if n != CONTACTS and not n.endswith(CASES)}
    book = load_source(own)
    return [
        Note(name, 0, FAILS.fill(name=case.name))
        for name, text in made.texts.items()
        if name.endswith(CASES)
        for case in read_cases(name, text)
        if not run_case(book, case).passed
    ]


def _write(asked: argparse.Namespace, made: NextYear, notes: Sequence[Note], out: TextIO) -> None:
    if asked.format == "json":
        shown = [{"file": n.file, "line": n.line, "words": n.words.say(asked.lang)} for n in notes]
        write_json({"folder": str(asked.target), "files": sorted(made.texts), "look_at": shown}, out)
        return
    out.write(WRITTEN.fill(folder=asked.target, n=len(made.texts)).say(asked.lang) + "\n")
    for note in notes:
        place = f"{note.file}:{note.line}" if note.line else note.file
        out.write(f"  {place} {note.words.say(asked.lang)}\n")
