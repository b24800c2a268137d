"""What time it is for the product. Ask here, never the machine.

`now()` is the product's time (a rehearsal lives at another date), `today()` its day in Asia/Shanghai,
`calendar_day()` that of any moment;
`machine_now()` is the machine's own time, for leases, sessions and one-time codes only.
"""

from xingyun.clock.queries import ZONE, calendar_day, is_rehearsal, machine_now, now, today

__all__ = ["ZONE", "calendar_day", "is_rehearsal", "machine_now", "now", "today"]
