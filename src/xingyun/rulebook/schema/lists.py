"""Lists kept elsewhere: under joint punishment, a blacklist of one's own, a pool of providers, exemptions."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from xingyun.rulebook.reading import Ref
from xingyun.rulebook.schema.shared import Rule, TierRef
from xingyun.rulebook.text import Text

ListRef = Annotated[str, Ref("lists")]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideList(Rule):
    """A list by whoever draws it up (`source`); `kept_by` is the tier whose officers look into it."""

    table: ClassVar[str] = "lists"
    source: str
    source_en: str
    kept_by: TierRef

    @property
    def origin(self) -> Text:
        """Where the list is to be found, in both languages."""
        return Text(self.source, self.source_en)
