"""What people judge."""

from dataclasses import dataclass
from typing import Literal

from xingyun.rulebook.schema.conditions.base import BaseCondition


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(BaseCondition):
    """Left to the reviewers: named, never computed."""

    kind: Literal["judged"]
