"""Which page of which file becomes which page of the book, settled before a single page is assembled.

The checklist and the contents print page numbers that depend on their own length, so they are set again
until nothing moves. Lengths only ever grow; what would have become shorter is filled with a blank page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from xingyun.documents.booklet import numbers, sections
from xingyun.documents.booklet.leaves import Kind, Leaf, identified
from xingyun.documents.booklet.parts import Front, Item, Material, Parts, WrongPartsError
from xingyun.documents.booklet.workshop import Workshop
from xingyun.documents.piece import Piece
from xingyun.documents.render import Mark
from xingyun.documents.shelf import Shelf

Progress = Callable[[int, int], None]
Lengths = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Bookmark:
    """A line of the outline and of the contents; `page` is the printed number, `note` the word for 无."""

    level: int
    title: str
    page: int
    note: str = ""
    listed: bool = True


@dataclass(frozen=True)
class BookletPlan:
    """The finished plan. `fronts`, `materials`, `items` map a key to the numbers of its first and last page.

    Every part in front and every material is a section; sections begin at numbers that stay (`sections`).
    `pages` is what the checklist prints for a domain, `marks` are the places for seals with printed numbers.
    `work` holds the pieces and must live until the book is assembled; `anew` names those that were not
    kept: the templates that were set, the files that were converted.
    """

    parts: Parts
    leaves: tuple[Leaf, ...]
    fronts: Mapping[str, tuple[int, int]]
    materials: Mapping[str, tuple[int, int]]
    items: Mapping[str, tuple[int, int]]
    pages: Mapping[str, str]
    marks: tuple[Mark, ...]
    bookmarks: tuple[Bookmark, ...]
    fonts: tuple[Path, ...]
    work: Path
    anew: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many pages there are; the last number is higher."""
        return len(self.leaves)

    @property
    def places(self) -> dict[int, int]:
        """Where each number lies, from 1."""
        return {leaf.number: leaf.place for leaf in self.leaves}


def plan(
    parts: Parts,
    *,
    fonts: Sequence[Path],
    work: Path,
    shelf: Shelf | None = None,
    progress: Progress | None = None,
) -> BookletPlan:
    """Settle every page; pieces lie in `work`, made or taken from `shelf`.

    Raises WrongPartsError, RenderError.
    `progress` hears (done, total) after each file that had to be converted.
    """
    workshop = Workshop(tuple(fonts), work, shelf or Shelf())
    files = _converted(parts, workshop, progress)
    _check(parts, {key: piece.pages for key, piece in files.items()})
    setter = _Setter(parts, files, workshop)
    for _again in range(8):
        setter.set_parts()
        if setter.settled:
            return setter.result()
    raise WrongPartsError("页码排了 8 遍仍不稳定，没有生成成册；已上传的材料都还在。")


def _converted(parts: Parts, workshop: Workshop, progress: Progress | None) -> dict[str, Piece]:
    items, files = list(_items(parts)), {}
    for done, item in enumerate(items, start=1):
        before = len(workshop.anew)
        files[item.key] = workshop.evidence(item)
        if progress and len(workshop.anew) > before:
            progress(done, len(items))
    return files


def _items(parts: Parts) -> Iterator[Item]:
    for material in parts.materials:
        yield from material.items


def _check(parts: Parts, counts: Mapping[str, int]) -> None:
    for keys in (
        [front.key for front in parts.front],
        [material.key for material in parts.materials],
        [item.key for item in _items(parts)],
    ):
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise WrongPartsError(f"同一个标识用了两次：{'、'.join(twice)}。")
    for domain, claims in parts.claims.items():
        for claim in claims:
            have = counts.get(claim.item)
            if have is None or not 1 <= claim.first <= claim.last <= have:
                raise WrongPartsError(
                    f"“{domain}”引用了文件 {claim.item} 的第 {claim.first}–{claim.last} 页，"
                    f"{'该文件不在书中' if have is None else f'该文件共 {have} 页'}。请重新选择证明页。"
                )


class _Setter:
    """Sets the parts, lays the pages out, and says whether the numbers that were printed still hold."""

    def __init__(self, parts: Parts, files: Mapping[str, Piece], workshop: Workshop) -> None:
        self.parts, self.files, self.workshop = parts, files, workshop
        self.counts = {key: piece.pages for key, piece in files.items()}
        self.fronts: dict[str, Piece] = {}
        self.separators: Piece | None = None
        self.lengths: Lengths = {}
        self.settled = False

    def set_parts(self) -> None:
        """Set every part with the numbers as they stand, and compare the lengths before and after.

        What prints page numbers comes last, when the others' lengths are known; what was set before with
        the same words is not set again.
        """
        before = dict(self.lengths)
        for front in sorted(self.parts.front, key=lambda front: bool(front.fills)):
            made = self.workshop.set(front.template, self._data(front))
            self.fronts[front.key] = made
            self._grow(("front", front.key), made.pages)
        self._set_separators()
        self.settled = before == self.lengths

    def result(self) -> BookletPlan:
        spans = self._spans()
        marks = tuple(self._marks(spans))
        leaves = identified(self.parts, tuple(self._leaves(spans)), marks)
        return BookletPlan(
            parts=self.parts,
            leaves=leaves,
            fronts={key: span for (kind, key), span in spans.items() if kind == "front"},
            materials={
                material.key: (spans["separator", material.key][0], _end(material, spans))
                for material in self.parts.materials
            },
            items={key: span for (kind, key), span in spans.items() if kind == "item"},
            pages=_printed(self.parts, spans),
            marks=marks,
            bookmarks=tuple(_bookmarks(self.parts, spans)),
            fonts=self.workshop.fonts,
            work=self.workshop.work,
            anew=tuple(self.workshop.anew),
        )

    def _spans(self) -> dict[tuple[str, str], tuple[int, int]]:
        return _spans(self.parts, self.counts, self.lengths)

    def _data(self, front: Front) -> dict[str, object]:
        data, spans = dict(front.data), self._spans()
        if front.fills == "pages":
            data["pages"] = _printed(self.parts, spans)
        if front.fills == "entries":
            data["entries"] = [
                {"level": mark.level, "title": mark.title, "page": mark.page, "note": mark.note}
                for mark in _bookmarks(self.parts, spans)
                if mark.listed
            ]
        return data

    def _set_separators(self) -> None:
        if not self.parts.materials:
            return
        spans = self._spans()
        data = {
            "title": self.parts.title,
            "parts": [_separator(self.parts, material, spans) for material in self.parts.materials],
        }
        self.separators = self.workshop.set("separator", data)
        for material, (_offset, pages) in zip(self.parts.materials, self._cut(), strict=True):
            self._grow(("separator", material.key), pages)

    def _cut(self) -> list[tuple[int, int]]:
        """Where each separator begins in their common file (from 0), and its pages."""
        if self.separators is None:
            return []
        starts = [*(mark.page for mark in self.separators.marks), self.separators.pages + 1]
        return [(start - 1, after - start) for start, after in pairwise(starts)]

    def _grow(self, key: tuple[str, str], pages: int) -> None:
        self.lengths[key] = max(self.lengths.get(key, 1), pages)

    def _leaves(self, spans: Mapping[tuple[str, str], tuple[int, int]]) -> Iterator[Leaf]:
        for front in self.parts.front:
            made = self.fronts[front.key]
            yield from self._run("front", front.key, spans["front", front.key], made)
        for material, (offset, pages) in zip(self.parts.materials, self._cut(), strict=True):
            span = spans["separator", material.key]
            if self.separators:
                yield from self._run("separator", material.key, span, self.separators, offset, pages)
            for item in material.items:
                yield from self._evidence(item, spans["item", item.key])

    def _run(
        self,
        kind: Kind,
        owner: str,
        span: tuple[int, int],
        piece: Piece,
        offset: int = 0,
        have: int | None = None,
    ) -> Iterator[Leaf]:
        have = piece.pages if have is None else have
        for of, number in enumerate(range(span[0], span[1] + 1), start=1):
            index = offset + of - 1
            if of > have:
                yield Leaf(number, kind, owner, of, None, index)
            else:
                yield Leaf(number, kind, owner, of, piece.path, index, piece.text(index))

    def _evidence(self, item: Item, span: tuple[int, int]) -> Iterator[Leaf]:
        """From the file itself where nothing had to be made of it."""
        piece = self.files[item.key]
        for leaf in self._run("evidence", item.key, span, piece):
            yield leaf if piece.path else replace(leaf, source=item.path, sheet=False)

    def _marks(self, spans: Mapping[tuple[str, str], tuple[int, int]]) -> Iterator[Mark]:
        for front in self.parts.front:
            first = spans["front", front.key][0]
            for mark in self.fronts[front.key].marks:
                yield Mark(mark.key, first + mark.page - 1, mark.x, mark.y)


def _spans(
    parts: Parts, counts: Mapping[str, int], lengths: Lengths
) -> dict[tuple[str, str], tuple[int, int]]:
    """First and last number of every front part, separator and file, in the order of the book."""
    spans: dict[tuple[str, str], tuple[int, int]] = {}
    page = 1

    def take(key: tuple[str, str], length: int) -> None:
        nonlocal page
        spans[key] = (page, page + length - 1)
        page += length

    for front in parts.front:
        page = sections.start(page, front.first, sections.FRONT)
        take(("front", front.key), lengths.get(("front", front.key), 1))
    for material in parts.materials:
        page = sections.start(page, material.first, sections.MATERIAL)
        take(("separator", material.key), lengths.get(("separator", material.key), 1))
        for item in material.items:
            take(("item", item.key), counts[item.key])
    return spans


def _end(material: Material, spans: Mapping[tuple[str, str], tuple[int, int]]) -> int:
    last = ("item", material.items[-1].key) if material.items else ("separator", material.key)
    return spans[last][1]


def _printed(parts: Parts, spans: Mapping[tuple[str, str], tuple[int, int]]) -> dict[str, str]:
    """Domain → its page numbers as the checklist prints them."""
    printed = {}
    for domain, claims in parts.claims.items():
        pages = {
            spans["item", claim.item][0] + of - 1
            for claim in claims
            for of in range(claim.first, claim.last + 1)
        }
        printed[domain] = numbers.written(pages)
    return printed


def _bookmarks(parts: Parts, spans: Mapping[tuple[str, str], tuple[int, int]]) -> Iterator[Bookmark]:
    for front in parts.front:
        yield Bookmark(1, front.title, spans["front", front.key][0], listed=front.listed)
    for material in parts.materials:
        note = "" if material.items else _absent(parts, material)
        title = f"{material.number}　{material.title}"
        yield Bookmark(1, title, spans["separator", material.key][0], note)
        for item in material.items:
            yield Bookmark(2, item.title, spans["item", item.key][0])


def _absent(parts: Parts, material: Material) -> str:
    return parts.labels.none if material.none else parts.labels.missing


def _separator(
    parts: Parts, material: Material, spans: Mapping[tuple[str, str], tuple[int, int]]
) -> dict[str, object]:
    labels = parts.labels
    return {
        "key": material.key,
        "number": material.number,
        "title": material.title,
        "clause": material.clause,
        "ref": labels.reference,
        "none": not material.items,
        "none_label": _absent(parts, material),
        "none_note": labels.none_note if material.none else labels.missing_note,
        "files": [
            {"title": item.title, "pages": numbers.written(range(a, b + 1))}
            for item in material.items
            for a, b in [spans["item", item.key]]
        ],
    }
