"""What the commands write: JSON, or lines; faults in both."""

import argparse
import json
from collections.abc import Sequence
from typing import TextIO

from xingyun.rulebook.errors import RulebookError
from xingyun.rulebook.text import Text


def add_format(parser: argparse.ArgumentParser, *more: str) -> None:
    """Lets the command be asked for JSON."""
    parser.add_argument("--format", choices=["text", "json", *more], default="text")


def write_json(data: object, out: TextIO) -> None:
    """Data as indented JSON."""
    json.dump(data, out, ensure_ascii=False, indent=2)
    out.write("\n")


def write_faults(errors: Sequence[RulebookError], asked: argparse.Namespace, out: TextIO) -> None:
    """The faults for which a command could not go on."""
    if asked.format == "json":
        write_json({"in_order": False, "errors": [fault(e, asked.lang) for e in errors]}, out)
        return
    for error in errors:
        out.write(error.say(asked.lang) + "\n")
    out.write(Text("共 {n} 处要改。", "{n} faults.").fill(n=len(errors)).say(asked.lang) + "\n")


def fault(error: RulebookError, lang: str) -> dict[str, object]:
    """One fault as data."""
    return {
        "file": error.file,
        "line": error.line,
        "key": error.key,
        "problem": error.problem.say(lang),
        "expected": error.expected.say(lang),
        "hint": error.hint.say(lang),
    }
