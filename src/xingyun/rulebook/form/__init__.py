"""The application form of a rulebook: fields by key and by role, from typed text to values and back."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from xingyun.rulebook.form import parse as parsing
from xingyun.rulebook.form.display import Plain, display, plain
from xingyun.rulebook.form.values import FieldError, Money, Month, Organisation, Percent, Value
from xingyun.rulebook.schema.form import Field, FormTable, Section

__all__ = ["FieldError", "Form", "Money", "Month", "Organisation", "Percent", "Plain", "Value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(FormTable):
    """A form whose choices from elsewhere in the rulebook are filled in."""

    _by_key: dict[str, Field] = dataclasses.field(init=False, repr=False, compare=False)
    _by_role: dict[str, Field] = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {f.key: f for f in self.fields})
        object.__setattr__(self, "_by_role", {f.role: f for f in self.fields if f.role})

    def field(self, key: str) -> Field:
        """The field of that key; KeyError when there is none."""
        return self._by_key[key]

    def has(self, key: str) -> bool:
        """Whether there is a field of that key."""
        return key in self._by_key

    def by_role(self, role: str) -> Field | None:
        """The field that plays that role, or None."""
        return self._by_role.get(role)

    def section(self, key: str) -> Section:
        """The section of that key; KeyError when there is none."""
        return {s.key: s for s in self.sections}[key]

    def in_section(self, key: str) -> tuple[Field, ...]:
        """The fields of a section, in order."""
        return tuple(f for f in self.fields if f.section == key)

    def parse(self, field: Field, raw: str) -> Value | FieldError:
        """The value of what was typed, or why it can't be taken. Nothing typed is the error `empty`."""
        return parsing.parse(field, raw)

    def parse_all(self, raw: Mapping[str, str]) -> tuple[dict[str, Value], dict[str, FieldError]]:
        """The values and the errors of all answers, by field key; fields without an answer are in neither."""
        values: dict[str, Value] = {}
        errors: dict[str, FieldError] = {}
        for f in self.fields:
            if not raw.get(f.key, "").strip():
                continue
            parsed = parsing.parse(f, raw[f.key])
            if isinstance(parsed, FieldError):
                errors[f.key] = parsed
            else:
                values[f.key] = parsed
        return values, errors

    def display(self, field: Field, value: Value, lang: str = "zh") -> str:
        """The value as a reader wants it."""
        return display(field, value, lang)

    def plain(self, value: Value) -> Plain:
        """The value as JSON keeps it (money in fen)."""
        return plain(value)

    def length(self, raw: str) -> int:
        """The number of characters that count against a limit."""
        return parsing.length(raw)
