"""One page of the book, and by what it is known again when it comes back from the printer."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from xingyun.documents.booklet.parts import Parts
from xingyun.documents.render import Mark

Kind = Literal["front", "separator", "evidence"]
SIGNS = 10  # of the digest stand in the code: enough not to meet by chance, few enough for coarse modules


@dataclass(frozen=True)
class Leaf:
    """One page of the book: page `of` (from 1) of what `owner` names. `source` is None on a blank page.

    `number` is printed on it, `place` (from 1) is where it lies. It is in the section whose first number is
    `section` and which has `pages` pages; `digest` tells whether a page printed earlier still is this one.
    `text` is what must be on it, without blanks; None where only a picture can tell. `sheet` tells that the
    source's page is a sheet of the book already, with room at its foot.
    """

    number: int
    kind: Kind
    owner: str
    of: int
    source: Path | None
    index: int
    text: str | None = None
    sheet: bool = True
    place: int = 0
    section: int = 0
    pages: int = 0
    digest: str = ""
    payload: str = ""


def identified(parts: Parts, leaves: Sequence[Leaf], marks: Sequence[Mark]) -> tuple[Leaf, ...]:
    """The leaves with place, section, digest and code."""
    homes = _homes(parts)
    firsts: dict[str, int] = {}
    for leaf in leaves:
        firsts.setdefault(homes[leaf.kind, leaf.owner], leaf.number)
    counts = Counter(homes[leaf.kind, leaf.owner] for leaf in leaves)
    files = {item.key: item for material in parts.materials for item in material.items}
    out = []
    for place, leaf in enumerate(leaves, start=1):
        home = homes[leaf.kind, leaf.owner]
        known = files[leaf.owner].known_by if leaf.kind == "evidence" else leaf.text or ""
        found = replace(leaf, place=place, section=firsts[home], pages=counts[home])
        out.append(_coded(parts, found, known, [mark for mark in marks if mark.page == leaf.number]))
    return tuple(out)


def _homes(parts: Parts) -> dict[tuple[str, str], str]:
    """The section in which each part lies."""
    homes = {("front", front.key): f"front {front.key}" for front in parts.front}
    for material in parts.materials:
        homes["separator", material.key] = f"material {material.key}"
        homes.update({("evidence", item.key): f"material {material.key}" for item in material.items})
    return homes


def _coded(parts: Parts, leaf: Leaf, known: str, marks: Sequence[Mark]) -> Leaf:
    """With the digest of all that can be read on the page, its foot and the places for seals included."""
    footer = parts.footer
    shown = [
        *(leaf.kind, leaf.of if leaf.kind == "evidence" else 0, known, leaf.section),
        *(footer.left, footer.number.format(page=leaf.number, pages=leaf.pages), parts.watermark),
        [[mark.key, mark.x, mark.y] for mark in marks],
    ]
    body = json.dumps(shown, ensure_ascii=False).encode()
    digest = hashlib.sha256(body).hexdigest()[:SIGNS].upper()
    of = leaf.number - leaf.section + 1
    payload = footer.payload.format(section=leaf.section, digest=digest, of=of, pages=leaf.pages)
    return replace(leaf, digest=digest, payload=payload)
