"""Reading in a process of its own, which is ended when it takes too long or too much memory."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xingyun.documents.evidence_reading.contracts import CLOUD_WORDS
from xingyun.documents.evidence_reading.findings import Finding, finding
from xingyun.documents.evidence_reading.limits import Limits

CHILD = "xingyun.documents.evidence_reading.child"
GRACE = 10.0  # seconds beyond twice the budget after which the process is killed
ANSWER = 64_000_000  # bytes of an answer beyond which something is wrong


def read_apart(
    path: Path, *, wanted: str = "auto", words: Sequence[str] = CLOUD_WORDS, limits: Limits | None = None
) -> dict[str, Any]:
    """What `read` finds, as `as_json` writes it. A process that crashed or was ended is a finding too."""
    limits = limits or Limits()
    asked = json.dumps({
        "path": str(path.absolute()),
        "wanted": wanted,
        "words": list(words),
        "seconds": limits.seconds,
        "memory": limits.memory,
    })  # fmt: skip
    try:
        done = subprocess.run(
            [sys.executable, "-m", CHILD],
            input=asked.encode(),
            capture_output=True,
            timeout=limits.seconds * 2 + GRACE,
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 and len(done.stdout) < ANSWER else None
    except (subprocess.TimeoutExpired, ValueError):
        answer = None
    return answer if isinstance(answer, dict) else _stopped(finding("stopped"))


def _stopped(why: Finding) -> dict[str, Any]:
    return {
        "kind": "unknown",
        "read": False,
        "pages": 0,
        "pages_without_text": [],
        "invoices": [],
        "contract": None,
        "audit": None,
        "findings": [{"code": why.code, "level": why.level, "zh": why.zh, "en": why.en}],
        "parts": [],
    }
