"""Reads a rulebook back in plain words, for proof-reading; or writes the whole edition as one TOML file."""

import argparse
from pathlib import Path
from typing import TextIO

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.canonical import canonical
from xingyun.rulebook.command.output import add_format, write_json
from xingyun.rulebook.explain import Line, lines
from xingyun.rulebook.load import load_folder
from xingyun.rulebook.text import Text


def arguments(parser: argparse.ArgumentParser) -> None:
    """The folder."""
    parser.add_argument("folder", type=Path)
    add_format(parser, "toml")


def run(asked: argparse.Namespace, out: TextIO) -> int:
    """Writes the rulebook in the form that was asked for."""
    book = load_folder(asked.folder)
    if asked.format == "toml":
        out.write(canonical(book.source))
    elif asked.format == "json":
        write_json([_line(line, asked.lang) for line in lines(book)], out)
    else:
        _write_lines(book, asked.lang, out)
    return 0


def _write_lines(book: Rulebook, lang: str, out: TextIO) -> None:
    part: Text | None = None
    for line in lines(book):
        if line.part != part:
            part = line.part
            out.write(f"\n{part.say(lang)}\n")
        out.write(f"  {line.say(lang)}\n")


def _line(line: Line, lang: str) -> dict[str, object]:
    return {
        "part": line.part.say(lang),
        "clauses": list(line.clauses),
        "name": line.name.say(lang),
        "words": line.words.say(lang),
    }
