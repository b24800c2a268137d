"""Reading the clock. Models are imported late: this module is part of the room's front door."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

ZONE = ZoneInfo("Asia/Shanghai")
FRESH_SECONDS = 1.0


class Offset:
    """The rehearsal's offset as this process last saw it; asked again after a second.

    A move reaches every running process within that second, and a page costs no query for it.
    """

    def __init__(self) -> None:
        self.fresh_for = FRESH_SECONDS
        self.forget()

    def forget(self) -> None:
        """Ask the database at the next reading."""
        self._value = timedelta(0)
        self._read_at = float("-inf")

    def hold(self, value: timedelta) -> None:
        """Take this value as read just now."""
        self._value = value
        self._read_at = time.monotonic()

    def get(self) -> timedelta:
        """The offset, at most `fresh_for` seconds old."""
        if time.monotonic() - self._read_at >= self.fresh_for:
            self.hold(stored_offset() or timedelta(0))
        return self._value


def machine_now() -> datetime:
    """The machine's time, aware, UTC."""
    return datetime.now(UTC)  # noqa: TID251  # the one place


def wall() -> datetime:
    """What the product's time is counted from."""
    return machine_now()


def now() -> datetime:
    """The product's time, aware, UTC."""
    return wall() + OFFSET.get()


def calendar_day(moment: datetime) -> date:
    """The day of a moment in Asia/Shanghai."""
    return moment.astimezone(ZONE).date()


def today() -> date:
    """The product's day in Asia/Shanghai."""
    return calendar_day(now())


def is_rehearsal() -> bool:
    """Whether this system lives in a time of its own; pages then carry a banner."""
    return bool(settings.REHEARSAL)


def stored_offset() -> timedelta | None:
    """The offset in the database, None when the clock was never anchored."""
    from xingyun.clock.models import Anchor

    found = Anchor.objects.values_list("offset_us", flat=True).first()
    return None if found is None else timedelta(microseconds=found)


OFFSET = Offset()
