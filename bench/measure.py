"""Timing without ceremony: repeat, sort, read off the percentiles."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One line of the table; times are milliseconds."""

    name: str
    p50: float
    p95: float
    per_second: float
    note: str = ""


def measure(name: str, act: Callable[[], object], *, times: int, note: str = "") -> Row:
    """Do `act` a few times to warm up, then `times` times."""
    for _ in range(min(3, times)):
        act()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    taken.sort()
    return Row(name, taken[len(taken) // 2], taken[int(len(taken) * 0.95)], 1000 * times / sum(taken), note)


def once(name: str, act: Callable[[], object], note: str = "") -> Row:
    """One long act, not warmed up."""
    begun = time.perf_counter()
    act()
    taken = (time.perf_counter() - begun) * 1000
    return Row(name, taken, taken, 1000 / taken, note)


def peak_megabytes() -> float:
    """The most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass
class Peak:
    """How many megabytes more than at first were in use at once."""

    megabytes: float = 0.0


@contextmanager
def peak_since() -> Iterator[Peak]:
    """What the block adds to the memory in use now, at its peak; Linux starts its count anew for it."""
    Path("/proc/self/clear_refs").write_text("5")
    before, found = _resident("VmRSS"), Peak()
    yield found
    found.megabytes = _resident("VmHWM") - before


def _resident(line: str) -> float:
    status = Path("/proc/self/status").read_text()
    return next(int(text.split()[1]) / 1024 for text in status.splitlines() if text.startswith(line))


def table(rows: list[Row]) -> str:
    """The rows as text."""
    lines = [f"{'':44}{'p50 ms':>10}{'p95 ms':>10}{'per s':>10}  note"]
    lines += [f"{r.name:44}{r.p50:10.2f}{r.p95:10.2f}{r.per_second:10.1f}  {r.note}" for r in rows]
    return "\n".join([*lines, f"peak memory {peak_megabytes():.0f} MB"])
