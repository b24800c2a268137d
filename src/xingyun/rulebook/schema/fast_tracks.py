"""Fast tracks: whoever meets one of these conditions need not meet certain others."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from xingyun.rulebook.reading import Ref
from xingyun.rulebook.schema.shared import ConditionRef, LevelRef, Rule

Replaced = Annotated[str, Ref("replaced")]


@dataclass(frozen=True, slots=True, kw_only=True)
class FastTrack(Rule):
    """For `levels` (empty: all): one condition of `any_of` stands in place of all of `instead_of`.

    These are keys of conditions, or `points` for the thresholds of the points.
    """

    table: ClassVar[str] = "fast_tracks"
    levels: tuple[LevelRef, ...] = ()
    any_of: tuple[ConditionRef, ...]
    instead_of: tuple[Replaced, ...]
