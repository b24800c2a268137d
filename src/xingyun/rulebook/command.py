"""`xingyun rulebook check|test|explain [--format text|json] [--lang zh|en] FOLDER`.

Plain functions of arguments and an output stream; the answer is the exit code: 0 in order, 1 faults found,
2 the command itself was not understood.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, TextIO

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.cases import Result, load_cases, run
from xingyun.rulebook.contacts import load_contacts
from xingyun.rulebook.errors import RulebookError, RulebookErrors
from xingyun.rulebook.explain import Line, lines
from xingyun.rulebook.load import load_folder
from xingyun.rulebook.text import Text


def main(argv: Sequence[str], out: TextIO = sys.stdout) -> int:
    """Runs the command that `argv` names."""
    parser = _parser()
    try:
        asked = parser.parse_args(list(argv))
    except (argparse.ArgumentError, SystemExit):
        out.write(parser.format_usage())
        return 2
    try:
        return _COMMANDS[asked.command](asked, out)
    except RulebookErrors as faults:
        _write_faults(faults.errors, asked, out)
        return 1


def check(argv: Sequence[str], out: TextIO) -> int:
    """Finds all faults of a rulebook, its contacts and its cases' writing."""
    return main(["check", *argv], out)


def test(argv: Sequence[str], out: TextIO) -> int:
    """Runs a rulebook's worked cases."""
    return main(["test", *argv], out)


def explain(argv: Sequence[str], out: TextIO) -> int:
    """Prints a rulebook back in plain words."""
    return main(["explain", *argv], out)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise argparse.ArgumentError(None, message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="xingyun rulebook", exit_on_error=False)
    parser.add_argument("command", choices=["check", "test", "explain"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument("--lang", choices=["zh", "en"], default="zh")
    return parser


def _write(data: object, out: TextIO) -> None:
    json.dump(data, out, ensure_ascii=False, indent=2)
    out.write("\n")


def _write_faults(errors: Sequence[RulebookError], asked: argparse.Namespace, out: TextIO) -> None:
    if asked.format == "json":
        _write({"in_order": False, "errors": [_fault(e, asked.lang) for e in errors]}, out)
        return
    for error in errors:
        out.write(error.say(asked.lang) + "\n")
    out.write(Text("共 {n} 处要改。", "{n} faults.").fill(n=len(errors)).say(asked.lang) + "\n")


def _fault(error: RulebookError, lang: str) -> dict[str, object]:
    return {
        "file": error.file,
        "line": error.line,
        "key": error.key,
        "problem": error.problem.say(lang),
        "expected": error.expected.say(lang),
        "hint": error.hint.say(lang),
    }


def _check(asked: argparse.Namespace, out: TextIO) -> int:
    book = load_folder(asked.folder)
    load_contacts(asked.folder)
    cases = load_cases(asked.folder)
    if asked.format == "json":
        _write(
            {
                "in_order": True,
                "key": book.key,
                "year": book.year,
                "digest": book.digest,
                "cases": len(cases),
            },
            out,
        )
        return 0
    said = Text(
        "没有要改的地方。{title}，例子 {n} 个，摘要 {digest}", "In order. {title}, {n} cases, digest {digest}"
    )
    title = Text(book.title, book.title_en)
    out.write(said.fill(title=title, n=len(cases), digest=book.digest).say(asked.lang) + "\n")
    return 0


def _test(asked: argparse.Namespace, out: TextIO) -> int:
    book = load_folder(asked.folder)
    results = [run(book, case) for case in load_cases(asked.folder)]
    failed = [r for r in results if not r.passed]
    if asked.format == "json":
        _write({"cases": len(results), "failed": [_failure(r, asked.lang) for r in failed]}, out)
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


def _explain(asked: argparse.Namespace, out: TextIO) -> int:
    book = load_folder(asked.folder)
    if asked.format == "json":
        _write([_line(line, asked.lang) for line in lines(book)], out)
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


_COMMANDS: dict[str, Callable[[argparse.Namespace, TextIO], int]] = {
    "check": _check,
    "test": _test,
    "explain": _explain,
}
