"""Looking in a process of its own, which is ended when it takes too long or too much memory."""

from pathlib import Path
from typing import Any

from xingyun.documents.evidence_reading.limits import Limits
from xingyun.documents.guarded.asking import EndedError, ask
from xingyun.documents.guarded.bounds import Bounds

SECONDS = 30
GRACE = 10


def looks_apart(path: Path) -> list[dict[str, Any]]:
    """What each page looks like (page_looks.look); nothing of a file that can't be looked at."""
    bounds = Bounds(seconds=SECONDS * 2 + GRACE, memory=Limits().memory)
    try:
        return list(ask("page_looks", bounds, path=str(path.absolute()), seconds=SECONDS))
    except EndedError:
        return []
