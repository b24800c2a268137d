"""Conditions on the checklist."""

from dataclasses import dataclass
from typing import Literal

from xingyun.rulebook.schema.conditions.base import BaseCondition, Otherwise
from xingyun.rulebook.schema.shared import BranchRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Domains(BaseCondition):
    """Proved domains of the checklist, or of the branch `within`: at least so many, or certain ones.

    With `in_branches` not domains are counted but subcategories or categories in which `each` domains are
    proved. Of `all_of` every domain must be proved, be it named itself or lie in a branch named.
    """

    kind: Literal["domains"]
    at_least: int = 0
    within: BranchRef | None = None
    in_branches: Literal["subcategory", "category"] | None = None
    each: int = 1
    all_of: tuple[BranchRef, ...] = ()
    otherwise: Otherwise = "obstacle"
