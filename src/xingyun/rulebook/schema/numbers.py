"""What number a rule looks at. Every rule that looks at one has the same four keys."""

from fractions import Fraction
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


class Edges(Protocol):
    """What a number is held against: `at_least` and `at_most` include theirs, the others don't."""

    @property
    def at_least(self) -> Fraction | None:
        """The least that is inside."""

    @property
    def more_than(self) -> Fraction | None:
        """What it must exceed."""

    @property
    def at_most(self) -> Fraction | None:
        """The most that is inside."""

    @property
    def less_than(self) -> Fraction | None:
        """What it must stay below."""
