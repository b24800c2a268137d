"""What a book is made of, as its maker hands it in. All words come from outside."""

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
    "entries" (the lines of the contents), or nothing. `listed` puts it into the contents.
    """

    key: str
    title: str
    template: str
    data: Mapping[str, object]
    fills: Literal["", "pages", "entries"] = ""
    listed: bool = True


@dataclass(frozen=True)
class Item:
    """One file of evidence: PDF, JPEG or PNG that `inspect` has let through.

    `sha256` spares reading the file to know it; without it, it is read.
    """

    key: str
    path: Path
    title: str
    sha256: str = ""


@dataclass(frozen=True)
class Material:
    """One required material. `none` is the applicant's explicit 无; its section and number stay."""

    key: str
    number: str
    title: str
    items: tuple[Item, ...] = ()
    none: bool = False
    clause: str = ""


@dataclass(frozen=True)
class Claim:
    """Pages `first` to `last` of one file, counted from 1 inside the file."""

    item: str
    first: int
    last: int


@dataclass(frozen=True)
class Footer:
    """The line at the foot of every page; `number` holds {page} and {pages}, `payload` holds {page}."""

    left: str
    payload: str
    number: str = "第 {page} 页　共 {pages} 页"


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
