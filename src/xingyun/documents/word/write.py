"""One or several papers in one Word file."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from xingyun.documents.word import form, official, sheets
from xingyun.documents.word.file import Pack
from xingyun.documents.word.page import BOOKLET, LETTER, LYING, OFFICIAL, RECEIPT, SHEET, TABLED, Page

Writer = Callable[[Pack, Mapping[str, Any]], str]
WRITERS: Mapping[str, tuple[Page, Writer]] = {
    "announcement": (OFFICIAL, official.headed),
    "checklist": (TABLED, form.checklist),
    "cloud_statement": (SHEET, sheets.cloud_statement),
    "cover": (BOOKLET, form.cover),
    "decision": (OFFICIAL, official.headed),
    "form": (TABLED, form.form),
    "instructions": (BOOKLET, form.instructions),
    "public_notice": (OFFICIAL, official.bare),
    "receipt": (RECEIPT, sheets.receipt),
    "recommendation": (LETTER, official.letter),
    "refusal": (SHEET, sheets.refusal),
    "report": (OFFICIAL, official.headed),
    "return_notice": (SHEET, sheets.return_notice),
    "summary_table": (LYING, sheets.summary_table),
    "visit_record": (SHEET, sheets.visit_record),
}


class UnknownPaperError(KeyError):
    """No Word is written of this template."""


def knows(template: str) -> bool:
    """Whether this template's paper is written as Word, too."""
    return template in WRITERS


def writers() -> tuple[str, ...]:
    """Names that `write` knows."""
    return tuple(sorted(WRITERS))


def write(papers: Sequence[tuple[str, Mapping[str, Any]]], out: Path, *, title: str = "") -> Path:
    """Write papers (template and data, see `shapes`) one behind the other; `title` is the first one's.

    Raises UnknownPaperError.
    """
    for template, _data in papers:
        if template not in WRITERS:
            raise UnknownPaperError(template)
    pack = Pack(title or " ".join(str(papers[0][1].get("title", "")).split()))
    sections = [(WRITERS[template][0], WRITERS[template][1](pack, data)) for template, data in papers]
    return pack.save(sections, out)
