"""How a field of the application form is shown. The widgets are macros in templates/parts/fields.html."""

import re
from dataclasses import dataclass

from xingyun.rulebook.form.parse import length

MANY = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose. `rank` draws stars, `sign` is an icon's name."""

    value: str
    label: str
    note: str = ""
    sign: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A field with what was typed into it, one string whatever the kind; right or wrong, it is shown again.

    `digest` is of the stored value, for the next save to name.
    """

    key: str
    kind: str
    label: str
    value: str = ""
    error: str = ""
    digest: str = ""
    required: bool = True
    locked: bool = False
    hint: str = ""
    clauses: tuple[str, ...] = ()
    edition: str = ""
    max_chars: int | None = None
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    placeholder: str = ""
    autocomplete: str = ""

    @property
    def multiple(self) -> bool:
        """Whether several of the choices may be taken."""
        return self.kind == "multi_choice"

    @property
    def several(self) -> bool:
        """Whether it has several lines of text."""
        return self.kind == "organisations"

    @property
    def as_picks(self) -> bool:
        """Few choices stand side by side as cards; many are a list to open."""
        return bool(self.choices) and (self.multiple or len(self.choices) <= MANY)

    @property
    def chosen(self) -> list[str]:
        """The values that are on."""
        return re.split(r"[,，\n]", self.value)

    @property
    def lines(self) -> list[str]:
        """The lines of a field that has several."""
        return [line for line in re.split(r"[\n;；]", self.value) if line.strip()]

    @property
    def length(self) -> int:
        """Code points that count against the limit."""
        return length(self.value)
