"""Points: what gives how many, groups with caps and minimums, and what each level asks for."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from xingyun.rulebook.reading import Ref
from xingyun.rulebook.schema.numbers import NumberOf
from xingyun.rulebook.schema.shared import (
    BranchRef,
    ConditionRef,
    FieldRef,
    LevelRef,
    Named,
    Number,
    Rule,
    When,
)

GroupRef = Annotated[str, Ref("points.groups")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Named):
    """A group of items; `cap` bounds its sum, `floor` keeps deductions from taking more than is there.

    The points of a `bonus` group stand beyond the cap of the whole, and no level asks for them.
    """

    table: ClassVar[str] = "points.groups"
    cap: int | None = None
    floor: int | None = None
    bonus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """So many points for numbers within the edges: `at_least` and `at_most` include theirs, the others don't.

    An edge left out is open. The first band that fits, as listed, wins.
    """

    points: int
    at_least: Number | None = None
    more_than: Number | None = None
    at_most: Number | None = None
    less_than: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """So many points for the answer `is`."""

    points: int
    is_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseItem(Rule):
    """What all items have: a group, a cap, and the circumstances (`when`) in which it counts at all."""

    table: ClassVar[str] = "points.items"
    group: GroupRef
    cap: int | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainPoints(BaseItem):
    """`each` for every proved domain, of one branch or of all."""

    kind: Literal["domains"]
    each: int
    within: BranchRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPoints(BaseItem):
    """By the size of a number (see engine.numbers); one that can't be known gives nothing.

    `of`: field (that field), spend (the sum of the condition `spend`, the first one where it is left out),
    ratio (field ÷ over), growth ((field − over) ÷ over), count (how many are named in the field).
    Ratio and growth may look at a `spend` instead of a field. Instead of `bands`, so many points `each` for
    every whole `per` that the number is above `above`; what is left over gives nothing.
    """

    kind: Literal["number"]
    of: NumberOf = "field"
    field: FieldRef | None = None
    over: FieldRef | None = None
    spend: ConditionRef | None = None
    bands: tuple[Band, ...] = ()
    per: Number | None = None
    each: int | None = None
    above: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPoints(BaseItem):
    """By what was chosen; several choices add up (`sum`), or the one with most points counts (`best`)."""

    kind: Literal["answer"]
    field: FieldRef
    scores: tuple[Score, ...]
    combine: Literal["sum", "best"] = "sum"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionPoints(BaseItem):
    """`points` where a condition is met. That condition is asked by this item only, and stops nobody."""

    kind: Literal["condition"]
    condition: ConditionRef
    points: int


Item = DomainPoints | NumberPoints | AnswerPoints | ConditionPoints


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMinimum:
    """The least a group must come to; `strict` asks for more than that."""

    group: GroupRef
    at_least: int
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The points a level asks for; `strict` asks for more than that.

    Where the points decide, a level is not reached without all `conditions` named.
    """

    level: LevelRef
    at_least: int
    strict: bool = False
    minimums: tuple[GroupMinimum, ...] = ()
    conditions: tuple[ConditionRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Rule):
    """The whole scoring. Too few points are an obstacle, or a matter for the reviewer.

    `decides`: the level follows from the points, whatever level was asked for; too few are only what reaches
    no level at all. `cap` bounds the sum of the groups that are no bonus.
    """

    table: ClassVar[str] = "points"
    decides: bool = False
    otherwise: Literal["obstacle", "judge"] = "obstacle"
    stops_submission: bool = True
    cap: int | None = None
    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    levels: tuple[Threshold, ...]
