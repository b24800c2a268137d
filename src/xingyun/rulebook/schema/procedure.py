"""How an application goes through the offices: stages, dates, reports, acceptance, public notice."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from xingyun.rulebook.reading import OneOrMany, Ref
from xingyun.rulebook.schema.shared import (
    ClauseRefs,
    DeadlineRef,
    FunctionKey,
    LevelRef,
    Named,
    Rule,
    TierRef,
    WindowRef,
)

Step = Literal["prepare", "review", "sign"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Rule):
    """A day by which `tier` must have acted; inclusive means until that day's 24:00."""

    table: ClassVar[str] = "deadlines"
    tier: TierRef
    on: date
    inclusive: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch(Named):
    """A batch of applications: after the batch before, or from 0:00 of `opens`, until 24:00 of `closes`.

    Before `opens` nothing is taken.
    """

    table: ClassVar[str] = "windows.batches"
    opens: date | None = None
    closes: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Window(Rule):
    """When applicants may act. `set_by` names the tier whose authorities fix their own dates before `before`.

    Without `set_by` the dates are `opens` (from 0:00) and `closes` (until 24:00). `batches` divide it; the
    last ends with it. Whoever was sending a file at the close may still hand in for `grace_minutes`.
    """

    table: ClassVar[str] = "windows"
    set_by: TierRef | None = None
    before: DeadlineRef | None = None
    opens: date | None = None
    closes: date | None = None
    batches: tuple[Batch, ...] = ()
    grace_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Rule):
    """One step of the round as the public sees it; `actor` is a tier, or the applicant."""

    table: ClassVar[str] = "stages"
    actor: Annotated[str, Ref("actors")]
    window: WindowRef | None = None
    deadline: DeadlineRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure(Rule):
    """How an authority of `tier` decides: different persons for `steps`, a meeting's minutes."""

    table: ClassVar[str] = "procedures"
    tier: TierRef
    steps: tuple[Step, ...]
    minutes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Rule):
    """The document by which one tier tells the next what it decided and whom it recommends."""

    table: ClassVar[str] = "reports"
    from_: TierRef
    to: TierRef
    deadline: DeadlineRef
    countersigned_by: FunctionKey | None = None
    read_by: tuple[FunctionKey, ...] = ("competent",)
    copies: int = 1
    contents: tuple[str, ...] = ()
    contents_en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing(Rule):
    """What one tier files with another for the record, within so many days after the announcement."""

    table: ClassVar[str] = "filings"
    from_: TierRef
    to: TierRef
    within_days: int
    working_days: bool = False
    after: Literal["announcement"] = "announcement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Rule):
    """What an office may say: at acceptance (`accept`) or in deciding (`decide`); some need a reason."""

    table: ClassVar[str] = "outcomes"
    at: Literal["acceptance", "decision"]
    means: Literal["accept", "return", "refuse", "grant", "no_place", "deny"]
    reason_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Named):
    """A way to speak up against a proposed list."""

    table: ClassVar[str] = "channels"
    text: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Rule):
    """The public notice of the proposed list; it covers `levels` (empty: all)."""

    table: ClassVar[str] = "notice"
    tier: TierRef
    days: int
    working_days: bool = True
    first_day_counted: bool = True
    levels: tuple[LevelRef, ...] = ()
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Named):
    """A question of the public self-check and what its answer stands for.

    `asks`: authority (which area), answer (of form field `about`), spend (yuan in the window, in 10,000),
    deployments, contracts (do all say cloud), material (is `about` at hand), title (level held).
    """

    table: ClassVar[str] = "questions"
    asks: Literal["authority", "answer", "spend", "deployments", "contracts", "material", "title"]
    about: str | None = None
    clause: Annotated[ClauseRefs, OneOrMany]
    help: str = ""
    help_en: str = ""
