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
    """A sum of `event`s dated from `from` to `to` (both inclusive), above nothing or at least the minimum."""

    kind: Literal["spend"]
    event: Literal["invoice", "payment", "contract"]
    from_: date
    to: date | Literal["submission"] = "submission"
    tax: Literal["included", "excluded"] = "included"
    minimums: tuple[Minimum, ...] = ()
