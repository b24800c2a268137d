"""What a check is told, and what it says."""

import hashlib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from xingyun.audit.hashing import canonical
from xingyun.evidence.models import Dossier, Invoice, PageLook, Reading
from xingyun.evidence.queries.readings import Piece, pieces
from xingyun.evidence.queries.tally import Ledger, Row, spend_rule
from xingyun.files.models import File
from xingyun.rulebook import Rulebook, Text
from xingyun.rulebook.text import EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A file of the applicant: its public id, its name, its slot and the clause that asks for it.

    `sealed`: somebody's seal belongs on it.
    """

    uid: UUID
    file: File
    name: str
    slot: str
    clause: str = ""
    sealed: bool = False


class Shown(TypedDict):
    """Where something is shown, as `Found` takes it."""

    held: Held | None
    page: int | None
    box: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Another applicant that handed in a file: its dossier, and the file."""

    dossier: int
    file: int


@dataclass(frozen=True, slots=True)
class Others:
    """What other applicants have handed in.

    `holders` tells who of them holds any of these files (ids); `handed_in` which of these dossiers (ids) are
    others' and were handed in. Drafts are nobody's business.
    """

    holders: Callable[[Collection[int]], Sequence[Holder]]
    handed_in: Callable[[Collection[int]], Collection[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One dossier with everything that checks look at, loaded already.

    `readings` and `looks` are by file id. `others` is None until it was handed in: before, nobody is compared
    with anybody.
    """

    dossier: Dossier
    rulebook: Rulebook
    ledger: Ledger
    day: date
    files: tuple[Held, ...] = ()
    readings: Mapping[int, Reading] = field(default_factory=dict)
    looks: Mapping[int, Sequence[PageLook]] = field(default_factory=dict)
    others: Others | None = None
    _spots: Mapping[UUID, tuple[Held, Piece]] | None = field(default=None, init=False)

    @property
    def clause(self) -> str:
        """The clause of the spend, which the ledger proves."""
        rule = spend_rule(self.rulebook)
        return rule.clause[0] if rule else ""

    @property
    def pieces(self) -> Iterator[tuple[Held, Piece]]:
        """Everything that was read, with its file."""
        for held in self.files:
            if reading := self.readings.get(held.file.pk):
                yield from ((held, piece) for piece in pieces(reading.data))

    def shown(self, row: Row, *names: str) -> Shown:
        """Where a file shows this row of the ledger, at the first of these fields that was found there."""
        if self._spots is None:
            known = {row.uid: (held, piece) for row, held, piece in self.read_invoices()}
            object.__setattr__(self, "_spots", known)
        held, piece = (self._spots or {}).get(row.uid, (None, None))
        page, box = piece.spot(*names) if piece else (None, ())
        return {"held": held, "page": page, "box": box}

    def read_invoices(self) -> Iterator[tuple[Invoice, Held, Piece]]:
        """The invoices of the ledger that were read, each with the first file that names its number."""
        known: dict[str, tuple[Held, Piece]] = {}
        for held, piece in self.pieces:
            if piece.kind == "invoice":
                known.setdefault(piece.text("number"), (held, piece))
        for row in self.ledger.invoices:
            if row.number in known:
                yield row, *known[row.number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One oddity. `key` is what makes it the same one the next time: ids and values, no words.

    `across` ones are for officials only; `other` is the dossier of the other applicant. Pages count from 1.
    """

    key: tuple[object, ...]
    words: Text
    repair: Text = EMPTY
    clause: str = ""
    row: UUID | None = None
    held: Held | None = None
    page: int | None = None
    box: tuple[int, ...] = ()
    across: bool = False
    other: int | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """The digest of the key."""
        return hashlib.sha256(canonical([str(part) for part in self.key]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its key, its name, and how it looks."""

    key: str
    name: Text
    look: Callable[[Subject], Iterable[Found]]


def plain(name: str) -> str:
    """A company's name without what differs in writing only: blanks, the width of signs and brackets."""
    return "".join(unicodedata.normalize("NFKC", name).split())
