"""Runs a rulebook's worked cases; one that does not hold is shown with its way through the rules.

It also tells which rules the cases show from both sides, met and not met.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from xingyun.rulebook.cases import Result, load_cases
from xingyun.rulebook.cases import run as run_case
from xingyun.rulebook.cases.coverage import Seen, coverage
from xingyun.rulebook.command.output import add_format, write_json
from xingyun.rulebook.load import load_folder
from xingyun.rulebook.text import Text, join


def arguments(parser: argparse.ArgumentParser) -> None:
    """One folder or several."""
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    add_format(parser)


PASSED = Text("{ok} 个通过，{bad} 个不符。", "{ok} passed, {bad} failed.")
WAY = Text("    经过的规则：", "    the way through the rules:")
ALIKE = Text("    另有 {n} 个例子不符之处相同：{keys}", "    {n} more cases differ in the same: {keys}")
COVERED = Text(
    "{n} 条规则里，{m} 条既有符合的例子，也有不符合的例子。",
    "Of {n} rules, {m} have cases both of meeting them and of not meeting them.",
)
ONLY = {
    (True, False): Text("只有符合的例子：", "only met:"),
    (False, True): Text("只有不符合的例子：", "only not met:"),
    (False, False): Text("没有例子：", "no case:"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """What the cases of one folder came to, and which rules they show."""

    folder: Path
    results: tuple[Result, ...]
    seen: tuple[Seen, ...]

    @property
    def failed(self) -> tuple[Result, ...]:
        """The cases that do not hold."""
        return tuple(r for r in self.results if not r.passed)


def run(asked: argparse.Namespace, out: TextIO) -> int:
    """Runs all cases; 1 where one does not hold."""
    reports = [_report(folder) for folder in asked.folders]
    if asked.format == "json":
        data = [_data(report, asked.lang) for report in reports]
        write_json(data[0] if len(data) == 1 else data, out)
    else:
        for report in reports:
            _write(report, asked.lang, out)
    return int(any(report.failed for report in reports))


def _report(folder: Path) -> Report:
    book = load_folder(folder)
    cases = load_cases(folder)
    return Report(folder, tuple(run_case(book, case) for case in cases), coverage(book, cases))


def _data(report: Report, lang: str) -> dict[str, object]:
    return {
        "folder": str(report.folder),
        "cases": len(report.results),
        "failed": [_failure(r, lang) for r in report.failed],
        "coverage": [
            {"rule": s.rule, "name": s.name.say(lang), "met": s.met, "unmet": s.unmet} for s in report.seen
        ],
    }


def _failure(result: Result, lang: str) -> dict[str, object]:
    return {
        "key": result.case.key,
        "name": result.case.name.say(lang),
        "problems": [p.say(lang) for p in result.problems],
        "way": [w.say(lang) for w in result.way],
    }


def _write(report: Report, lang: str, out: TextIO) -> None:
    for alike in _alike(report.failed):
        _write_failure(alike[0], lang, out)
        if keys := "、".join(r.case.key for r in alike[1:]):
            out.write(ALIKE.fill(n=len(alike) - 1, keys=keys).say(lang) + "\n")
    bad = len(report.failed)
    out.write(PASSED.fill(ok=len(report.results) - bad, bad=bad).say(lang) + "\n")
    _write_coverage(report.seen, lang, out)


def _alike(failed: Sequence[Result]) -> list[list[Result]]:
    """Cases that fail for the same reason, together: a new field is wanting in all of them at once."""
    groups: dict[tuple[Text, ...], list[Result]] = {}
    for result in failed:
        groups.setdefault(result.problems, []).append(result)
    return list(groups.values())


def _write_failure(result: Result, lang: str, out: TextIO) -> None:
    out.write(f"✗ {result.case.key}  {result.case.name.say(lang)}\n")
    out.writelines(f"    {problem.say(lang)}\n" for problem in result.problems)
    if result.way:
        out.write(WAY.say(lang) + "\n")
        out.writelines(f"      {way.say(lang)}\n" for way in result.way)


def _write_coverage(seen: Sequence[Seen], lang: str, out: TextIO) -> None:
    both = sum(s.met and s.unmet for s in seen)
    out.write(COVERED.fill(n=len(seen), m=both).say(lang) + "\n")
    for sides, words in ONLY.items():
        named = [s.name for s in seen if (s.met, s.unmet) == sides]
        if named:
            out.write(f"  {words.say(lang)} {join(named).say(lang)}\n")
