"""The finished book read back: does every page carry its own number, show what the plan says, and do the
numbers printed in the checklist lead to exactly the pages that were claimed?"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from xingyun.documents.booklet import numbers, placing
from xingyun.documents.booklet.leaves import Leaf
from xingyun.documents.booklet.planning import BookletPlan
from xingyun.documents.reading import Pages, bare


class WrongPagesError(Exception):
    """The file is not the book that was planned; `problems` names page and fault."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("；".join(problems[:10]))


def verify(path: Path, plan: BookletPlan, *, stamped: frozenset[int] = frozenset()) -> None:
    """Compare the book at `path` with its plan, except what scans replaced; raises WrongPagesError."""
    with Pages(path) as book:
        problems = _compare(book, plan, stamped)
    if problems:
        raise WrongPagesError(problems)


def _compare(book: Pages, plan: BookletPlan, stamped: frozenset[int]) -> list[str]:
    if len(book) != plan.total:
        return [f"共 {len(book)} 页，应为 {plan.total} 页"]
    problems: list[str] = []
    checklist: list[str] = []
    forms = {front.key for front in plan.parts.front if front.fills == "pages"}
    for leaf in plan.leaves:
        body, foot = _split(book[leaf.place - 1])
        problems += _number_fault(plan, leaf, foot)
        if leaf.number not in stamped:
            problems += _content_fault(leaf, body)
            if leaf.kind == "front" and leaf.owner in forms:
                checklist.append(body)
    if not stamped:
        problems.extend(_printed_faults(plan, "".join(checklist)))
    problems.extend(_claim_faults(plan))
    return problems


def _number_fault(plan: BookletPlan, leaf: Leaf, foot: str) -> list[str]:
    wanted = bare(plan.parts.footer.number.format(page=leaf.number, pages=leaf.pages))
    return [] if _stands(wanted, foot) else [f"第 {leaf.number} 页的页脚不是本页页码（读到“{foot[:40]}”）"]


def _content_fault(leaf: Leaf, body: str) -> list[str]:
    if leaf.text is None or not Counter(leaf.text) - Counter(body):
        return []
    return [f"第 {leaf.number} 页的内容不是 {leaf.owner} 的第 {leaf.of} 页"]


def _printed_faults(plan: BookletPlan, printed: str) -> Iterator[str]:
    """Every ticked domain stands in the checklist followed by its own numbers."""
    for front in plan.parts.front:
        if front.fills != "pages":
            continue
        for label, key, tick in _domains(front.data):
            wanted = f"{bare(label)}{tick}{plan.pages.get(key, '')}"
            if key in plan.pages and not _stands(wanted, printed):
                yield f"附表中“{label}”印的页码不是 {plan.pages[key]}"


def _domains(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for category in data["categories"]:
        for sub in category["subs"]:
            for domain in sub["domains"]:
                tick = str(data.get("tick", "√")) if domain["ticked"] else ""
                yield domain["label"], domain["key"], tick


def _claim_faults(plan: BookletPlan) -> Iterator[str]:
    """The printed numbers, read back, are exactly the pages that show the claimed pages of the files."""
    where = {(leaf.owner, leaf.of): leaf.number for leaf in plan.leaves if leaf.kind == "evidence"}
    for domain, claims in plan.parts.claims.items():
        wanted = {where[c.item, of] for c in claims for of in range(c.first, c.last + 1)}
        if numbers.read(plan.pages.get(domain, "")) != wanted:
            yield f"“{domain}”的页码 {plan.pages.get(domain, '')} 与所引用的页不符"


def _split(page: Any) -> tuple[str, str]:
    """Text above and inside the foot of a page, without blanks."""
    text = page.get_textpage()
    try:
        width, height = page.get_size()
        foot = text.get_text_bounded(0, 0, width, placing.FOOT - 6)
        return bare(text.get_text_bounded(0, placing.FOOT - 6, width, height)), bare(foot)
    finally:
        text.close()


def _stands(wanted: str, text: str) -> bool:
    """`wanted` is there and is not the beginning or end of a longer number or list."""
    before = r"(?<!\d)" if wanted[:1].isdigit() else ""
    return re.search(rf"{before}{re.escape(wanted)}(?![\d–、])", text) is not None
