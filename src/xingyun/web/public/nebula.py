"""The star map of a checklist: one constellation a category, one star a domain.

The same edition gives the same sky.
"""

import math
import random
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from xingyun.rulebook import Rulebook
from xingyun.web.wording import tell

WIDTH, HEIGHT = 470, 400
FIVE = ((112, 62), (350, 54), (235, 172), (104, 290), (366, 292))
NEAREST = 13.0


class Star(NamedTuple):
    """A point of the map and its radius."""

    x: int
    y: int
    r: float


class Constellation(NamedTuple):
    """A category: its stars (the first one golden), the path through them, and where its name stands."""

    key: str
    domains: int
    heart: Star
    stars: tuple[Star, ...]
    path: str
    x: int
    y: int


class Sky(NamedTuple):
    """The whole map; `dust` is a path of dots."""

    constellations: tuple[Constellation, ...]
    dust: str


@lru_cache(maxsize=16)
def sky(categories: tuple[tuple[str, int], ...]) -> Sky:
    """The map of categories given as (key, number of domains)."""
    places = centres(len(categories))
    drawn = tuple(constellation(key, n, at) for (key, n), at in zip(categories, places, strict=True))
    return Sky(drawn, dust("".join(key for key, _n in categories)))


def centres(n: int) -> Sequence[tuple[int, int]]:
    """Where n categories stand: five as on a die, others in rows."""
    if n == len(FIVE):
        return FIVE
    columns = max(1, math.ceil(math.sqrt(n)))
    rows = max(1, math.ceil(n / columns))
    return [
        (round(WIDTH * (i % columns + 0.5) / columns), round(HEIGHT * (i // columns + 0.42) / rows))
        for i in range(n)
    ]


def constellation(key: str, count: int, centre: tuple[int, int]) -> Constellation:
    """The stars of one category around its centre."""
    chance = random.Random(f"{key}:{count}")  # a picture, no secret
    points = scatter(chance, count, centre)
    heart = min(points, key=lambda p: math.dist(p, centre))
    stars = tuple(Star(x, y, chance.choice((2.0, 2.4, 3.2))) for x, y in points if (x, y) != heart)
    bottom = max(y for _x, y in points)
    return Constellation(key, count, Star(*heart, 6.5), stars, path_through(points), centre[0], bottom + 24)


def scatter(chance: random.Random, count: int, centre: tuple[int, int]) -> list[tuple[int, int]]:
    """Points in an ellipse around the centre, none too near another."""
    points: list[tuple[int, int]] = []
    nearest = NEAREST if count <= 20 else NEAREST * 20 / count
    while len(points) < count:
        angle, far = chance.uniform(0, math.tau), math.sqrt(chance.random())
        point = (round(centre[0] + 78 * far * math.cos(angle)), round(centre[1] + 48 * far * math.sin(angle)))
        if all(math.dist(point, other) >= nearest for other in points):
            points.append(point)
        nearest *= 0.995  # ends, however many there are
    return points


def path_through(points: Sequence[tuple[int, int]]) -> str:
    """The shortest tree that joins all points (Prim), as an SVG path."""
    joined, rest, path = [points[0]], set(points[1:]), ""
    while rest:
        near, far = min(((a, b) for a in joined for b in rest), key=lambda pair: (math.dist(*pair), pair))
        path += f"M{near[0]} {near[1]}L{far[0]} {far[1]}"
        joined.append(far)
        rest.discard(far)
    return path


def dust(seed: str) -> str:
    """A band of dots from the lower left to the upper right."""
    chance = random.Random(seed)
    dots = []
    for _n in range(110):
        along = chance.random()
        x = round(along * WIDTH)
        y = round(HEIGHT * (0.92 - 0.78 * along) + chance.gauss(0, 42))
        dots.append(f"M{x} {y}h.1")
    return "".join(dots)


def drawn(book: Rulebook) -> dict[str, Any]:
    """The checklist as a map of stars, and what its constellations are called."""
    return {
        "sky": sky(tuple((c.key, len(c.domains)) for c in book.categories)),
        "names": {c.key: tell(c.name) for c in book.categories},
        "total": len(book.domains),
    }
