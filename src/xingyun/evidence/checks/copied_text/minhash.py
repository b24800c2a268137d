"""MinHash of texts: how alike two are is read off their signatures, without laying the texts side by side.

A signature has 64 numbers in 16 bands of 4. Two texts of which seven in ten runs of four signs are the same
share a band with a probability of 99 %, of half with 64 %, of a fifth with 3 %.
"""

import hashlib
import unicodedata
from collections.abc import Sequence

import numpy as np

SIZE, BANDS, RUN = 64, 16, 4
ROWS = SIZE // BANDS
_dice = np.random.default_rng(20200930)
_FACTORS = _dice.integers(1, 2**63, SIZE, dtype=np.uint64) | np.uint64(1)
_TERMS = _dice.integers(0, 2**63, SIZE, dtype=np.uint64)


def bare(text: str) -> str:
    """A text without blanks and punctuation, its signs of one width."""
    narrow = unicodedata.normalize("NFKC", text).lower()
    return "".join(sign for sign in narrow if sign.isalnum())


def signature(text: str) -> list[int]:
    """The signature of a text that has at least one run of four signs; empty for a shorter one."""
    signs = bare(text)
    runs = {signs[n : n + RUN] for n in range(len(signs) - RUN + 1)}
    if not runs:
        return []
    digests = (hashlib.blake2b(run.encode(), digest_size=8).digest() for run in runs)
    hashed = np.array([int.from_bytes(digest, "big") for digest in digests], dtype=np.uint64)
    mixed = (hashed[:, None] * _FACTORS[None, :] + _TERMS[None, :]) >> np.uint64(32)
    return [int(least) for least in mixed.min(axis=0)]


def bands(numbers: Sequence[int]) -> list[int]:
    """One key for each band, as signed numbers that a database keeps."""
    keys = []
    for n in range(0, len(numbers), ROWS):
        told = f"{n}:{numbers[n : n + ROWS]}".encode()
        keys.append(int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "big", signed=True))
    return keys


def alike(one: Sequence[int], other: Sequence[int]) -> int:
    """How alike two texts are, in a hundredth."""
    return 100 * sum(a == b for a, b in zip(one, other, strict=True)) // SIZE
