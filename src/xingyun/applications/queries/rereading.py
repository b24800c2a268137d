"""Whether files are being read again, so that comparing pages sees only some of them as they look now."""

from xingyun.evidence.queries import to_read_again
from xingyun.jobs.queries import count_open

AGAIN = "applications.read_again"


def is_under_way() -> bool:
    """Whether any file still waits to be read again by the present readers (at most two queries)."""
    return bool(to_read_again(1)) or count_open(AGAIN) > 0
