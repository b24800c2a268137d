"""Exact numbers in words: as a decimal where it is short, else cut off after two places and marked so."""

import math
from decimal import Decimal
from fractions import Fraction


def number(value: Fraction) -> str:
    """1,134 · 34.02 · ≈3.33: never more than the value, so that what falls short never looks enough."""
    if _is_short(value):
        return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize() + 0:,f}"
    cut = math.floor(value * 100)
    return f"≈{Decimal(cut) / 100:,.2f}"


def percent(share: Fraction) -> str:
    """3% · 2.5% · ≈4.99%."""
    return f"{number(share * 100)}%"


def share(value: Fraction) -> str:
    """A share as a rulebook writes it: a percentage where that is short, else a fraction."""
    return percent(value) if _is_short(value * 100) else f"{value.numerator}/{value.denominator}"


def _is_short(value: Fraction) -> bool:
    return (value * 100_000).denominator == 1
