"""What a change of evidence does to printed pages: numbers elsewhere stay, and exactly the touched pages
of the form are others.
"""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.documents import data

from xingyun.documents.booklet import BookletPlan, Claim, Item, Material, Parts, Scan, assemble, plan, verify
from xingyun.documents.booklet.sections import FRONT, MATERIAL, start
from xingyun.documents.shelf import Shelf

Make = Callable[..., Path]
Fonts = tuple[Path, ...]
FORMS = ("cover", "instructions", "form", "checklist")


@pytest.mark.parametrize(
    ("free", "wanted", "step", "first"),
    [(1, 0, FRONT, 1), (2, 0, FRONT, 11), (11, 0, FRONT, 11), (12, 0, FRONT, 21), (45, 201, MATERIAL, 201),
     (201, 201, MATERIAL, 201), (202, 201, MATERIAL, 301), (351, 301, MATERIAL, 401)],
)  # fmt: skip
def test_where_sections_begin(free: int, wanted: int, step: int, first: int) -> None:
    assert start(free, wanted, step) == first


def large(parts: Parts, evidence: Make, picture: Make) -> Parts:
    """A book of 120 pages: thirty screenshots between contracts and other proofs."""
    screens = tuple(
        Item(f"s{n}", picture("screen.png") if n == 9 else evidence(f"shot{n}", words=9), f"截图 {n}")
        for n in range(30)
    )
    contracts = tuple(Item(f"c{n}", evidence(f"long{n}", 7, words=9), f"合同 {n}") for n in range(9))
    others = tuple(Item(f"o{n}", evidence(f"other{n}", 2, words=9), f"说明 {n}") for n in range(6))
    materials = (
        Material("m2", "材料二", "合同", contracts, first=201),
        Material("m3", "材料三", "截图", screens, first=301),
        Material("m4", "材料四", "说明", others, first=401),
        Material("m5", "材料五", "没有的", none=True, first=501),
    )
    keys = data.domain_keys()
    claims = {
        key: (Claim(f"s{n // 2 % 30}", 1, 1),)
        if n % 2
        else (Claim(f"c{n % 9}", 2, 3), Claim(f"o{n % 6}", 1, 1))
        for n, key in enumerate(keys)
    }
    # Whoever follows the exchanged screenshot moves; the last rows of the annex cite nothing behind it.
    for key in keys[24:]:
        claims[key] = (Claim("s3", 1, 1), Claim("o1", 1, 2))
    checklist = dataclasses.replace(parts.front[3], data=data.checklist_data(frozenset(keys)))
    front = (*parts.front[:3], checklist, parts.front[4])
    return dataclasses.replace(parts, front=front, materials=materials, claims=claims)


def printed(planned: BookletPlan) -> dict[int, str]:
    """The pages of form and annex, by number."""
    return {leaf.number: leaf.payload for leaf in planned.leaves if leaf.owner in FORMS}


def test_a_screenshot_becomes_three_pages_and_the_stamped_pages_stay(
    parts: Parts, fonts: Fonts, evidence: Make, picture: Make, tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path / "kept", 10**9)
    before = plan(large(parts, evidence, picture), fonts=fonts, work=made(tmp_path / "a"), shelf=shelf)
    assert before.total == 120
    book = assemble(before, tmp_path / "a" / "book.pdf")
    verify(book, before)
    wanted = before.parts
    longer = tuple(
        dataclasses.replace(item, path=evidence("three", 3, words=9)) if item.key == "s9" else item
        for item in wanted.materials[1].items
    )
    materials = (
        wanted.materials[0],
        dataclasses.replace(wanted.materials[1], items=longer),
        *wanted.materials[2:],
    )
    after = plan(
        dataclasses.replace(wanted, materials=materials), fonts=fonts, work=made(tmp_path / "b"), shelf=shelf
    )
    assert after.total == 122
    # Exactly the pages whose rows cite what moved are named: they say other numbers now.
    old, new = printed(before), printed(after)
    assert old.keys() == new.keys()
    changed = {number for number in new if old[number] != new[number]}
    assert changed == {number for number in new if text(before, number) != text(after, number)}
    first, last = after.fronts["checklist"]
    assert changed
    assert changed < set(range(first, last + 1))
    moved = {key for key in before.pages if before.pages[key] != after.pages[key]}
    assert {claim.item for key in moved for claim in wanted.claims[key]} <= {f"s{n}" for n in range(10, 30)}
    # No number moves but behind the screenshot, inside its own section.
    stay = {key: span for key, span in before.items.items() if not key.startswith("s") or int(key[1:]) < 9}
    assert all(after.items[key] == span for key, span in stay.items())
    # What was stamped stays in its place, and every number of the new book is right.
    kept = {n: Scan(book, before.places[n] - 1) for n in new if n not in changed}
    out = assemble(after, tmp_path / "b" / "book.pdf", stamped=kept)
    verify(out, after, stamped=frozenset(kept))
    verify(assemble(after, tmp_path / "b" / "plain.pdf"), after)


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def text(planned: BookletPlan, number: int) -> str | None:
    return next(leaf.text for leaf in planned.leaves if leaf.number == number)


def test_an_answer_changes_its_own_page_alone(parts: Parts, fonts: Fonts, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "kept", 10**9)
    before = plan(parts, fonts=fonts, work=made(tmp_path / "a"), shelf=shelf)
    form = parts.front[2]
    typed = dict(data.form_data())
    typed["attachments"] = {**typed["attachments"], "note": "注：另一句话。"}
    front = (*parts.front[:2], dataclasses.replace(form, data=typed), *parts.front[3:])
    after = plan(dataclasses.replace(parts, front=front), fonts=fonts, work=made(tmp_path / "b"), shelf=shelf)
    old, new = printed(before), printed(after)
    assert [number for number in new if old[number] != new[number]] == [after.fronts["form"][1]]
