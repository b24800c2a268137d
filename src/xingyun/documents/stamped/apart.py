"""Looking at a scan in a process of its own, which is ended when it takes too long or too much memory."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from xingyun.documents.evidence_reading.limits import Limits
from xingyun.documents.stamped.codes import PageCode
from xingyun.documents.stamped.looking import Look, Place

CHILD = "xingyun.documents.stamped.child"
A_PAGE = 4.0  # seconds; a plain one takes a tenth of it
GRACE = 20.0


def look_apart(
    path: Path, pages: int, wanted: Mapping[PageCode, Sequence[Place]], folder: Path
) -> tuple[Look, ...] | None:
    """What each of the first `pages` pages is (looking.look), its picture in `folder`; None: unreadable."""
    seconds = GRACE + A_PAGE * pages
    asked = json.dumps({
        "path": str(path.absolute()),
        "pages": pages,
        "wanted": [[_plain(code), [[p.x, p.y] for p in places]] for code, places in wanted.items()],
        "folder": str(folder.absolute()),
        "seconds": seconds,
        "memory": Limits().memory,
    })  # fmt: skip
    try:
        done = subprocess.run(
            [sys.executable, "-m", CHILD],
            input=asked.encode(),
            capture_output=True,
            timeout=seconds * 2 + GRACE,
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        answer = None
    return tuple(_look(one) for one in answer) if isinstance(answer, list) else None


def _plain(code: PageCode) -> list[str | int]:
    return [code.number, code.section, code.digest, code.of, code.pages]


def _look(one: list[object]) -> Look:
    page, codes, red, turned, image = one
    return Look(page, tuple(PageCode(*code) for code in codes), red, turned, image)  # type: ignore[arg-type,attr-defined]
