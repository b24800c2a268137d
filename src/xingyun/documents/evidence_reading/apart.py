"""Reading in a process of its own, which is ended when it takes too long or too much memory."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xingyun.documents.evidence_reading.contracts import CLOUD_WORDS
from xingyun.documents.evidence_reading.findings import Finding, finding
from xingyun.documents.evidence_reading.limits import Limits
from xingyun.documents.guarded.asking import EndedError, ask
from xingyun.documents.guarded.bounds import Bounds

GRACE = 10.0  # seconds beyond twice the budget after which the process is ended


def read_apart(
    path: Path, *, wanted: str = "auto", words: Sequence[str] = CLOUD_WORDS, limits: Limits | None = None
) -> dict[str, Any]:
    """What `read` finds, as `as_json` writes it. A process that crashed or was ended is a finding too."""
    limits = limits or Limits()
    bounds = Bounds(seconds=max(1, round(limits.seconds * 2 + GRACE)), memory=limits.memory)
    asked = {"path": str(path.absolute()), "wanted": wanted, "words": list(words), "seconds": limits.seconds}
    try:
        return dict(ask("read", bounds, **asked))
    except EndedError:
        return _stopped(finding("stopped"))


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
