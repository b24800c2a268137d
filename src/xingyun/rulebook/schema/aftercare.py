"""What follows an award: how long a title lasts and what keeps it, what is paid for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import ClassVar, Literal

from xingyun.rulebook.schema.shared import ClauseRef, ConditionRef, InterpretationRef, LevelRef, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Every so many years a title is confirmed; so many `misses` one after the other cancel it."""

    every_years: int = 1
    misses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """How long a title lasts: `years` and `months`, or as long as nothing else is said (absent).
    Levels that `years_by_level` names have that many years instead.

    A re-check is due every `recheck_years`; one that is passed adds `extension_years` to the term. One that
    shows a lower level cancels the title, or takes it down to that level (`demotion = "level_met"`). Under
    `lapse = "unless_listed"` a title ends with the next list that does not have it.
    """

    clause: ClauseRef
    text: str
    text_en: str
    years: int | None = None
    months: int | None = None
    years_by_level: Mapping[str, int] = field(default_factory=dict)
    recheck_years: int | None = None
    extension_years: int | None = None
    lapse: Literal["none", "unless_listed"] = "none"
    confirmation: Confirmation | None = None
    demotion: Literal["none", "level_met"] = "none"
    interpretation: InterpretationRef | None = None

    @property
    def term_months(self) -> int | None:
        """The term in months; None where there is none."""
        if self.years is None and self.months is None:
            return None
        return 12 * (self.years or 0) + (self.months or 0)

    def months_of(self, level: str | None) -> int | None:
        """The term of a title of that level (a key) in months; None where there is none."""
        own = self.years_by_level.get(level or "")
        return self.term_months if own is None else 12 * own


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsidy(Rule):
    """What is paid for titles of `levels` (empty: all) awarded from `title_from` to `title_to` (inclusive).

    Whole yuan by level, an authority's own sums before the general ones; or a `share` of what the condition
    `spend` (left out: the first of its kind) sums up, at most `cap_yuan`. `share_by_level` and
    `cap_by_level` go before both for the levels that they name. `stacking`: every title is paid by
    itself (`add`), only the highest counts (`highest`), or the highest less what was paid (`difference`).
    """

    table: ClassVar[str] = "subsidies"
    levels: tuple[LevelRef, ...] = ()
    yuan: Mapping[str, int] = field(default_factory=dict)
    yuan_by_authority: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    share: Fraction | None = None
    share_by_level: Mapping[str, Fraction] = field(default_factory=dict)
    spend: ConditionRef | None = None
    cap_yuan: int | None = None
    cap_by_level: Mapping[str, int] = field(default_factory=dict)
    title_from: date | None = None
    title_to: date | None = None
    stacking: Literal["add", "highest", "difference"] = "add"

    @property
    def is_share(self) -> bool:
        """Whether it is a share of what was spent."""
        return self.share is not None or bool(self.share_by_level)
