"""Who is shut out by what he holds, has been given, or is related to."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xingyun.rulebook.schema.conditions.base import BaseCondition, Otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded(BaseCondition):
    """Shut out by another title, by funding received, or by being related to the holder of a title.

    Titles are those of `programmes` (empty: any other one) at `title_levels` (empty: any), by the keys under
    which they are recorded; `while_valid` counts them only on the days that they hold. Fundings count that
    lie in the `look_back_months` before `as_of` (both ends included; without it, all), and `at_most` so many
    are put up with.
    """

    kind: Literal["excluded"]
    by: Literal["title", "funding", "relation"]
    programmes: tuple[str, ...] = ()
    title_levels: tuple[str, ...] = ()
    while_valid: bool = True
    look_back_months: int | None = None
    as_of: date | Literal["submission"] = "submission"
    at_most: int = 0
    otherwise: Otherwise = "obstacle"
