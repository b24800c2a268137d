"""The levels of the award, the ladder between them, deployment models, quotas, ranking."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar, Literal

from xingyun.rulebook.schema.shared import (
    ClauseRef,
    ClauseRefs,
    ConditionRef,
    DeploymentRef,
    InterpretationRef,
    LevelRef,
    Named,
    Rule,
    TierRef,
)

ActKind = Literal["decide", "recommend"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment(Named):
    """A deployment model; one that `includes` others satisfies what they satisfy."""

    table: ClassVar[str] = "deployments"
    help: str
    help_en: str
    includes: tuple[DeploymentRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Rule):
    """A level of the award.

    `rank` orders levels upward. `requires` is the level that must be held first;
    `same_round_counts` tells whether one won in the same round does.
    `deployments` are the models that this level admits (empty: any);
    `other_deployments` says whether another model is an obstacle or a matter for the reviewer.
    Whoever meets one of `direct_if` enters without the level required. `when_held` says what it means to
    hold this level or a higher one already.
    """

    table: ClassVar[str] = "levels"
    rank: int
    decided_by: TierRef
    recommended_by: tuple[TierRef, ...] = ()
    requires: LevelRef | None = None
    same_round_counts: bool = False
    ladder_clause: ClauseRef | None = None
    deployments: tuple[DeploymentRef, ...] = ()
    other_deployments: Literal["obstacle", "judge"] = "obstacle"
    deployment_clause: ClauseRefs = ()
    direct_if: tuple[ConditionRef, ...] = ()
    when_held: Literal["hint", "obstacle"] = "hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Rule):
    """How many places a tier's authority has in a year, a round or a batch; several levels listed share them.

    Either `percent` of the base (a snapshot of the roster), or `fixed`. Neither: no limit.
    `minimum` is granted even where the share comes to less, `maximum` is the most that it comes to.
    An authority that `fixed_by_authority` names has that number instead; where nothing else is said,
    those not named have none.
    """

    table: ClassVar[str] = "quotas"
    act: ActKind
    tier: TierRef
    levels: tuple[LevelRef, ...]
    percent: Fraction | None = None
    fixed: int | None = None
    fixed_by_authority: Mapping[str, int] = field(default_factory=dict)
    base: Literal["roster"] | None = None
    rounding: Literal["floor", "ceil"] = "floor"
    minimum: int = 0
    maximum: int | None = None
    per: Literal["year", "round", "batch"] = "year"

    @property
    def is_limited(self) -> bool:
        """Whether it sets a number at all."""
        return self.fixed is not None or self.percent is not None or bool(self.fixed_by_authority)


RankingKey = Literal["points", "domains_proved", "spend", "submitted_at", "preferences", "meeting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """What puts one applicant before another when places are short, published before the round opens."""

    clause: ClauseRef
    text: str
    text_en: str
    by: tuple[RankingKey, ...]
    interpretation: InterpretationRef | None = None
