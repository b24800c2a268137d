"""Conditions on the checklist."""

from dataclasses import dataclass
from typing import Literal

from xingyun.rulebook.schema.conditions.base import BaseCondition, Otherwise
from xingyun.rulebook.schema.shared import BranchRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Domains(BaseCondition):
    """At least so many proved domains of the checklist, or of one branch of it."""

    kind: Literal["domains"]
    at_least: int
    within: BranchRef | None = None
    otherwise: Otherwise = "obstacle"
