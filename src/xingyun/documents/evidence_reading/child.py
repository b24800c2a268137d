"""The process that reads one file: the request as JSON on its input, the answer as JSON on its output."""

import json
import resource
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from xingyun.documents.evidence_reading.as_json import as_json
from xingyun.documents.evidence_reading.limits import Limits
from xingyun.documents.evidence_reading.read import read


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Read what is asked for."""
    limits = replace(Limits(), seconds=float(asked["seconds"]))
    return as_json(read(Path(asked["path"]), wanted=asked["wanted"], words=asked["words"], limits=limits))


def hold_to(seconds: float, memory: int) -> None:
    """Have the kernel end this process beyond twice the seconds of work, and refuse it more memory."""
    most = int(seconds * 2) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """One request, one answer."""
    asked = json.load(sys.stdin)
    hold_to(asked["seconds"], asked["memory"])
    json.dump(answer(asked), sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main()
