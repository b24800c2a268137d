"""How fast it was, what it took: latencies by request, memory of each part, what lies on the disk."""

import contextlib
import os
import resource
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Self

from tests.journeys.house import House
from tests.rehearsal.journal import Asked, Journal
from tests.serving import children

MB = 1024 * 1024
LOOK_EVERY = 2.0
SHOWN = 24  # requests of the table: those asked for most often, and every one that was slow
SLOW = 1.0  # seconds


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def latencies(journal: Journal) -> dict[str, dict[str, float]]:
    """For each request: how often, p50, p95, p99 and the longest (milliseconds), refusals, faults."""
    by_what: dict[str, list[Asked]] = defaultdict(list)
    for asked in journal.asked:
        by_what[asked.what].append(asked)
    by_what["all"] = list(journal.asked)
    return {what: _row(rows) for what, rows in sorted(by_what.items(), key=lambda pair: -len(pair[1]))}


def _row(rows: Iterable[Asked]) -> dict[str, float]:
    rows = list(rows)
    times = sorted(row.seconds * 1000 for row in rows)
    found = {f"p{share}": round(percentile(times, share / 100), 1) for share in (50, 95, 99)}
    return {
        "count": len(rows),
        **found,
        "longest": round(times[-1], 1) if times else 0.0,
        "refused": sum(400 <= row.status < 500 for row in rows),
        "faults": sum(row.status == 0 or row.status >= 500 for row in rows),
    }


def table(found: dict[str, dict[str, float]]) -> str:
    """The latencies as text."""
    head = f"{'':64}{'count':>8}{'p50':>8}{'p95':>8}{'p99':>8}{'max':>9}{'4xx':>6}{'5xx':>6}"
    shown = [pair for n, pair in enumerate(found.items()) if n < SHOWN or pair[1]["p95"] > SLOW * 1000]
    lines = [
        f"{what[:63]:64}{row['count']:8.0f}{row['p50']:8.0f}{row['p95']:8.0f}{row['p99']:8.0f}"
        f"{row['longest']:9.0f}{row['refused']:6.0f}{row['faults']:6.0f}"
        for what, row in shown
    ]
    return "\n".join([head, *lines])


class Watch:
    """The most memory (MB) that each part had, and the seconds of processor that it took.

    `with Watch(…) as watch: … watch.peaks, watch.seconds`; those of the people are among them.
    """

    def __init__(self, served: Callable[[], int], postmaster: int | None) -> None:
        """`served` gives the supervisor's id."""
        self.served, self.postmaster = served, postmaster
        self.peaks: dict[str, float] = {}
        self._took: dict[tuple[str, int], float] = {}
        self._began = _own_seconds()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    @property
    def seconds(self) -> dict[str, int]:
        """Of processor, by part."""
        found: dict[str, float] = {"people": _own_seconds() - self._began}
        for (part, _pid), seconds in self._took.items():
            found[part] = found.get(part, 0.0) + seconds
        return {part: round(seconds) for part, seconds in found.items()}

    def _watch(self) -> None:
        while not self._end.wait(LOOK_EVERY):
            with contextlib.suppress(OSError):
                self._look()

    def _look(self) -> None:
        for pid, line in children(self.served()).items():
            part = "web" if "gunicorn" in line else "worker"
            # The first process of the web server only looks after the one that answers.
            for one in (pid, *children(pid)):
                self._note(part if one == pid or part == "web" else "readers", _kept(one, "VmHWM"))
            for one in (pid, *(children(pid) if part == "web" else ())):
                # What its children took is added to it when they end.
                self._took[part, one] = _seconds(one)
        if self.postmaster:
            whole = sum(_shared(pid) for pid in (self.postmaster, *children(self.postmaster)))
            self._note("postgresql", whole)
            for one in (self.postmaster, *children(self.postmaster)):
                self._took["postgresql", one] = _seconds(one, ended=False)

    def _note(self, part: str, megabytes: float) -> None:
        self.peaks[part] = round(max(self.peaks.get(part, 0.0), megabytes), 1)


def _seconds(pid: int, *, ended: bool = True) -> float:
    """What a process and its ended children have taken of the processor; 0 when it is gone."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(map(int, fields[11 : 15 if ended else 13])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _own_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _kept(pid: int, line: str) -> float:
    """A line of a process's status in MB; 0 when it is gone."""
    with contextlib.suppress(OSError):
        for text in Path(f"/proc/{pid}/status").read_text().splitlines():
            if text.startswith(line):
                return int(text.split()[1]) / 1024
    return 0.0


def _shared(pid: int) -> float:
    """What a process has in MB, of what it shares its part only; 0 where that may not be looked at."""
    with contextlib.suppress(OSError):
        for text in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if text.startswith("Pss:"):
                return int(text.split()[1]) / 1024
    return 0.0


def disk(house: House) -> dict[str, float]:
    """MB in each folder of the data, and in the database."""
    found = {
        place.name: round(_size(place) / MB, 1) for place in sorted(house.data.iterdir()) if place.is_dir()
    }
    if house.database.file.exists():
        return {**found, "database": round(_size(house.database.file) / MB, 1)}
    ((size,),) = house.sql("SELECT pg_database_size(current_database())")
    return {**found, "database": round(size / MB, 1)}


def _size(place: Path) -> int:
    if place.is_file():
        return place.stat().st_blocks * 512
    return sum(path.stat().st_blocks * 512 for path in place.rglob("*") if path.is_file())


def minutes(journal: Journal) -> list[dict[str, Any]]:
    """Minute by minute: requests, submissions, p50 and p95 (milliseconds)."""
    rows: dict[int, list[float]] = defaultdict(list)
    for asked in journal.asked:
        rows[int(asked.at // 60)].append(asked.seconds * 1000)
    handed: dict[int, int] = defaultdict(int)
    for at, name in journal.done_at:
        handed[int(at // 60)] += name == "submit"
    told = []
    for n in range(max(rows, default=-1) + 1):
        times = sorted(rows[n])
        told.append(
            {
                "minute": n,
                "requests": len(times),
                "submissions": handed[n],
                "p50": round(percentile(times, 0.5), 1),
                "p95": round(percentile(times, 0.95), 1),
            }
        )
    return told
