"""Bands of numbers: none empty, none hidden by those before it, and what falls between them."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import islice, pairwise
from math import ceil, floor
from typing import NamedTuple

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.lines import Path
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.schema.numbers import Edges, Measured
from xingyun.rulebook.schema.points import NumberPoints

# A cut between numbers: (5, 0) lies just before 5, (5, 1) just after it; the ends lie beyond every number.
Cut = tuple[int, Fraction, int]
LOWEST: Cut = (-1, Fraction(0), 0)
HIGHEST: Cut = (1, Fraction(0), 0)


class Range(NamedTuple):
    """The numbers between two cuts."""

    low: Cut
    high: Cut


def reach(band: Edges, whole: bool) -> Range:
    """The numbers within the edges; among `whole` numbers these are drawn to the nearest of them."""
    low, high = LOWEST, HIGHEST
    if band.at_least is not None:
        low = (0, Fraction(ceil(band.at_least)) if whole else band.at_least, 0)
    elif band.more_than is not None:
        low = (0, Fraction(floor(band.more_than) + 1), 0) if whole else (0, band.more_than, 1)
    if band.at_most is not None:
        high = (0, Fraction(floor(band.at_most) + 1), 0) if whole else (0, band.at_most, 1)
    elif band.less_than is not None:
        high = (0, Fraction(ceil(band.less_than)) if whole else band.less_than, 0)
    return Range(low, high)


def uncovered(wanted: Range, ranges: Iterable[Range]) -> Iterator[Range]:
    """The parts of `wanted` that lie in none of `ranges`, from below."""
    at = wanted.low
    for one in sorted(r for r in ranges if r.low < r.high):
        if one.low > at and at < wanted.high:
            yield Range(at, min(one.low, wanted.high))
        at = max(at, one.high)
    if at < wanted.high:
        yield Range(at, wanted.high)


def bands(doc: Document) -> Iterator[Fault]:
    """Each band has one edge below and one above at most, and is reached by some number."""
    for n, item in _items(doc):
        for m, band in enumerate(item.bands):
            path = ("points", "items", n, "bands", m)
            yield from edges(path, band)
            yield from _reached(doc, item, m, path)


def edges(path: Path, band: Edges) -> Iterator[Fault]:
    """One edge below and one above at most."""
    if band.at_least is not None and band.more_than is not None:
        yield fault((*path, "more_than"), "at_least 与 more_than 只能写一个", "two edges below")
    if band.at_most is not None and band.less_than is not None:
        yield fault((*path, "less_than"), "at_most 与 less_than 只能写一个", "two edges above")


def _reached(doc: Document, item: NumberPoints, m: int, path: tuple[str | int, ...]) -> Iterator[Fault]:
    whole = is_whole(doc, item)
    here = reach(item.bands[m], whole)
    if here.low >= here.high:
        yield fault(path, "没有数落在这一档里", "no number lies in this band")
    elif not any(uncovered(here, [reach(b, whole) for b in item.bands[:m]])):
        yield fault(path, "上面各档已包括它，永远轮不到", "never reached: those before it take all of it")


def gaps(doc: Document) -> Iterator[Fault]:
    """Numbers between two bands that lie in none. Those below all bands or above them are no fault."""
    for n, item in _items(doc):
        ranges = [reach(band, is_whole(doc, item)) for band in item.bands]
        if ranges:
            ends = Range(min(r.low for r in ranges), max(r.high for r in ranges))
            for _ in uncovered(ends, ranges):
                yield fault(("points", "items", n, "bands"), "各档之间有空隙", "there is a gap between bands")


def dips(doc: Document) -> Iterator[Fault]:
    """A band whose numbers get less than smaller and larger ones: mostly it fills a gap left by mistake."""
    for n, item in _items(doc):
        won = list(_won([reach(band, is_whole(doc, item)) for band in item.bands]))
        points = [item.bands[m].points for m in won]
        for m in dict.fromkeys(m for at, m in enumerate(won) if _dips(points, at)):
            yield fault(
                ("points", "items", n, "bands", m),
                "比它小的数和比它大的数得分都更高，是不是各档之间有空隙",
                "smaller and larger numbers both give more: is there a gap between bands",
            )


def _won(ranges: Sequence[Range]) -> Iterator[int]:
    """Which band wins, from the lowest numbers to the highest; what lies in none is passed over."""
    cuts = sorted({cut for one in ranges for cut in one})
    for low, high in pairwise(cuts):
        found = (m for m in range(len(ranges)) if ranges[m].low <= low and high <= ranges[m].high)
        yield from islice(found, 1)


def _dips(points: Sequence[int], at: int) -> bool:
    return max(points[:at], default=points[at]) > points[at] < max(points[at:])


def is_whole(doc: Document, item: Measured) -> bool:
    """Whether the rule looks at whole numbers only."""
    kinds = {f.key: f.kind for f in doc.form.fields}
    return item.of == "count" or (item.of == "field" and kinds.get(item.field or "") == "integer")


def _items(doc: Document) -> Iterator[tuple[int, NumberPoints]]:
    for n, item in enumerate(doc.points.items if doc.points else ()):
        if isinstance(item, NumberPoints):
            yield n, item
