"""Columns that stand, one a day or a week, with marks: geometry only."""

from collections.abc import Sequence
from dataclasses import dataclass

from xingyun.web.charts.scale import ticks

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 788, 240, 48, 20, 32, 216
MOST_LABELS = 11
WIDEST, LEAST = 30, 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column, its number above it where there is room, its label below where it has one."""

    x: int
    width: int
    y: int
    height: int
    text: str
    label: str
    mid: int


@dataclass(frozen=True, slots=True)
class Columns:
    """A whole chart. Steps are (y, number), marks (x, words, whether the words stand to the left)."""

    columns: tuple[Column, ...]
    steps: tuple[tuple[int, str], ...]
    marks: tuple[tuple[int, str, bool], ...]
    say: str
    width: int = WIDTH
    height: int = HEIGHT


def columns(
    say: str, values: Sequence[tuple[str, int | None]], marks: Sequence[tuple[int, str]] = ()
) -> Columns | None:
    """A chart of (label, number; None where the day has not come). Marks stand behind the column of
    that number; None where there are no days at all.
    """
    if not values:
        return None
    steps = ticks(max((n or 0 for _label, n in values), default=0) or 1)
    room, slot = BOTTOM - TOP, (WIDTH - LEFT - RIGHT) / len(values)
    every = -(-len(values) // MOST_LABELS)
    wide = max(LEAST, min(WIDEST, int(slot * 0.7)))
    drawn = []
    for k, (label, n) in enumerate(values):
        mid = int(LEFT + slot * (k + 0.5))
        tall = room * (n or 0) // steps[-1]
        told = f"{n:,}" if n and every == 1 else ""
        named = label if k % every == 0 else ""
        drawn.append(Column(mid - wide // 2, wide, BOTTOM - tall, tall, told, named, mid))
    stand = tuple(
        (int(LEFT + slot * (at + 1)), words, LEFT + slot * (at + 1) > WIDTH / 2) for at, words in marks
    )
    return Columns(tuple(drawn), tuple((BOTTOM - room * s // steps[-1], f"{s:,}") for s in steps), stand, say)
