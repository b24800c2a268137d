"""When people come: most in the last three days, many in the last minute; a day lasts minutes here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

BEGINS = "2020-08-10 09:00"
OPENS = "2020-08-07 00:00"
CLOSES = "2020-08-16 00:00"
LAST_DAYS = 3
LATE_SHARE = 0.8  # of all come in the last days
LAST_MINUTE = 60  # seconds in which the burst hands in
# What one application asks of a person: pages looked at and buttons pressed, as counted in small editions.
PAGES_EACH = 55


@dataclass(frozen=True, slots=True)
class Size:
    """How large a round is played, and how fast. A minute is a minute of the machine."""

    districts: int
    applications: int
    roster: int
    people: int
    per_minute: float
    burst: int

    @property
    def think(self) -> float:
        """Seconds between two pages of one person, so that `people` hand in `per_minute` together."""
        return 60 * self.people / self.per_minute / PAGES_EACH

    @property
    def minutes(self) -> float:
        """How long people are at the pages at least: the first needs its time, then they come one by one."""
        return (self.people + self.applications) / self.per_minute + LAST_MINUTE / 60


SIZES = {
    "full": Size(16, 3_000, 30_000, 300, 20, 200),
    "medium": Size(16, 240, 30_000, 60, 20, 40),
    "small": Size(4, 32, 3_000, 16, 20, 8),
}


@dataclass(frozen=True, slots=True)
class Phase:
    """So many come from this moment of the product's time on."""

    name: str
    at: str
    count: int


def phases(size: Size) -> list[Phase]:
    """The days on which applications are begun; each begins in the morning."""
    late = round(size.applications * LATE_SHARE)
    share, rest = divmod(late, LAST_DAYS)
    closes = datetime.fromisoformat(CLOSES)
    days = [closes - timedelta(days=n) for n in range(LAST_DAYS, 0, -1)]
    return [
        Phase("前几天", BEGINS, size.applications - late),
        *(
            Phase(f"截止前第 {LAST_DAYS - n} 天", f"{day:%Y-%m-%d} 09:00", share + (n < rest))
            for n, day in enumerate(days)
        ),
    ]


def last_minute() -> str:
    """When the burst begins."""
    return f"{datetime.fromisoformat(CLOSES) - timedelta(seconds=LAST_MINUTE):%Y-%m-%d %H:%M:%S}"


def compressed(size: Size, seconds: Sequence[float]) -> float:
    """How many times faster the last days went by than days do; `seconds` is how long each took."""
    return LAST_DAYS * 86_400 / sum(seconds) if sum(seconds) else 0.0
