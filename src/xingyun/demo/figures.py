"""Figures that an invented enterprise writes, so that shares and growth come out as the points like them."""

from collections.abc import Mapping
from fractions import Fraction

from xingyun.rulebook import Rulebook
from xingyun.rulebook.schema.points import Band, NumberPoints

BASE = 2000


def figures(rulebook: Rulebook, n: int) -> Mapping[str, str]:
    """What is typed into the fields that ratios and growth are made of (in 10,000 yuan).

    The n-th enterprise reaches the best band everywhere, every third one the second best where it can.
    """
    values: dict[str, Fraction] = {}
    for item in rulebook.points.items if rulebook.points else ():
        if isinstance(item, NumberPoints) and item.of in ("ratio", "growth") and item.field and item.over:
            edge = _edge(item.bands, n)
            factor = edge + 1 if item.of == "growth" else edge
            known = values.get(item.field)
            # What grows is a part of something bigger.
            base = Fraction(BASE, 2 if item.of == "growth" else 1)
            over = values.setdefault(item.over, known / factor if known else base)
            values.setdefault(item.field, over * factor)
    return {key: typed(value) for key, value in values.items()}


def _edge(bands: tuple[Band, ...], n: int) -> Fraction:
    """The edge of the best band, or of the one behind it; a share of 1 where a band has none."""
    band = bands[1] if n % 3 == 2 and len(bands) > 2 else bands[0]
    named = (band.at_least, band.more_than, band.at_most, band.less_than)
    return next((edge for edge in named if edge is not None), Fraction(1))


def typed(value: Fraction) -> str:
    """A number with at most two places, rounded up, as a person types it."""
    hundredths = -int(-value * 100 // 1)
    return f"{hundredths // 100}.{hundredths % 100:02d}"
