"""The map of tiles: a square for each place, as far as the rulebook says where it lies."""

from collections.abc import Mapping
from dataclasses import dataclass

from xingyun.rulebook import Rulebook
from xingyun.web.wording import tell

SHADES = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """A place with its number; the shade goes from 0 (none) to 5. `href` leads to what it counts."""

    name: str
    n: int
    column: int
    row: int
    shade: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class TileMap:
    """All places, and what each shade stands for."""

    tiles: tuple[Tile, ...]
    key: tuple[tuple[int, str], ...]


def tile_map(
    book: Rulebook, counts: Mapping[str, int], links: Mapping[str, str] | None = None
) -> TileMap | None:
    """The map of these counts by key of the authority; None where the rulebook places nobody."""
    placed = [a for a in book.authorities if a.tile]
    if not placed:
        return None
    most = max((counts.get(a.key, 0) for a in placed), default=0)
    tiles = tuple(
        Tile(tell(a.name), n, a.tile[0], a.tile[1], shade(n, most), (links or {}).get(a.key, ""))
        for a in placed
        for n in [counts.get(a.key, 0)]
    )
    return TileMap(tiles, shades(most))


def shade(n: int, most: int) -> int:
    """0 for none, else one of five equal steps up to the most."""
    return -(-SHADES * n // most) if n else 0


def shades(most: int) -> tuple[tuple[int, str], ...]:
    """(shade, the numbers that have it), those that no whole number can have left out."""
    found = []
    for step in range(1, SHADES + 1):
        first, last = most * (step - 1) // SHADES + 1, most * step // SHADES
        if first <= last:
            found.append((step, f"{first:,}–{last:,}" if first < last else f"{first:,}"))
    return tuple(found)
