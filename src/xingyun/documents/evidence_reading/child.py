"""What the process that reads one file does; how guarded.nursery finds it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from xingyun.documents.evidence_reading.as_json import as_json
from xingyun.documents.evidence_reading.limits import Limits
from xingyun.documents.evidence_reading.read import Wanted, read


def answer(*, path: str, wanted: Wanted, words: Sequence[str], seconds: float) -> dict[str, Any]:
    """What is read within `seconds`, as `as_json` writes it."""
    return as_json(read(Path(path), wanted=wanted, words=words, limits=replace(Limits(), seconds=seconds)))
