"""Who kills: something of the system, -9, at moments that a seed gives."""

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter, defaultdict

from tests.rehearsal.kills.units import Units

# How often each is chosen.
WEIGHTS = {
    "web": 4,
    "worker": 4,
    "database connection": 3,
    "scanner": 2,
    "database": 2,
    "web master": 1,
    "supervisor": 1,
}


class Killer(threading.Thread):
    """Kills `count` times, every `every` seconds in the middle; `share` is how far it is (0 to 1)."""

    def __init__(self, units: Units, count: int, every: float, seed: int) -> None:
        super().__init__(name="killer", daemon=True)
        self.units, self.count, self.every = units, count, every
        self.dice = random.Random(seed)
        self.killed: Counter[str] = Counter()
        self.back: dict[str, list[float]] = defaultdict(list)
        self.ended = threading.Event()
        # Once in so many kills it is waited until everything is well, to see how long that takes.
        self.wait_each = 5

    @property
    def share(self) -> float:
        """How far it is."""
        return self.killed.total() / self.count

    def run(self) -> None:
        """Until as many were killed as wanted."""
        try:
            while self.killed.total() < self.count:
                time.sleep(self.dice.uniform(0, 2 * self.every))
                if (name := self._kill()) and self.killed.total() % self.wait_each == 0:
                    self.back[name].append(self.units.wait())
        finally:
            self.ended.set()

    def _kill(self) -> str:
        victims = self.units.victims()
        (name,) = self.dice.choices(list(WEIGHTS), list(WEIGHTS.values()))
        with contextlib.suppress(OSError, IndexError, ValueError):
            # Between two lives of a unit there is nobody to kill: another time.
            if pids := victims[name]():
                os.kill(self.dice.choice(sorted(pids)), signal.SIGKILL)
                self.killed[name] += 1
                return name
        return ""
