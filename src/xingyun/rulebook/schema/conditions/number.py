"""Conditions on numbers: of the form, of money spent, of one against another."""

from dataclasses import dataclass
from typing import Literal

from xingyun.rulebook.schema.conditions.base import BaseCondition, Otherwise
from xingyun.rulebook.schema.numbers import NumberOf
from xingyun.rulebook.schema.shared import ConditionRef, FieldRef, Number


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberIs(BaseCondition):
    """A number within its edges: `at_least` and `at_most` include theirs, `more_than` and `less_than` don't.

    What is looked at is written as in the number items of the points: `of`, `field`, `over`, `spend`.
    """

    kind: Literal["number"]
    of: NumberOf = "field"
    field: FieldRef | None = None
    over: FieldRef | None = None
    spend: ConditionRef | None = None
    at_least: Number | None = None
    more_than: Number | None = None
    at_most: Number | None = None
    less_than: Number | None = None
    otherwise: Otherwise = "obstacle"
