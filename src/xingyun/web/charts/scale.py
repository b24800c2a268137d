"""Round numbers along an axis."""

import itertools

MOST_STEPS = 6


def ticks(most: int) -> list[int]:
    """0, and round steps of 1, 2 or 5 up to the first that is not below `most`, seven at most."""
    for power in itertools.count():
        for lead in (1, 2, 5):
            step = lead * 10**power
            if step * MOST_STEPS >= most:
                return [n * step for n in range(max(1, -(-most // step)) + 1)]
    raise AssertionError
