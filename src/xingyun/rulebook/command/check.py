"""Finds every fault of a rulebook, of its contacts and of its worked cases' writing, at once."""

import argparse
from pathlib import Path
from typing import TextIO

from xingyun.rulebook.cases import load_cases
from xingyun.rulebook.command.output import add_format, write_json
from xingyun.rulebook.contacts import load_contacts
from xingyun.rulebook.load import load_folder
from xingyun.rulebook.text import Text

IN_ORDER = Text(
    "没有要改的地方。{title}，例子 {n} 个，摘要 {digest}", "In order. {title}, {n} cases, digest {digest}"
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The folder."""
    parser.add_argument("folder", type=Path)
    add_format(parser)


def run(asked: argparse.Namespace, out: TextIO) -> int:
    """Says that all is in order; faults come up as RulebookErrors."""
    book = load_folder(asked.folder)
    load_contacts(asked.folder)
    cases = load_cases(asked.folder)
    if asked.format == "json":
        data = {"key": book.key, "year": book.year, "digest": book.digest, "cases": len(cases)}
        write_json({"in_order": True, **data}, out)
        return 0
    title = Text(book.title, book.title_en)
    out.write(IN_ORDER.fill(title=title, n=len(cases), digest=book.digest).say(asked.lang) + "\n")
    return 0
