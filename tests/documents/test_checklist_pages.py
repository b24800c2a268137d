"""The page numbers that the checklist prints against the text of the pages that bear them.

Nothing of the plan is asked: the finished book is read as somebody with the printed one in his hands would.
`XINGYUN_TEST_FULL=1` makes 50 applications; always there are a few.
"""

import os
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from tests.documents import data

from xingyun.documents.booklet import Claim, Item, Material, Parts, assemble, plan

FULL = os.environ.get("XINGYUN_TEST_FULL") == "1"
MANY = 50 if FULL else 3
MOST_ITEMS, MOST_PAGES = (12, 9) if FULL else (5, 4)
# Numbers on two lines may be read with the name of their group, which stands beside both, in between.
SHEETS = r"[\d–、]+(?:(?<=[、–])[^\d√]+[\d–、]+)*"
# What `parts` prints at the foot: the number of the application, then that of the page.
FOOT = re.compile(r"2020-0087第\d+页本节共\d+页")
Make = Callable[..., Path]
Pages = set[tuple[str, int]]


def labels() -> dict[str, str]:
    """The domains' names, which the checklist prints, by key."""
    categories = data.checklist_data()["categories"]
    rows = (row for category in categories for sub in category["subs"] for row in sub["domains"])
    return {row["key"]: "".join(row["label"].split()) for row in rows}


def application(parts: Parts, evidence: Make, seed: int) -> tuple[Parts, dict[str, Pages]]:
    """A book of random evidence, and the pages (file and page) that prove each claimed domain."""
    rng = random.Random(seed)
    names = [f"s{seed}f{n}" for n in range(rng.randint(3, MOST_ITEMS))]
    sizes = {name: rng.randint(1, MOST_PAGES) for name in names}
    items = [Item(name, evidence(name, sizes[name], words=8), f"材料 {name}") for name in names]
    cut = sorted(rng.sample(range(1, len(items)), 2))
    groups = (items[: cut[0]], items[cut[0] : cut[1]], items[cut[1] :])
    materials = tuple(
        Material(f"m{n}", f"材料{'一二三'[n]}", "证明", tuple(group)) for n, group in enumerate(groups)
    )
    claims = {}
    for domain in rng.sample(sorted(labels()), rng.randint(4, 12)):
        claims[domain] = tuple(claim(rng, sizes) for _n in range(rng.randint(1, 4)))
    front = tuple(
        replace(one, data=data.checklist_data(frozenset(claims))) if one.key == "checklist" else one
        for one in parts.front
    )
    proves = {
        domain: {(c.item, page) for c in own for page in range(c.first, c.last + 1)}
        for domain, own in claims.items()
    }
    return replace(parts, front=front, materials=materials, claims=claims), proves


def claim(rng: random.Random, sizes: dict[str, int]) -> Claim:
    name = rng.choice(sorted(sizes))
    first = rng.randint(1, sizes[name])
    return Claim(name, first, rng.randint(first, sizes[name]))


def by_number(book: Path) -> dict[int, str]:
    """What each page says, by the number that is printed at its foot."""
    found: dict[int, str] = {}
    for page in pdfium.PdfDocument(book):
        text = "".join(page.get_textpage().get_text_bounded().split())
        number = re.search(r"第(\d+)页本节共\d+页", text)
        assert number is not None, text
        assert int(number[1]) not in found, "no number twice"
        found[int(number[1])] = text
    return found


def named(checklist: str, label: str) -> list[int]:
    """The page numbers that the checklist prints beside a ticked domain."""
    row = re.search(re.escape(label) + "√(" + SHEETS + ")", checklist)
    assert row is not None, (label, checklist)
    numbers: list[int] = []
    for span in re.sub(r"[^\d–、]", "", row[1]).split("、"):
        first, _dash, last = span.partition("–")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


@pytest.mark.parametrize("seed", range(MANY))
def test_every_page_that_is_named_proves_what_it_is_named_for(
    seed: int, parts: Parts, fonts: tuple[Path, ...], evidence: Make, tmp_path: Path
) -> None:
    given, proves = application(parts, evidence, seed)
    book = assemble(plan(given, fonts=fonts, work=tmp_path), tmp_path / "book.pdf")
    pages = by_number(book)
    checklist = "".join(FOOT.sub("|", text) for number, text in sorted(pages.items()) if 31 <= number < 41)
    for domain, expected in proves.items():
        numbers = named(checklist, labels()[domain])
        shown = {
            (found[1], int(found[2]))
            for number in numbers
            if (found := re.search(r"(s\d+f\d+)-(\d+)-end", pages[number]))
        }
        assert len(numbers) == len(set(numbers)) == len(expected), (domain, numbers)
        assert shown == expected, (domain, numbers)
