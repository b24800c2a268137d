"""Pages as people name them."""

from collections.abc import Iterable


def ranges(pages: Iterable[int]) -> str:
    """1, 2, 3, 7 → "1–3、7"."""
    out: list[list[int]] = []
    for page in sorted(pages):
        if out and page == out[-1][1] + 1:
            out[-1][1] = page
        else:
            out.append([page, page])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in out)
