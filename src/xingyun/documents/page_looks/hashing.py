"""Difference hashes: near ones are of pages that look alike, whatever their size and compression.

Two hashes of 64 bits that differ in at most 7 have a band of 16 that differs in at most one bit (four bands,
pigeonhole), so whoever asks for each band and its 16 neighbours finds all of them.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

BANDS, WIDTH = 4, 16
COARSE, FINE = 8, 16
MASK = (1 << WIDTH) - 1
STEP = 2  # of 255: what is flat but for grain and compression has no edges


def coarse_hash(image: Image.Image) -> int:
    """64 bits, as a signed number that a database keeps."""
    found = int.from_bytes(_bits(image, COARSE), "big")
    return found - (1 << 64) if found >= 1 << 63 else found


def fine_hash(image: Image.Image) -> str:
    """256 bits in hexadecimal."""
    return _bits(image, FINE).hex()


def bands(value: int) -> tuple[int, ...]:
    """The four bands of a hash, the last bits first."""
    return tuple((value >> (WIDTH * n)) & MASK for n in range(BANDS))


def near_bands(band: int) -> list[int]:
    """A band and all that differ from it in one bit."""
    return [band, *(band ^ (1 << n) for n in range(WIDTH))]


def distance(one: int, other: int) -> int:
    """In how many of the 64 bits two hashes differ."""
    return ((one ^ other) & ((1 << 64) - 1)).bit_count()


def fine_distance(one: str, other: str) -> int:
    """In how many of the 256 bits two fine hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _bits(image: Image.Image, side: int) -> bytes:
    small = image.convert("L").resize((side + 1, side), Image.Resampling.LANCZOS)
    grey: NDArray[np.int16] = np.asarray(small, dtype=np.int16)
    return np.packbits(grey[:, 1:] > grey[:, :-1] + STEP).tobytes()
