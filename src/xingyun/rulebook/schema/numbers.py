"""What number a rule looks at. Every rule that looks at one has the same four keys."""

from typing import Literal, Protocol

NumberOf = Literal["field", "spend", "ratio", "growth", "count"]


class Measured(Protocol):
    """A rule that looks at a number: see schema.points.NumberPoints for what the keys mean."""

    @property
    def of(self) -> NumberOf:
        """What is looked at."""

    @property
    def field(self) -> str | None:
        """The field whose number it is."""

    @property
    def over(self) -> str | None:
        """The field that it is compared with."""

    @property
    def spend(self) -> str | None:
        """The condition whose sum stands in place of the field."""
