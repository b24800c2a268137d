"""The reading list at the side of the desk: what was handed in, and how much of it was looked at."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from xingyun.applications.queries import Workspace
from xingyun.rulebook.findings import Finding, Place
from xingyun.web.officials.leaves import BOOK, SCAN, leaves
from xingyun.web.wording import tell

FORM, SCORE, LEDGER = "form", "score", "ledger"
Pages = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the reading list. `dot`: y something is there, h claimed only, n nothing, x in question.

    `pages` are its pages by file and number, `left` those that the reader has not looked at.
    """

    key: str
    label: str
    dot: str
    note: str
    place: Place
    pages: Pages = frozenset()
    left: Pages = frozenset()

    @property
    def done(self) -> int:
        """How many of its pages were looked at."""
        return len(self.pages) - len(self.left)


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading."""

    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many different pages there are, and how many of them the reader has looked at."""

    done: int
    all: int


def groups(work: Workspace, read: Pages) -> list[Group]:
    """The whole reading list: what was handed in, then the materials, then the claimed domains."""
    found = [
        (_("申请"), tuple(_general(work))),
        (_("材料"), tuple(_materials(work))),
        *(
            (tell(category.name), tuple(_domains(work, [d.key for d in category.domains])))
            for category in work.rulebook.categories
        ),
    ]
    return [
        Group(label, tuple(_looked_at(work, item, read) for item in items)) for label, items in found if items
    ]


def progress(groups: list[Group]) -> Progress:
    """Of the pages that were handed in; the bound book repeats them, so it does not count."""
    items = [item for group in groups for item in group.items if item.key != BOOK]
    every = frozenset[tuple[int, int]]().union(*(item.pages for item in items))
    left = frozenset[tuple[int, int]]().union(*(item.left for item in items))
    return Progress(len(every) - len(left), len(every))


def _looked_at(work: Workspace, item: Item, read: Pages) -> Item:
    pages = frozenset(leaf.key for leaf in leaves(work, item.key))
    return replace(item, pages=pages, left=pages - read) if pages else item


def _general(work: Workspace) -> Iterator[Item]:
    yield _item(work, FORM, _("申请表"), "y", "", ("form",))
    if work.score:
        dot = "y" if work.score.enough else "x"
        yield Item(SCORE, tell(work.score.rule.name), dot, str(work.score.total), ("points",))
    if work.rulebook.keeps_ledger:
        rows = work.ledger.size
        yield _item(work, LEDGER, _("合同与发票"), "y" if rows else "n", str(rows), ("ledger",))
    if work.submission:
        yield _item(work, BOOK, _("申报书"), "y", str(work.submission.booklet.pages), ("booklet",))
        yield _item(work, SCAN, _("盖章扫描件"), "y", str(work.submission.scan.pages or ""), ("scan",))


def _materials(work: Workspace) -> Iterator[Item]:
    for view in work.materials:
        if view.material.made_by_system:
            continue
        for slot in view.slots:
            count = sum(a.file.pages or 1 for a in slot.attachments)
            note = _("无") if slot.absent else str(count or "")
            place = ("material", slot.slot.key)
            dot = "y" if count else "n"
            yield _item(work, f"material:{slot.slot.key}", tell(slot.slot.name), dot, note, place)


def _domains(work: Workspace, keys: list[str]) -> Iterator[Item]:
    names = {domain.key: domain.name for domain in work.rulebook.domains}
    for key in keys:
        if (claim := work.claims.get(key)) is not None:
            count = sum(page.last - page.first + 1 for page in claim.pages)
            dot = "y" if claim.pages else "h"
            yield _item(work, f"domain:{key}", tell(names[key]), dot, str(count or ""), ("domain", key))


def _item(work: Workspace, key: str, label: str, dot: str, note: str, place: Place) -> Item:
    wrong = any(f.kind in {"missing", "wrong", "obstacle"} for f in work.verdict.at(*place))
    return Item(key, label, "x" if wrong else dot, note, place)


def here(work: Workspace, place: Place) -> list[Finding]:
    """The findings at this entry, the grave ones first."""
    order = ("obstacle", "wrong", "missing", "judge", "hint", "ok")
    return sorted(work.verdict.at(*place), key=lambda finding: order.index(finding.kind))
