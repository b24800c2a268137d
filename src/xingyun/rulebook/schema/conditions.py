"""The conditions of applying, one class a rule kind. Each says what an applicant who fails it meets."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from xingyun.rulebook.schema.shared import BranchRef, FieldRef, LevelRef, Rule, TierRef
from xingyun.rulebook.text import Text

Otherwise = Literal["obstacle", "judge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseCondition(Rule):
    """What all conditions have: the levels they hold for (empty: all), whether failing stops submission."""

    table: ClassVar[str] = "conditions"
    levels: tuple[LevelRef, ...] = ()
    stops_submission: bool = True
    remedy: str | None = None
    remedy_en: str | None = None

    @property
    def mend(self) -> Text:
        """What the applicant can do about it, empty where nothing is said."""
        return Text(self.remedy or "", self.remedy_en or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredIn(BaseCondition):
    """Registered in the area of one of the authorities. `usual_prefixes` (USCC signs 3 on) only hint."""

    kind: Literal["registered_in"]
    usual_prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerIs(BaseCondition):
    """One of the `accepted` answers to a field of the form."""

    kind: Literal["answer_is"]
    field: FieldRef
    accepted: tuple[str, ...]
    otherwise: Otherwise = "obstacle"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideCheck(BaseCondition):
    """Not on a list kept elsewhere; an officer looks it up and records source, date and finding."""

    kind: Literal["outside_check"]
    source: str
    source_en: str
    subject: Literal["applicant", "providers"] = "applicant"
    checked_by: TierRef
    otherwise: Otherwise = "obstacle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum:
    """The least sum for a level, in yuan; `strict` asks for more than that."""

    level: LevelRef
    yuan: int
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend(BaseCondition):
    """A sum of `event`s dated from `from` to `to` (both inclusive), above nothing or at least the minimum."""

    kind: Literal["spend"]
    event: Literal["invoice", "payment", "contract"]
    from_: date
    to: date | Literal["submission"] = "submission"
    tax: Literal["included", "excluded"] = "included"
    minimums: tuple[Minimum, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Domains(BaseCondition):
    """At least so many proved domains of the checklist, or of one branch of it."""

    kind: Literal["domains"]
    at_least: int
    within: BranchRef | None = None
    otherwise: Otherwise = "obstacle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(BaseCondition):
    """Left to the reviewers: named, never computed."""

    kind: Literal["judged"]


Condition = RegisteredIn | AnswerIs | OutsideCheck | Spend | Domains | Judged
