"""A second look at two pages whose hashes are near: screens of one product, or one screen and its copy?

Screens of one product have the same frame, so that their hashes are near though the words on them differ:
seen tile by tile, most are the same and some are not. A copy has the same in all tiles, whatever its size,
brightness and compression, but for a little that was painted over. A paper that was scanned again, aslant,
differs nearly everywhere: that tells nothing. Tiles may lie a little beside their place, as they do on a copy
with another margin. What is red on either page tells nothing either: each has its own seal.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE, TILE, REACH = 192, 16, 3  # pixels of the page as a square, of a tile, and how far a tile may have moved
FLAT = 6.0  # of 255: a tile that varies less has nothing on it
SAME = 0.85  # correlation from which on the same is written in two tiles
REDDER = 50  # than green and blue, of 255: a seal's red
COPY, MOVED = 0.14, 0.4  # of the tiles: no more differ on a copy, no fewer where all of the page was moved
ACROSS = SIDE // TILE
Grey = NDArray[np.float32]
Marked = NDArray[np.bool_]


def of_one_frame(one: Path, other: Path) -> bool:
    """Whether both are wide, as screens are, and have one frame with other words (our own pictures)."""
    return _is_wide(one) and _is_wide(other) and COPY < differing(one, other) < MOVED


def differing(one: Path, other: Path) -> float:
    """The share of tiles, of those with something on them, in which two pages (our own pictures) differ."""
    (mine, my_red), (theirs, their_red) = _seen(one), _seen(other)
    spread = np.maximum(_tiles(mine).std(axis=(1, 3)), _tiles(theirs).std(axis=(1, 3)))
    counts = (spread >= FLAT) & ~my_red & ~their_red
    return float((_best(mine, theirs) < SAME)[counts].mean()) if counts.any() else 0.0


def _is_wide(path: Path) -> bool:
    with Image.open(path, formats=("PNG",)) as picture:
        return picture.width > picture.height


def _seen(path: Path) -> tuple[Grey, Marked]:
    """The page in grey, and which of its tiles have red on them."""
    with Image.open(path, formats=("PNG",)) as picture:
        small = picture.convert("RGB").resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    colours = np.asarray(small, dtype=np.float32)
    red = colours[:, :, 0] - np.maximum(colours[:, :, 1], colours[:, :, 2])
    marked: Marked = _tiles(red).max(axis=(1, 3)) > REDDER
    return np.asarray(small.convert("L"), dtype=np.float32), marked


def _best(mine: Grey, theirs: Grey) -> Grey:
    """For each tile the best correlation with the other page, there or a little beside."""
    padded = np.pad(theirs, REACH, mode="edge")
    best: Grey = np.full((ACROSS, ACROSS), -1.0, dtype=np.float32)
    own = _centred(mine)
    for down in range(2 * REACH + 1):
        for right in range(2 * REACH + 1):
            moved = _centred(padded[down : down + SIDE, right : right + SIDE])
            scale = np.sqrt((own**2).sum(axis=(1, 3)) * (moved**2).sum(axis=(1, 3))) + 1e-6
            best = np.maximum(best, (own * moved).sum(axis=(1, 3)) / scale)
    return best


def _centred(grey: Grey) -> Grey:
    tiles = _tiles(grey)
    centred: Grey = tiles - tiles.mean(axis=(1, 3), keepdims=True)
    return centred


def _tiles(page: Grey) -> Grey:
    return page.reshape(ACROSS, TILE, ACROSS, TILE)
