"""What all conditions have in common."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from xingyun.rulebook.schema.lists import ListRef
from xingyun.rulebook.schema.shared import LevelRef, Rule, When
from xingyun.rulebook.text import Text

Otherwise = Literal["obstacle", "judge"]
Strength = Literal["required", "veto", "preferred"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseCondition(Rule):
    """Whom a condition holds for (`levels`, empty: all; `when`), whether failing stops submission.

    `strength`: a `veto` holds whatever a waiver or a fast track says; what is `preferred` never stands in
    the way, it is only said whether it is met. Members of the lists `waived_for` are not asked.
    """

    table: ClassVar[str] = "conditions"
    levels: tuple[LevelRef, ...] = ()
    when: When | None = None
    stops_submission: bool = True
    strength: Strength = "required"
    waived_for: tuple[ListRef, ...] = ()
    remedy: str | None = None
    remedy_en: str | None = None

    @property
    def mend(self) -> Text:
        """What the applicant can do about it, empty where nothing is said."""
        return Text(self.remedy or "", self.remedy_en or "")
