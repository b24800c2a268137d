"""Which applications are visited: how many, and which, so that anybody can draw the same ones again."""

import hashlib
import math
from collections.abc import Iterable

from xingyun.rulebook.schema.examining import Sample


def sample_size(rule: Sample, n: int) -> int:
    """How many of `n` applications: the share, rounded, within its bounds, never more than there are."""
    if n < 0:
        raise ValueError("there can't be fewer applications than none")
    exact = rule.percent * n
    rounded = math.ceil(exact) if rule.rounding == "ceil" else math.floor(exact)
    within = max(rounded, rule.minimum)
    return min(within, n if rule.maximum is None else min(rule.maximum, n))


def draw(rule: Sample, numbers: Iterable[str], seed: str) -> tuple[str, ...]:
    """The applications (by number) that `seed` draws, in the order drawn; each number counts once.

    They are ordered by the SHA-256 of the seed, a line end and the number, in UTF-8; the first are taken.
    """
    known = sorted(set(numbers), key=lambda number: _lot(seed, number))
    return tuple(known[: sample_size(rule, len(known))])


def _lot(seed: str, number: str) -> tuple[str, str]:
    return hashlib.sha256(f"{seed}\n{number}".encode()).hexdigest(), number
