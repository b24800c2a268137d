"""What a book is made of, as its maker hands it in. All words come from outside."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


class WrongPartsError(Exception):
    """The parts contradict each other: a claim on a page that is not there, a key used twice."""


@dataclass(frozen=True)
class Front:
    """Pages that the system sets itself, in the order of the book.

    `fills` says what the plan adds to `data`: "pages" (domain → printed page numbers, for the checklist),
    "entries" (the lines of the contents), or nothing. `listed` puts it into the contents. `first` is the
    number of its first page where nothing in front of it needs that number; 0: the next ten.
    """

    key: str
    title: str
    template: str
    data: Mapping[str, object]
    fills: Literal["", "pages", "entries"] = ""
    listed: bool = True
    first: int = 0


@dataclass(frozen=True)
class Item:
    """One file of evidence: PDF, JPEG or PNG that `inspect` has let through.

    `sha256` spares reading the file to know it; without it, it is read.
    """

    key: str
    path: Path
    title: str
    sha256: str = ""

    @property
    def known_by(self) -> str:
        """The digest of the file."""
        if self.sha256:
            return self.sha256
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class Material:
    """One required material. `none` is the applicant's explicit 无; its section and number stay.

    `first` is the number of its first page where nothing in front of it needs that; 0: the next hundred.
    """

    key: str
    number: str
    title: str
    items: tuple[Item, ...] = ()
    none: bool = False
    clause: str = ""
    first: int = 0


@dataclass(frozen=True)
class Claim:
    """Pages `first` to `last` of one file, counted from 1 inside the file."""

    item: str
    first: int
    last: int


@dataclass(frozen=True)
class Footer:
    """The line at the foot of every page, which speaks of its own section only: what happens elsewhere in the
    book must not make it another one.

    `number` holds {page}, the number in the book, and {pages}, how many the section has. `payload` holds
    {section} (its first number), {digest} of what the page shows, {of} and {pages}.
    """

    left: str
    payload: str
    number: str = "第 {page} 页　本节共 {pages} 页"


@dataclass(frozen=True)
class Labels:
    """Words on separators and between page numbers."""

    none: str = "无"
    none_note: str = ""
    missing: str = "未提供"
    missing_note: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Parts:
    """Everything that goes into one book; `claims` maps a domain to the pages that prove it."""

    title: str
    front: tuple[Front, ...]
    materials: tuple[Material, ...]
    footer: Footer
    claims: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    labels: Labels = field(default_factory=Labels)
    watermark: str = ""
