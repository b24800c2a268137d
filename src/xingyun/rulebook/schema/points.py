"""Points: what gives how many, groups with caps and minimums, and what each level asks for."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from xingyun.rulebook.reading import Ref
from xingyun.rulebook.schema.shared import BranchRef, FieldRef, LevelRef, Named, Rule

GroupRef = Annotated[str, Ref("points.groups")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Named):
    """A group of items; `cap` bounds its sum."""

    table: ClassVar[str] = "points.groups"
    cap: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """So many points from `at_least` on (the number included). The first band that fits, as listed, wins."""

    points: int
    at_least: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """So many points for the answer `is`."""

    points: int
    is_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseItem(Rule):
    """What all items have: a group and a cap."""

    table: ClassVar[str] = "points.items"
    group: GroupRef
    cap: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainPoints(BaseItem):
    """`each` for every proved domain, of one branch or of all."""

    kind: Literal["domains"]
    each: int
    within: BranchRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPoints(BaseItem):
    """By the size of a number: a whole-number field, or the spend in yuan."""

    kind: Literal["number"]
    field: FieldRef | None = None
    of: Literal["field", "spend"] = "field"
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPoints(BaseItem):
    """By what was chosen; several choices add up."""

    kind: Literal["answer"]
    field: FieldRef
    scores: tuple[Score, ...]


Item = DomainPoints | NumberPoints | AnswerPoints


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMinimum:
    """The least a group must come to."""

    group: GroupRef
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The points a level asks for; `strict` asks for more than that."""

    level: LevelRef
    at_least: int
    strict: bool = False
    minimums: tuple[GroupMinimum, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Rule):
    """The whole scoring. Too few points are an obstacle, or a matter for the reviewer."""

    table: ClassVar[str] = "points"
    otherwise: Literal["obstacle", "judge"] = "obstacle"
    stops_submission: bool = True
    cap: int | None = None
    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    levels: tuple[Threshold, ...]
