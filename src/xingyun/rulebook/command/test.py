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
    """One folder or several."""
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    add_format(parser)


def run(asked: argparse.Namespace, out: TextIO) -> int:
    """Runs all cases; 1 where one does not hold."""
    found = {folder: _results(folder) for folder in asked.folders}
    if asked.format == "json":
        data = [_data(folder, results, asked.lang) for folder, results in found.items()]
        write_json(data[0] if len(data) == 1 else data, out)
    else:
        for results in found.values():
            _write(results, asked.lang, out)
    return int(any(not r.passed for results in found.values() for r in results))


def _results(folder: Path) -> tuple[Result, ...]:
    book = load_folder(folder)
    return tuple(run_case(book, case) for case in load_cases(folder))


def _data(folder: Path, results: Sequence[Result], lang: str) -> dict[str, object]:
    failed = [_failure(r, lang) for r in results if not r.passed]
    return {"folder": str(folder), "cases": len(results), "failed": failed}


def _failure(result: Result, lang: str) -> dict[str, object]:
    return {
        "key": result.case.key,
        "name": result.case.name.say(lang),
        "problems": [p.say(lang) for p in result.problems],
        "way": [w.say(lang) for w in result.way],
    }


def _write(results: Sequence[Result], lang: str, out: TextIO) -> None:
    failed = [r for r in results if not r.passed]
    for result in failed:
        out.write(f"✗ {result.case.key}  {result.case.name.say(lang)}\n")
        out.writelines(f"    {problem.say(lang)}\n" for problem in result.problems)
        out.write(Text("    经过的规则：\n", "    the way through the rules:\n").say(lang))
        out.writelines(f"      {way.say(lang)}\n" for way in result.way)
    said = Text("{ok} 个通过，{bad} 个不符。", "{ok} passed, {bad} failed.")
    out.write(said.fill(ok=len(results) - len(failed), bad=len(failed)).say(lang) + "\n")
