"""What people at the pages have asked, how long it took, and which of their acts were acknowledged."""

import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

# Ids of every kind are blanked, so that a route is one line of the table.
IDS = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "‹id›"),
    (re.compile(r"/\d+(?=/)"), "/‹n›"),
    (re.compile(r"(?<=/outside-checks/)[a-z-]+(?=/)"), "‹office›"),
    (re.compile(r"(?<=/applications/order/)[a-z-]+(?=/)"), "‹office›"),
)


class Outcome(StrEnum):
    """What a person saw of an act: it was done, it was refused in words, or nobody answered."""

    DONE = "done"
    REFUSED = "refused"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `at` is seconds since the journal began; `status` 0 is no answer."""

    at: float
    who: str
    what: str
    seconds: float
    status: int


@dataclass(frozen=True, slots=True)
class Intent:
    """What a person wants done once: `about` says on what, so that the database can be asked for it."""

    name: str
    about: str


@dataclass
class Known:
    """How often one intent was acknowledged, refused, and left without an answer."""

    done: int = 0
    refused: int = 0
    silent: int = 0


@dataclass
class Journal:
    """Kept by the people, beside the system: what was acknowledged can be held against it."""

    begun: float = field(default_factory=time.monotonic)
    asked: list[Asked] = field(default_factory=list)
    acts: dict[Intent, Known] = field(default_factory=lambda: defaultdict(Known))
    done_at: list[tuple[float, str]] = field(default_factory=list)
    receipts: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.begun

    def heard(self, who: str, what: str, since: float, status: int) -> None:
        """An answer (status 0: none) to what was asked at `since` (monotonic)."""
        with self._lock:
            self.asked.append(Asked(since - self.begun, who, what, time.monotonic() - since, status))

    def acted(self, intents: Iterable[Intent], outcome: Outcome) -> None:
        """What became of one press of a button that carries out these intents."""
        with self._lock:
            for intent in intents:
                known = self.acts[intent]
                setattr(known, outcome.value, getattr(known, outcome.value) + 1)
                if outcome is Outcome.DONE:
                    self.done_at.append((self.now(), intent.name))


def route(method: str, path: str) -> str:
    """The name of a request: its method, and its path without ids."""
    for pattern, blank in IDS:
        path = pattern.sub(blank, path)
    return f"{method} {path}"
