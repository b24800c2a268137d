"""Page numbers as people write them: runs joined by a dash, runs parted by 、."""

from collections.abc import Iterable

DASH = "–"
COMMA = "、"


def written(pages: Iterable[int]) -> str:
    """{12, 13, 14, 20} → "12–14、20"."""
    return COMMA.join(str(a) if a == b else f"{a}{DASH}{b}" for a, b in _runs(sorted(set(pages))))


def read(text: str) -> set[int]:
    """The reverse of `written`."""
    out: set[int] = set()
    for part in filter(None, text.split(COMMA)):
        first, _, last = part.partition(DASH)
        out.update(range(int(first), int(last or first) + 1))
    return out


def _runs(pages: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], page)
        else:
            runs.append((page, page))
    return runs
