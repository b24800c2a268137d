"""What the process that looks at one file does; how guarded.nursery finds it."""

from pathlib import Path
from typing import Any

from xingyun.documents.page_looks.look import looks


def answer(*, path: str, seconds: float) -> list[dict[str, Any]]:
    """What each page looks like, as far as one comes within `seconds`."""
    return list(looks(Path(path), seconds))
