"""The notice itself: its title page, clauses, readings of what it leaves open, tiers and authorities."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from xingyun.rulebook.reading import Identity
from xingyun.rulebook.schema.shared import (
    AuthorityRef,
    ClauseRef,
    DocumentRef,
    FunctionKey,
    Key,
    Named,
    Rule,
    TierRef,
)
from xingyun.rulebook.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The title page. `award` is what the title is called, `area` where the programme holds."""

    key: Key
    title: str
    title_en: str
    award: str
    award_en: str
    area: str
    area_en: str
    year: int
    document_number: str
    issued_on: date
    issuer: str
    issuer_en: str
    timezone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of the notice, in own words. `anchor` is its place on the page of clauses.

    `document` is what it leans on or quotes.
    """

    table: ClassVar[str] = "clauses"
    ref: Annotated[str, Identity]
    anchor: str
    chapter: str
    chapter_en: str
    title: str
    title_en: str
    text: str
    text_en: str
    document: DocumentRef | None = None

    @property
    def name(self) -> Text:
        """The clause's heading in both languages."""
        return Text(self.title, self.title_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedDocument(Named):
    """A document that clauses lean on, with its number and the days from and until which it holds."""

    table: ClassVar[str] = "documents"
    number: str = ""
    issued_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds on that day; a day that is not given sets no bound."""
        return not self.is_expired(on) and (self.valid_from is None or on >= self.valid_from)

    def is_expired(self, on: date) -> bool:
        """Whether it has ceased to hold before that day."""
        return self.valid_to is not None and on > self.valid_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """How something that the notice leaves open is carried out, who settled it and why."""

    table: ClassVar[str] = "interpretations"
    key: Key
    clause: ClauseRef
    question: str
    question_en: str
    text: str
    text_en: str
    reason: str
    reason_en: str
    decided_by: str
    decided_by_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """An office of a tier: the competent one handles applications, finance countersigns."""

    key: FunctionKey
    label: str
    label_en: str
    short: str
    short_en: str

    @property
    def name(self) -> Text:
        """The office's full kind of name."""
        return Text(self.label, self.label_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier(Named):
    """A tier of administration; the rulebook lists them from the bottom up."""

    table: ClassVar[str] = "tiers"
    functions: tuple[Function, ...]

    def function(self, key: str) -> Function | None:
        """The office of that function, if the tier has one."""
        return next((f for f in self.functions if f.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Named):
    """An authority of a tier. `aliases` are names still in use, `old_codes` former division codes.

    `tile` is its place on the map of tiles: column and row, from 1 at the upper left.
    """

    table: ClassVar[str] = "authorities"
    tier: TierRef
    parent: AuthorityRef | None = None
    division_code: str | None = None
    old_codes: tuple[str, ...] = ()
    tile: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()
    issuer: str
    issuer_en: str
    co_issuer: str | None = None
    co_issuer_en: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction(Rule):
    """What follows from fraud: whom it strikes (`subject`) and what that one is shut out of, how long.

    The term is `years` and `months` from the day of the decision; neither: no end is set. `joint` strikes
    whoever is jointly responsible as well.
    """

    table: ClassVar[str] = "sanctions"
    subject: str
    cause: str
    cause_en: str
    shut_out_of: str
    shut_out_of_en: str
    years: int | None = None
    months: int | None = None
    joint: bool = False
