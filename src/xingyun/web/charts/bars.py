"""Bars that lie, one a row, each of one or several parts: geometry only, colours come from classes."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from xingyun.web.charts.scale import ticks

WIDTH, ROW, THICK, TOP, FOOT = 640, 23, 16, 6, 26
ROOM_FOR_VALUE = 70
LONGEST_LABEL = 14
# For so many parts the colours that tell them apart: the last one is the strongest.
COLOURS = {1: ("c4",), 2: ("c3", "c4"), 3: ("c3", "c4", "c5"), 4: ("c3", "c4", "h5", "c5")}
MANY = ("h1", "h2", "h3", "h4", "h5")


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: parts are (colour, x, width); the text stands behind the last one."""

    label: str
    y: int
    parts: tuple[tuple[str, int, int], ...]
    text: str
    end: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A whole chart; steps are (x, number) along the axis. `say` is its alternative text."""

    title: str
    height: int
    left: int
    rows: tuple[Bar, ...]
    steps: tuple[tuple[int, str], ...]
    say: str
    width: int = WIDTH


def bars(title: str, rows: Sequence[tuple[str, Sequence[int], str]], *, unit: int = 1) -> Bars | None:
    """A chart of (label, parts, text of the whole); None where there is nothing to draw.

    The axis counts in units: with 10, parts of ten are one.
    """
    if not any(any(parts) for _label, parts, _text in rows):
        return None
    left = 8 + max(_wide(short(label)) for label, _parts, _text in rows)
    steps = [step * unit for step in ticks(-(-max(sum(parts) for _label, parts, _text in rows) // unit))]
    room = WIDTH - left - ROOM_FOR_VALUE

    def at(value: int) -> int:
        return left + room * value // steps[-1]

    drawn = []
    for n, (label, parts, text) in enumerate(rows):
        ends = [sum(parts[:k]) for k in range(len(parts) + 1)]
        own = colours(len(parts))
        pieces = tuple(
            (own[k], at(ends[k]), max(1, at(ends[k + 1]) - at(ends[k])))
            for k, part in enumerate(parts)
            if part
        )
        drawn.append(Bar(short(label), TOP + n * ROW, pieces, text, at(ends[-1]) + 6))
    said = "，".join(f"{label} {text}" for label, _parts, text in rows[:6])
    height = TOP + len(rows) * ROW + FOOT
    return Bars(
        title, height, left, tuple(drawn), tuple((at(s), f"{s // unit:,}") for s in steps), f"{title}：{said}"
    )


def colours(count: int) -> tuple[str, ...]:
    """The classes of so many parts."""
    return COLOURS.get(count) or tuple(MANY[min(n, len(MANY) - 1)] for n in range(count))


def short(label: str) -> str:
    """A label that leaves room for its bar; the table has it whole."""
    limit = LONGEST_LABEL * 12
    if _wide(label) <= limit:
        return label
    kept = label
    while kept and _wide(kept) > limit - 12:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _wide(label: str) -> int:
    """How many units of the drawing a text of 12 takes, about."""
    return sum(12 if unicodedata.east_asian_width(sign) in "WF" else 7 for sign in label)
