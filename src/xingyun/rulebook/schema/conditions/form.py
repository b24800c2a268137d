"""Conditions on what the form says, and on where the applicant is registered."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xingyun.rulebook.schema.conditions.base import BaseCondition, Otherwise
from xingyun.rulebook.schema.shared import FieldRef


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
class Dated(BaseCondition):
    """A date or month of the form that lies in a window.

    The window is written as `from` and `to` (one of them at least), or as the `within_months` before `as_of`:
    from the same day so many months earlier to `as_of` itself. Both ends are inside unless `from_inclusive`
    or `to_inclusive` says no. A month that lies in the window in part only is left to the reviewers.
    """

    kind: Literal["dated"]
    field: FieldRef
    from_: date | None = None
    from_inclusive: bool = True
    to: date | None = None
    to_inclusive: bool = True
    within_months: int | None = None
    as_of: date | Literal["submission"] = "submission"
    otherwise: Otherwise = "obstacle"
