"""Conditions that officers look up in lists kept elsewhere."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xingyun.rulebook.schema.conditions.base import BaseCondition, Otherwise
from xingyun.rulebook.schema.lists import ListRef
from xingyun.rulebook.schema.shared import TierRef


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideCheck(BaseCondition):
    """Not on a list kept elsewhere, or on it; an officer looks it up and records source, date and finding.

    `list` names one of the rulebook's lists, else `source` says where to look. With `look_back_months` only
    entries of that time before `as_of` count, from the same day so many months earlier on (that day
    included) to `as_of` itself; with `from` and `to` those of the days between, both included. `at_most` so
    many are put up with. With `must_be = "listed"` the applicant has to be on the list. With
    `repeat_within_days` it is looked up once more before the results are announced: on that day no answer
    may be older than so many days.
    """

    kind: Literal["outside_check"]
    source: str | None = None
    source_en: str | None = None
    list: ListRef | None = None
    subject: Literal["applicant", "providers"] = "applicant"
    checked_by: TierRef
    must_be: Literal["absent", "listed"] = "absent"
    look_back_months: int | None = None
    from_: date | None = None
    to: date | None = None
    as_of: date | Literal["submission"] = "submission"
    at_most: int = 0
    repeat_within_days: int | None = None
    otherwise: Otherwise = "obstacle"
