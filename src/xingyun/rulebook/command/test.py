"""Runs a rulebook's worked cases; one that does not hold is shown with its way through the rules."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from xingyun.rulebook.cases import Result, load_cases
from xingyun.rulebook.cases import run as run_case
from xingyun.rulebook.command.output import add_format, write_json
from xingyun.rulebook.load import load_folder
from xingyun.rulebook.text import Text


def arguments(parser: argparse.ArgumentParser) -> None:
    """The folder."""
    parser.add_argument("folder", type=Path)
    add_format(parser)


def run(asked: argparse.Namespace, out: TextIO) -> int:
    """Runs all cases; 1 where one does not hold."""
    book = load_folder(asked.folder)
    results = [run_case(book, case) for case in load_cases(asked.folder)]
    failed = [r for r in results if not r.passed]
    if asked.format == "json":
        write_json({"cases": len(results), "failed": [_failure(r, asked.lang) for r in failed]}, out)
    else:
        _write_results(results, failed, asked.lang, out)
    return 1 if failed else 0


def _failure(result: Result, lang: str) -> dict[str, object]:
    return {
        "key": result.case.key,
        "name": result.case.name.say(lang),
        "problems": [p.say(lang) for p in result.problems],
        "way": [w.say(lang) for w in result.way],
    }


def _write_results(results: Sequence[Result], failed: Sequence[Result], lang: str, out: TextIO) -> None:
    for result in failed:
        out.write(f"✗ {result.case.key}  {result.case.name.say(lang)}\n")
        out.writelines(f"    {problem.say(lang)}\n" for problem in result.problems)
        out.write(Text("    经过的规则：\n", "    the way through the rules:\n").say(lang))
        out.writelines(f"      {way.say(lang)}\n" for way in result.way)
    said = Text("{ok} 个通过，{bad} 个不符。", "{ok} passed, {bad} failed.")
    out.write(said.fill(ok=len(results) - len(failed), bad=len(failed)).say(lang) + "\n")
