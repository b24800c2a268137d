"""Finds every fault of a rulebook, of its contacts and of its worked cases' writing, at once; and warns.

Warnings are what is probably not meant so: they don't keep a rulebook from being used.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO, TypeVar

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.cases import load_cases
from xingyun.rulebook.command.output import add_format, fault, write_faults, write_json
from xingyun.rulebook.contacts import load_contacts
from xingyun.rulebook.errors import RulebookError, RulebookErrors, RulebookWarning
from xingyun.rulebook.load import load_folder, read_text, warnings
from xingyun.rulebook.next_year import unchecked
from xingyun.rulebook.text import Text

IN_ORDER = Text(
    "没有要改的地方。{title}，例子 {n} 个，摘要 {digest}", "In order. {title}, {n} cases, digest {digest}"
)
TO_LOOK_AT = Text("值得看看的有 {n} 处：", "To be looked at, {n}:")

T = TypeVar("T")


@dataclass
class Report:
    """What was found in one folder."""

    folder: Path
    book: Rulebook | None = None
    cases: int = 0
    errors: list[RulebookError] = field(default_factory=list)
    warnings: tuple[RulebookWarning, ...] = ()


def arguments(parser: argparse.ArgumentParser) -> None:
    """One folder or several."""
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    add_format(parser)


def run(asked: argparse.Namespace, out: TextIO) -> int:
    """Says of each folder whether all is in order; 1 where something is not. Warnings change nothing."""
    reports = [_report(folder) for folder in asked.folders]
    if asked.format == "json":
        data = [_data(r, asked.lang) for r in reports]
        write_json(data[0] if len(data) == 1 else data, out)
    else:
        for report in reports:
            _write(report, asked, out)
    return int(any(r.errors for r in reports))


def _report(folder: Path) -> Report:
    report = Report(folder)
    report.book = _tried(report, load_folder, folder)
    _tried(report, load_contacts, folder)
    report.cases = len(_tried(report, load_cases, folder) or ())
    if report.book:
        marked = (unchecked(f.name, read_text(f)) for f in sorted(folder.glob("*.toml")))
        report.warnings = (*warnings(report.book.source), *(w for w in marked if w))
    return report


def _tried(report: Report, load: Callable[[Path], T], folder: Path) -> T | None:
    """What is loaded, or None with the faults noted."""
    try:
        return load(folder)
    except RulebookErrors as found:
        report.errors += found.errors
        return None


def _data(report: Report, lang: str) -> dict[str, object]:
    """One folder's report; without errors it names the edition."""
    found: dict[str, object] = {
        "folder": str(report.folder),
        "in_order": not report.errors,
        "errors": [fault(e, lang) for e in report.errors],
        "warnings": [fault(w, lang) for w in report.warnings],
    }
    book = report.book
    if book and not report.errors:
        found |= {"key": book.key, "year": book.year, "digest": book.digest, "cases": report.cases}
    return found


def _write(report: Report, asked: argparse.Namespace, out: TextIO) -> None:
    book = report.book
    if report.errors or book is None:
        write_faults(report.errors, asked, out)
    else:
        title = Text(book.title, book.title_en)
        said = IN_ORDER.fill(title=title, n=report.cases, digest=book.digest)
        out.write(said.say(asked.lang) + "\n")
    if report.warnings:
        out.write(TO_LOOK_AT.fill(n=len(report.warnings)).say(asked.lang) + "\n")
        out.writelines(f"  {warning.say(asked.lang)}\n" for warning in report.warnings)
