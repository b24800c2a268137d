"""The conditions of applying, one class a rule kind. Each says what an applicant who fails it meets."""

from xingyun.rulebook.schema.conditions.base import BaseCondition, Otherwise, Strength
from xingyun.rulebook.schema.conditions.domains import Domains
from xingyun.rulebook.schema.conditions.excluded import Excluded
from xingyun.rulebook.schema.conditions.form import AnswerIs, Dated, RegisteredIn
from xingyun.rulebook.schema.conditions.groups import AllOf, AnyOf
from xingyun.rulebook.schema.conditions.judged import Judged
from xingyun.rulebook.schema.conditions.number import NumberIs
from xingyun.rulebook.schema.conditions.outside import OutsideCheck
from xingyun.rulebook.schema.conditions.spend import Minimum, Spend
from xingyun.rulebook.schema.conditions.use import ContinuousUse

Condition = (
    RegisteredIn
    | AnswerIs
    | Dated
    | NumberIs
    | OutsideCheck
    | Excluded
    | Spend
    | ContinuousUse
    | Domains
    | AnyOf
    | AllOf
    | Judged
)

__all__ = [
    "AllOf",
    "AnswerIs",
    "AnyOf",
    "BaseCondition",
    "Condition",
    "ContinuousUse",
    "Dated",
    "Domains",
    "Excluded",
    "Judged",
    "Minimum",
    "NumberIs",
    "Otherwise",
    "OutsideCheck",
    "RegisteredIn",
    "Spend",
    "Strength",
]
