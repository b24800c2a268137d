"""Issuing papers: rendered and kept first, recorded in the transaction of the act that they belong to."""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import cast

from django.db import transaction

from xingyun.audit import Acting
from xingyun.audit import actions as audit
from xingyun.documents import spreadsheet, word
from xingyun.documents.render import TEMPLATES, render
from xingyun.documents.shapes import SummaryTableData
from xingyun.documents.signing import sign
from xingyun.files import actions as files
from xingyun.files.models import File
from xingyun.papers.models import Paper
from xingyun.papers.queries.fonts import own_fonts, refuse_boxes
from xingyun.papers.signing import seal
from xingyun.rounds.models import Edition

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUMMARY = "summary_table"
Parts = Sequence[tuple[str, Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rendered paper that nobody has issued yet; `word` and `sheet` (Excel) where its kind has them."""

    file: File
    template_digest: str
    edition_digest: str
    word: File | None = None
    sheet: File | None = None


def typeset(
    *, template: str, data: Mapping[str, object], edition: Edition, now: datetime, signed: str = ""
) -> Sheet:
    """Render `data` and keep the PDF, and Word and Excel of the same words where the kind has them.

    Call it before the transaction that issues it: this takes a while.

    `signed` is why it is signed with the office's digital seal, where it has one.

    Raises Refused when a character of the data is in none of the fonts: a paper must not show boxes.
    """
    refuse_boxes(data)
    fonts = own_fonts()
    with tempfile.TemporaryDirectory() as folder:
        made = render(template, data, fonts=fonts, out=Path(folder) / "paper.pdf")
        path = _sealed(made.path, signed) if signed else made.path
        file = files.store(source=path, now=now, kind=PDF, pages=made.pages)
        as_word, as_sheet = _others(template, data, Path(folder), now)
    return Sheet(file, template_digest(template), edition.digest, as_word, as_sheet)


def keep_word(*, parts: Parts, now: datetime, title: str = "") -> File:
    """Keep papers as one Word file, for whoever keeps its PDF otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        written = word.write(parts, Path(folder) / "paper.docx", title=title)
        return files.store(source=written, now=now, kind=WORD)


def keep(*, path: Path, kind: str, edition: Edition, template: str, now: datetime) -> Sheet:
    """Keep a file that was made elsewhere (a table) as a sheet to be issued. `kind` is its media type."""
    file = files.store(source=path, now=now, kind=kind)
    return Sheet(file, hashlib.sha256(template.encode()).hexdigest(), edition.digest)


def record(*, sheet: Sheet, kind: str, about: str, actor: Acting, now: datetime, number: str = "") -> Paper:
    """Issue a rendered sheet: one row and one audit entry on `about`. Call it in the act's transaction."""
    paper = Paper.objects.create(
        kind=kind,
        about=about,
        number=number,
        file=sheet.file,
        word=sheet.word,
        sheet=sheet.sheet,
        template_digest=sheet.template_digest,
        edition_digest=sheet.edition_digest,
        issued_at=now,
    )
    audit.append(stream=about, act="paper.issue", actor=actor, body=_body(paper), now=now)
    return paper


def issue(
    *,
    kind: str,
    about: str,
    template: str,
    data: Mapping[str, object],
    edition: Edition,
    actor: Acting,
    now: datetime,
    number: str = "",
) -> Paper:
    """Render and record in one go, for papers that stand alone."""
    sheet = typeset(template=template, data=data, edition=edition, now=now)
    with transaction.atomic():
        return record(sheet=sheet, kind=kind, about=about, number=number, actor=actor, now=now)


def _sealed(path: Path, reason: str) -> Path:
    own = seal()
    return sign(path, out=path.with_name("signed.pdf"), seal=own, reason=reason) if own else path


@lru_cache(maxsize=32)
def template_digest(template: str) -> str:
    """SHA-256 of a template and of what all templates share."""
    digest = hashlib.sha256()
    for file in (*sorted((TEMPLATES / "lib").glob("*.typ")), TEMPLATES / f"{template}.typ"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _others(
    template: str, data: Mapping[str, object], folder: Path, now: datetime
) -> tuple[File | None, File | None]:
    """The same words as Word and as Excel, where there is such a thing."""
    as_word = keep_word(parts=[(template, data)], now=now) if word.knows(template) else None
    if template != SUMMARY:
        return as_word, None
    table = spreadsheet.write_summary(cast("SummaryTableData", data), folder / "paper.xlsx")
    return as_word, files.store(source=table, now=now, kind=EXCEL)


def _body(paper: Paper) -> dict[str, object]:
    return {
        "paper": str(paper.uid),
        "kind": paper.kind,
        "number": paper.number,
        "file": paper.file.sha256,
        **{name: kept.sha256 for name, kept in (("word", paper.word), ("sheet", paper.sheet)) if kept},
        "template": paper.template_digest,
        "edition": paper.edition_digest,
    }
