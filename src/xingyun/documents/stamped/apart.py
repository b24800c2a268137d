"""Looking at a scan in a process of its own, which is ended when it takes too long or too much memory."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from xingyun.documents.evidence_reading.limits import Limits
from xingyun.documents.guarded.asking import EndedError, ask
from xingyun.documents.guarded.bounds import Bounds
from xingyun.documents.stamped.codes import PageCode
from xingyun.documents.stamped.looking import Look, Place

A_PAGE = 8  # seconds; a plain one takes a twentieth of it
GRACE = 60


def look_apart(
    path: Path, pages: int, wanted: Mapping[PageCode, Sequence[Place]], folder: Path
) -> tuple[Look, ...] | None:
    """What each of the first `pages` pages is (looking.look), its picture in `folder`; None: unreadable."""
    bounds = Bounds(seconds=GRACE + A_PAGE * pages, memory=Limits().memory)
    codes = [[_plain(code), [[p.x, p.y] for p in places]] for code, places in wanted.items()]
    asked = {"path": str(path.absolute()), "pages": pages, "wanted": codes, "folder": str(folder.absolute())}
    try:
        return tuple(_look(one) for one in ask("stamped", bounds, **asked))
    except EndedError:
        return None


def _plain(code: PageCode) -> list[str | int]:
    return [code.number, code.section, code.digest, code.of, code.pages]


def _look(one: list[object]) -> Look:
    page, codes, red, turned, image = one
    return Look(page, tuple(PageCode(*code) for code in codes), red, turned, image)  # type: ignore[arg-type,attr-defined]
