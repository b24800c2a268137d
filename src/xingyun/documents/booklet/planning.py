"""Which page of which file becomes which page of the book, settled before a single page is assembled.

The checklist and the contents print page numbers that depend on their own length, so they are set again
until nothing moves. Lengths only ever grow; what would have become shorter is filled with a blank page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pikepdf

from xingyun.documents.booklet import numbers
from xingyun.documents.booklet.parts import Front, Item, Material, Parts, WrongPartsError
from xingyun.documents.render import Mark, Rendered, render

SEPARATORS = "separators"
Lengths = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Leaf:
    """One page of the book: page `of` (from 1) of what `owner` names. `source` is None on a blank page."""

    number: int
    kind: Literal["front", "separator", "evidence"]
    owner: str
    of: int
    source: Path | None
    index: int
    payload: str


@dataclass(frozen=True)
class Bookmark:
    """A line of the outline and of the contents; `page` counts from 1, `note` is the word for 无."""

    level: int
    title: str
    page: int
    note: str = ""
    listed: bool = True


@dataclass(frozen=True)
class BookletPlan:
    """The finished plan. `fronts`, `materials`, `items` map a key to its first and last page.

    `pages` is what the checklist prints for a domain, `marks` are the places for seals with book pages.
    `work` holds the rendered parts and must live until the book is assembled.
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

    @property
    def total(self) -> int:
        """Number of pages."""
        return len(self.leaves)


def plan(parts: Parts, *, fonts: Sequence[Path], work: Path) -> BookletPlan:
    """Settle every page. Rendered parts are kept in `work`. Raises WrongPartsError, RenderError."""
    counts = {item.key: page_count(item.path) for item in _items(parts)}
    _check(parts, counts)
    setter = _Setter(parts, counts, tuple(fonts), work)
    for again in range(8):
        setter.set_parts(everything=again == 0)
        if setter.settled:
            return setter.result()
    raise WrongPartsError("页码排了 8 遍仍不稳定，没有生成成册；已上传的材料都还在。")


def page_count(path: Path) -> int:
    """Pages of an inspected file; an image is one page."""
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            return 1
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        return len(pdf.pages)


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
    """Renders the parts, lays the pages out, and says whether the numbers that were printed still hold."""

    def __init__(self, parts: Parts, counts: Mapping[str, int], fonts: tuple[Path, ...], work: Path) -> None:
        self.parts, self.counts, self.fonts, self.work = parts, counts, fonts, work
        self.rendered: dict[str, Rendered] = {}
        self.lengths: Lengths = {}
        self.settled = False

    def set_parts(self, *, everything: bool) -> None:
        """Render what depends on page numbers (or everything) and compare the lengths before and after."""
        before = dict(self.lengths)
        spans = _spans(self.parts, self.counts, before)
        for front in self.parts.front:
            if everything or front.fills:
                self._set(f"front-{front.key}", front.template, self._data(front, spans))
                self._grow(("front", front.key), self.rendered[f"front-{front.key}"].pages)
        self._set_separators(spans)
        self.settled = before == self.lengths

    def result(self) -> BookletPlan:
        spans = _spans(self.parts, self.counts, self.lengths)
        leaves = tuple(self._leaves(spans))
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
            marks=tuple(self._marks(spans)),
            bookmarks=tuple(_bookmarks(self.parts, spans)),
            fonts=self.fonts,
            work=self.work,
        )

    def _data(self, front: Front, spans: Mapping[tuple[str, str], tuple[int, int]]) -> dict[str, object]:
        data = dict(front.data)
        if front.fills == "pages":
            data["pages"] = _printed(self.parts, spans)
        if front.fills == "entries":
            data["entries"] = [
                {"level": mark.level, "title": mark.title, "page": mark.page, "note": mark.note}
                for mark in _bookmarks(self.parts, spans)
                if mark.listed
            ]
        return data

    def _set(self, name: str, template: str, data: Mapping[str, object]) -> None:
        self.rendered[name] = render(template, data, fonts=self.fonts, out=self.work / f"{name}.pdf")

    def _set_separators(self, spans: Mapping[tuple[str, str], tuple[int, int]]) -> None:
        if not self.parts.materials:
            return
        data = {
            "title": self.parts.title,
            "parts": [_separator(self.parts, material, spans) for material in self.parts.materials],
        }
        self._set(SEPARATORS, "separator", data)
        made = self.rendered[SEPARATORS]
        starts = [*(mark.page for mark in made.marks), made.pages + 1]
        for number, material in enumerate(self.parts.materials):
            self._grow(("separator", material.key), starts[number + 1] - starts[number])

    def _grow(self, key: tuple[str, str], pages: int) -> None:
        self.lengths[key] = max(self.lengths.get(key, 1), pages)

    def _leaves(self, spans: Mapping[tuple[str, str], tuple[int, int]]) -> Iterator[Leaf]:
        for front in self.parts.front:
            made = self.rendered[f"front-{front.key}"]
            yield from self._run("front", front.key, spans["front", front.key], made.path, 0, made.pages)
        offset = 0
        for number, material in enumerate(self.parts.materials):
            made = self.rendered[SEPARATORS]
            starts = [*(mark.page for mark in made.marks), made.pages + 1]
            have = starts[number + 1] - starts[number]
            span = spans["separator", material.key]
            yield from self._run("separator", material.key, span, made.path, offset, have)
            offset += have
            for item in material.items:
                count = self.counts[item.key]
                yield from self._run("evidence", item.key, spans["item", item.key], item.path, 0, count)

    def _run(
        self,
        kind: Literal["front", "separator", "evidence"],
        owner: str,
        span: tuple[int, int],
        source: Path,
        offset: int,
        have: int,
    ) -> Iterator[Leaf]:
        for of, number in enumerate(range(span[0], span[1] + 1), start=1):
            payload = self.parts.footer.payload.format(page=number)
            place = source if of <= have else None
            yield Leaf(number, kind, owner, of, place, offset + of - 1, payload)

    def _marks(self, spans: Mapping[tuple[str, str], tuple[int, int]]) -> Iterator[Mark]:
        for front in self.parts.front:
            first = spans["front", front.key][0]
            for mark in self.rendered[f"front-{front.key}"].marks:
                yield Mark(mark.key, first + mark.page - 1, mark.x, mark.y)


def _spans(
    parts: Parts, counts: Mapping[str, int], lengths: Lengths
) -> dict[tuple[str, str], tuple[int, int]]:
    """First and last page of every front part, separator and file, in the order of the book."""
    spans: dict[tuple[str, str], tuple[int, int]] = {}
    page = 1

    def take(key: tuple[str, str], length: int) -> None:
        nonlocal page
        spans[key] = (page, page + length - 1)
        page += length

    for front in parts.front:
        take(("front", front.key), lengths.get(("front", front.key), 1))
    for material in parts.materials:
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
