"""Conditions made of others, which are then not asked by themselves."""

from dataclasses import dataclass
from typing import Literal

from xingyun.rulebook.schema.conditions.base import BaseCondition, Otherwise
from xingyun.rulebook.schema.shared import ConditionRef


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf(BaseCondition):
    """At least so many of these conditions, one unless said otherwise. They may be made of others."""

    kind: Literal["any_of"]
    conditions: tuple[ConditionRef, ...]
    at_least: int = 1
    otherwise: Otherwise = "obstacle"


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf(BaseCondition):
    """All of these conditions; useful as one of the alternatives of `any_of` or of a fast track."""

    kind: Literal["all_of"]
    conditions: tuple[ConditionRef, ...]
    otherwise: Otherwise = "obstacle"
