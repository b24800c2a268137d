"""What all worked cases have."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from xingyun.rulebook.reading import Identity, OneOrMany, Slug
from xingyun.rulebook.text import Text

Strings = Annotated[tuple[str, ...], OneOrMany]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseCase:
    """What all cases have."""

    table: ClassVar[str] = "cases"
    key: Annotated[str, Identity, Slug]
    label: str
    label_en: str
    clause: Strings = ()

    @property
    def name(self) -> Text:
        """What the case shows, in both languages."""
        return Text(self.label, self.label_en)
