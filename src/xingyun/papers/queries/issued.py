"""Reading issued papers."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from xingyun.audit.queries import of_stream
from xingyun.files.models import File
from xingyun.files.queries import reader
from xingyun.papers.models import Paper

FILES = ("file", "word", "sheet")
# Names of the formats in addresses, each with the column that holds it.
FORMATS = {"": "file", "word": "word", "excel": "sheet"}


def formatted(paper: Paper, form: str) -> File | None:
    """The paper's file in this format ("" is the PDF); None where there is none."""
    name = FORMATS.get(form)
    return getattr(paper, name) if name else None


def papers(about: str, kind: str = "") -> QuerySet[Paper]:
    """The papers of one matter, newest first; of one kind where it is named."""
    found = Paper.objects.filter(about=about).select_related(*FILES).order_by("-id")
    return found.filter(kind=kind) if kind else found


def paper(uid: UUID) -> Paper | None:
    """The paper of this public id. Who may read it is decided by the room that issued it."""
    return Paper.objects.select_related(*FILES).filter(uid=uid).first()


@dataclass(frozen=True, slots=True)
class Verification:
    """A verification of the whole record that was made."""

    at: datetime
    entries: int
    findings: tuple[tuple[str, str, int, str], ...]


def last_verification() -> Verification | None:
    """The newest statement, read from its file (three queries); None before the first."""
    entry = of_stream("record").filter(act="record.verified").last()
    file = File.objects.filter(sha256=entry.facts["file"]).first() if entry else None
    if entry is None or file is None:
        return None
    with reader(file) as stream:
        said = json.load(stream)
    found = tuple((str(k), str(s), int(n), str(t)) for k, s, n, t in said["findings"])
    return Verification(entry.at, int(said["entries"]), found)
