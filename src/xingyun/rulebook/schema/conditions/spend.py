"""Conditions on money spent."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xingyun.rulebook.schema.conditions.base import BaseCondition
from xingyun.rulebook.schema.shared import LevelRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum:
    """The least sum for a level, in yuan; `strict` asks for more than that."""

    level: LevelRef
    yuan: int
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend(BaseCondition):
    """A sum of `event`s dated from `from` to `to`, above nothing or at least the minimum.

    Without `from` the window has no beginning, with `to = "open"` no end. A date at an end counts unless
    `from_inclusive` or `to_inclusive` says no; the day of submission always does.
    """

    kind: Literal["spend"]
    event: Literal["invoice", "payment", "contract"]
    from_: date | None = None
    from_inclusive: bool = True
    to: date | Literal["submission", "open"] = "submission"
    to_inclusive: bool = True
    tax: Literal["included", "excluded"] = "included"
    minimums: tuple[Minimum, ...] = ()
