"""Who is shut out by what he holds, has been given, or is related to."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xingyun.rulebook.schema.conditions.base import BaseCondition, Otherwise
from xingyun.rulebook.schema.shared import TierRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded(BaseCondition):
    """Shut out by another title, by funding received, or by being related to the holder of a title.

    Titles are those of `programmes` (empty: any other one) at `title_levels` (empty: any), by the keys under
    which they are recorded; `while_valid` counts them only on the days that they hold. Fundings count that
    lie in the `look_back_months` before `as_of`, or from `from` to `to` (all ends included; without them,
    all); titles count that were given in that time. `at_most` so many are put up with. What nobody knows
    officers of the tier `checked_by` look up, in `source` if given.
    """

    kind: Literal["excluded"]
    by: Literal["title", "funding", "relation"]
    programmes: tuple[str, ...] = ()
    title_levels: tuple[str, ...] = ()
    while_valid: bool = True
    look_back_months: int | None = None
    from_: date | None = None
    to: date | None = None
    as_of: date | Literal["submission"] = "submission"
    at_most: int = 0
    checked_by: TierRef
    source: str | None = None
    source_en: str | None = None
    otherwise: Otherwise = "obstacle"
