"""Conditions on how long cloud services have been in use."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xingyun.rulebook.schema.conditions.base import BaseCondition, Otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuousUse(BaseCondition):
    """Contracts that have run for so many months without a break up to the day `at`.

    Months end on the same day of the month (`anniversary`), in a month without it on its last day;
    `inclusive` says whether the last day itself counts, so that from 15 March three months are complete on
    14 June, else on 15 June. Contracts with at most `gap_days` days between them are one. `in_force`: one
    of them must still run on the day `at`; otherwise a longer use in the past is enough.
    """

    kind: Literal["continuous_use"]
    months: int
    at: date | Literal["submission"] = "submission"
    in_force: bool = True
    counting: Literal["anniversary"] = "anniversary"
    inclusive: bool
    gap_days: int = 0
    otherwise: Otherwise = "obstacle"
