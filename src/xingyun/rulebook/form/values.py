"""What the answers to a form are, once understood."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from xingyun.rulebook.text import Text

WAN = 10_000
FEN = 100


class Money(NamedTuple):
    """A sum in the field's unit of 10,000 yuan."""

    wan: Decimal

    @property
    def fen(self) -> int:
        """The sum in fen, exact."""
        return int(self.wan * WAN * FEN)


class Percent(NamedTuple):
    """A percentage as a person says it: 5.25 of a hundred."""

    percent: Decimal

    @property
    def share(self) -> Fraction:
        """The part of one, exact."""
        return Fraction(self.percent) / 100

    def __str__(self) -> str:
        return f"{self.percent:f}%"


class Month(NamedTuple):
    """A month of a year."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


class Organisation(NamedTuple):
    """An organisation by name, with its code where it is known."""

    name: str
    uscc: str | None = None


Value = str | int | date | Money | Percent | Month | tuple[str, ...] | tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class FieldError:
    """Why an answer can't be taken: a code for programs, a sentence for people that says how to mend it."""

    code: str
    message: str
    message_en: str

    @property
    def words(self) -> Text:
        """The sentence in both languages."""
        return Text(self.message, self.message_en)


def error(code: str, zh: str, en: str, **values: object) -> FieldError:
    """A FieldError with its `{names}` filled in."""
    return FieldError(code, zh.format(**values), en.format(**values))
