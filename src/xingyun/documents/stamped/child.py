"""What the process that looks at one scan does; how guarded.nursery finds it."""

from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from xingyun.documents.stamped.codes import PageCode
from xingyun.documents.stamped.looking import Place, looks


def answer(*, path: str, pages: int, wanted: Sequence[Any], folder: str) -> list[list[Any]]:
    """What each page is; `wanted` are codes and the places at which they may stand."""
    known = {PageCode(*code): [Place(*place) for place in places] for code, places in wanted}
    found = looks(Path(path), pages, known, Path(folder))
    return [
        [one.page, [list(astuple(code)) for code in one.codes], one.red, one.turned, one.image]
        for one in found
    ]
