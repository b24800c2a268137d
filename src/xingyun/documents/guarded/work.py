"""The tasks as those who ask see them."""

from pathlib import Path
from typing import Any

from xingyun.documents.guarded.asking import EndedError, ask
from xingyun.documents.guarded.bounds import Bounds
from xingyun.documents.inspect import Inspected, UnusableError


def inspected(path: Path, bounds: Bounds) -> Inspected:
    """What documents.inspect says of the file, bombs looked for; UnusableError is `heavy` where it ended."""
    said = _said("look", path, bounds)
    sizes = tuple((float(width), float(height)) for width, height in said["sizes"])
    return Inspected(said["kind"], said["pages"], sizes, frozenset(said["flags"]))


def cleaned(path: Path, out: Path, bounds: Bounds) -> list[str]:
    """Write a copy without active content, the same of the same file; returns what was left out."""
    return list(_said("clean", path, bounds, out=str(out))["cleaned"])


def drawn(path: Path, page: int, out: Path, bounds: Bounds, *, dpi: int, wide: int, turn: int) -> bool:
    """Draw a page as PNG, `turn` quarters clockwise; False where there is no such page. Raises EndedError."""
    asked = {"path": str(path.absolute()), "page": page, "out": str(out)}
    return bool(ask("draw", bounds, **asked, dpi=dpi, wide=wide, turn=turn)["there"])


def _said(task: str, path: Path, bounds: Bounds, **facts: object) -> dict[str, Any]:
    try:
        said = ask(task, bounds, path=str(path.absolute()), **facts)
    except EndedError as error:
        raise UnusableError("heavy") from error
    if "code" in said:
        raise UnusableError(said["code"], **said["facts"])
    return dict(said)
