"""Worked cases: facts and what the rulebook must answer. One class a kind of case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from xingyun.rulebook.cases.aftercare_schema import SubsidyCase, TitleCase
from xingyun.rulebook.cases.base import BaseCase, Strings
from xingyun.rulebook.cases.terms_schema import (
    BatchCase,
    DocumentCase,
    FilingCase,
    PanelCase,
    SampleCase,
    SanctionCase,
)
from xingyun.rulebook.reading import Identity, Slug
from xingyun.rulebook.schema.shared import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """A dated sum in yuan, exact: whole, or decimals as text such as "86.25"."""

    on: date
    yuan: Number
    net_yuan: Number | None = None
    counts: bool = True
    oddity: Literal["none", "bare", "proved", "ruled"] = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRow:
    """A contract as the engine looks at it."""

    on: date
    yuan: Number = Fraction(0)
    says_cloud: bool = True
    statement: bool = False
    confirmed: bool = False
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUpRow:
    """What was found in a list kept elsewhere, with the days of the entries, and when it was looked up."""

    found: Literal["clear", "listed"]
    dates: tuple[date, ...] = ()
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleRow:
    """A title of another programme and the days that it holds."""

    programme: str
    level: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesRow:
    """A quota in use."""

    base: int
    used: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsRow:
    """Facts as a case writes them. `repeat` writes an answer that many times over (for limits of length).

    `materials`: the number of files, or "none". `scan`: its state.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    repeat: Mapping[str, int] = field(default_factory=dict)
    authority: str | None = None
    level: str | None = None
    invoices: tuple[EventRow, ...] = ()
    payments: tuple[EventRow, ...] = ()
    contracts: tuple[ContractRow, ...] = ()
    titles: Strings = ()
    decided: Mapping[str, bool] = field(default_factory=dict)
    outside: Mapping[str, Literal["clear", "listed"] | LookUpRow] = field(default_factory=dict)
    members: Strings = ()
    unseen: Strings = ()
    other_titles: tuple[TitleRow, ...] | None = None
    related_titles: tuple[TitleRow, ...] | None = None
    fundings: tuple[date, ...] | None = None
    materials: Mapping[str, int | Literal["none"]] = field(default_factory=dict)
    claims: Mapping[str, bool] = field(default_factory=dict)
    scan: Literal["absent", "incomplete", "outdated", "complete"] = "absent"
    places: Mapping[str, PlacesRow] = field(default_factory=dict)
    day: date | None = None
    announced: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationCase(BaseCase):
    """Facts, and findings that must or must not come of them.

    `finds` and `lacks` hold "kind rule" pairs such as "obstacle condition.spend". `blocked_by`: exactly the
    rules that stop submission. `missing` are exactly the upload slots still empty. `groups` and
    `items` are points by key (those named), `reached` the level that the points come to ("none": no level).
    """

    kind: Literal["application"]
    facts: FactsRow
    finds: Strings = ()
    lacks: Strings = ()
    blocked_by: Strings | None = None
    missing: Strings | None = None
    cites: Strings = ()
    points: int | None = None
    groups: Mapping[str, int] | None = None
    items: Mapping[str, int] | None = None
    reached: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaCase(BaseCase):
    """A quota over a roster: an `authority`'s places, how many are left after `used`, the sum in words."""

    kind: Literal["quota"]
    quota: str
    authority: str | None = None
    base: int = 0
    used: int = 0
    places: int
    left: int | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PathCase(BaseCase):
    """The acts ("tier kind level") that an application for `level` goes through, given titles `held`."""

    kind: Literal["path"]
    level: str
    held: Strings = ()
    authority: str | None = None
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentCase(BaseCase):
    """Whether `now` is in time for a deadline, or inside a window of days (both included)."""

    kind: Literal["moment"]
    deadline: str | None = None
    opens: date | None = None
    closes: date | None = None
    now: datetime
    in_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeCase(BaseCase):
    """The last day of a public notice; days and counting are the rulebook's unless given."""

    kind: Literal["notice"]
    start: date
    days: int | None = None
    first_day_counted: bool | None = None
    ends: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCase(BaseCase):
    """What is typed into a field (`times` over), and the value as kept, or the error's code."""

    kind: Literal["answer"]
    field: str
    typed: str
    times: int = 1
    value: str | int | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfCheckCase(BaseCase):
    """Answers to the public self-check, and for one level the rules that are obstacles or to be prepared."""

    kind: Literal["self_check"]
    answers: Mapping[str, str]
    level: str
    obstacles: Strings = ()
    prepare: Strings = ()
    heading: str | None = None


Case = (
    ApplicationCase
    | QuotaCase
    | PathCase
    | MomentCase
    | NoticeCase
    | AnswerCase
    | SelfCheckCase
    | BatchCase
    | SanctionCase
    | DocumentCase
    | SampleCase
    | PanelCase
    | FilingCase
    | TitleCase
    | SubsidyCase
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFacts:
    """Facts that several cases start from."""

    table: ClassVar[str] = "facts"
    key: Annotated[str, Identity, Slug]
    facts: FactsRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A file of worked cases."""

    facts: tuple[NamedFacts, ...] = ()
    cases: tuple[Case, ...]
