"""How applications are looked into: visits to a sample, panels of experts."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from xingyun.rulebook.reading import OneOrMany
from xingyun.rulebook.schema.shared import LevelRef, Rule, TierRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(Rule):
    """How many applications for `levels` (empty: all) an office of `tier` visits: a share, within bounds."""

    table: ClassVar[str] = "samples"
    tier: TierRef
    levels: tuple[LevelRef, ...] = ()
    percent: Fraction
    rounding: Literal["floor", "ceil"] = "ceil"
    minimum: int = 0
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel(Rule):
    """A panel of at least so many `experts` whose scores, from 0 to `scale`, are averaged.

    So many of the highest and of the lowest are dropped before. An average of `pass_at` or more is enough,
    where that is set. `recusal` says who may not sit on it.
    """

    table: ClassVar[str] = "panels"
    tier: TierRef
    levels: tuple[LevelRef, ...] = ()
    experts: int
    scale: int = 100
    pass_at: int | None = None
    drop_highest: int = 0
    drop_lowest: int = 0
    recusal: Annotated[tuple[str, ...], OneOrMany] = ()
    recusal_en: Annotated[tuple[str, ...], OneOrMany] = ()
