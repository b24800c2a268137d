"""Conditions on what the form says, and on where the applicant is registered."""

from dataclasses import dataclass
from typing import Literal

from xingyun.rulebook.schema.conditions.base import BaseCondition, Otherwise
from xingyun.rulebook.schema.shared import FieldRef


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredIn(BaseCondition):
    """Registered in the area of one of the authorities. `usual_prefixes` (USCC signs 3 on) only hint."""

    kind: Literal["registered_in"]
    usual_prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerIs(BaseCondition):
    """One of the `accepted` answers to a field of the form."""

    kind: Literal["answer_is"]
    field: FieldRef
    accepted: tuple[str, ...]
    otherwise: Otherwise = "obstacle"
