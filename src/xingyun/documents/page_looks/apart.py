"""Looking in a process of its own, which is ended when it takes too long or too much memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from xingyun.documents.evidence_reading.limits import Limits

CHILD = "xingyun.documents.page_looks.child"
SECONDS = 30.0
GRACE = 10.0


def looks_apart(path: Path, *, seconds: float = SECONDS) -> list[dict[str, Any]]:
    """What each page looks like (page_looks.look); nothing of a file that can't be looked at."""
    asked = json.dumps({"path": str(path.absolute()), "seconds": seconds, "memory": Limits().memory})
    try:
        done = subprocess.run(
            [sys.executable, "-m", CHILD],
            input=asked.encode(),
            capture_output=True,
            timeout=seconds * 2 + GRACE,
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else []
    except (subprocess.TimeoutExpired, ValueError):
        answer = []
    return answer if isinstance(answer, list) else []
