"""Printed, stamped, scanned, matched: simulated scans, every page read and every fault named.

`XINGYUN_TEST_FULL=1` matches 500 of them; always there are a few.
"""

import dataclasses
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from tests.documents import data
from tests.documents.scanned_pages import Printed, as_pdf, scanned, sealed

from xingyun.documents.booklet import BookletPlan, Footer, Front, Parts, Scan, assemble, plan, verify
from xingyun.documents.raster import page_pixels
from xingyun.documents.stamped import Kind, Match, PageCode, Place, Sheet, bind, look_apart, match
from xingyun.documents.stamped.codes import payload
from xingyun.documents.stamped.looking import Look, look

Fonts = tuple[Path, ...]
FULL = bool(os.environ.get("XINGYUN_TEST_FULL"))
SCANS = {200: 300, 150: 150, 300: 50} if FULL else {200: 3, 150: 1}
STAMPED = ("cover", "instructions", "form", "checklist")


@dataclass
class Books:
    """The book of the day, an older version of it, another application's."""

    planned: BookletPlan
    now: Printed
    old: Printed
    foreign: Printed
    changed: set[int]

    @property
    def sheets(self) -> list[Sheet]:
        """What is printed to be stamped."""
        return [Sheet(code(leaf.payload)) for leaf in self.planned.leaves if leaf.owner in STAMPED]

    @property
    def wanted(self) -> dict[PageCode, list[Place]]:
        """The codes with the places for seals."""
        return {sheet.code: self.seals(sheet.code.page) for sheet in self.sheets}

    def seals(self, number: int) -> list[Place]:
        """Where seals belong on a page."""
        return [Place(m.x, m.y) for m in self.planned.marks if m.page == number and m.key.startswith("seal:")]


def code(text: str) -> PageCode:
    found = PageCode.read(text)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def books(fonts: Fonts, tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Fronts alone: what stands behind them is not stamped."""
    folder = tmp_path_factory.mktemp("books")

    def made(name: str, number: str, **changes: object) -> tuple[BookletPlan, Printed]:
        work = folder / name
        work.mkdir()
        form = {**data.form_data(), **changes}
        fronts = (
            ("cover", data.cover_data()),
            ("instructions", data.instructions_data()),
            ("form", form),
            ("checklist", data.checklist_data(frozenset())),
        )
        parts = Parts(
            title="申报书",
            front=tuple(Front(key, key, key, told) for key, told in fronts),
            materials=(),
            footer=Footer(number, payload(number)),
        )
        planned = plan(parts, fonts=fonts, work=work)
        return planned, Printed(assemble(planned, work / "book.pdf"), planned.places)

    older = [dict(group) for group in data.form_data()["groups"]]
    older[0]["rows"] = [*older[0]["rows"][:-1], {"cells": [{"label": "所处行业", "value": "以前填的行业"}]}]
    planned, now = made("now", "370112-2020-0087")
    before, old = made("old", "370112-2020-0087", groups=older)
    _other, foreign = made("foreign", "370112-2020-0088")
    codes = {leaf.number: leaf.payload for leaf in planned.leaves}
    changed = {leaf.number for leaf in before.leaves if codes[leaf.number] != leaf.payload}
    assert changed
    return Books(planned, now, old, foreign, changed)


@dataclass
class Case:
    """A scan of some sheets, and what is to be said of it."""

    sheets: list[Sheet]
    pages: list[Image.Image]
    fits: list[int]
    missing: set[int]
    faults: Counter[tuple[Kind, int]]
    unsealed: set[int]
    dpi: int


def simulated(books: Books, seed: int, dpi: int) -> Case:
    """Sheets of a book, shuffled; by chance one missing, older, foreign, double, without its seal."""
    chance = random.Random(seed)
    (old,) = chance.sample(sorted(books.changed), 1)
    sheets = [s for s in books.sheets if s.code.page == old]
    sheets += chance.sample([s for s in books.sheets if s.code.page != old], 3)
    sheets.sort(key=lambda sheet: sheet.code.page)
    numbers = [sheet.code.page for sheet in sheets]
    older = old if chance.random() < 0.5 else None
    rest = [n for n in numbers if n != older]
    gone = chance.choice(rest) if chance.random() < 0.6 else None
    double = chance.choice([n for n in rest if n != gone]) if chance.random() < 0.3 else None
    places = [n for n in numbers if books.seals(n)]
    bare = chance.choice(places) if places and chance.random() < 0.4 else None
    pages: list[Image.Image] = []
    faults: Counter[tuple[Kind, int]] = Counter()

    def add(number: int, source: Printed, kind: Kind | None = None) -> None:
        page = source.page(number, dpi)
        for at in books.seals(number) if number != bare else ():
            x, y = at.x + chance.uniform(-6, 6), at.y + chance.uniform(-6, 6)
            page = sealed(page, dpi, x, y, pale=chance.uniform(0, 0.5))
        pages.append(scanned(page, chance))
        if kind is not None:
            faults[kind, number] += 1

    for number in numbers:
        if number == older:
            add(number, books.old, Kind.OUTDATED)
        elif number != gone:
            add(number, books.now)
    if double is not None:
        add(double, books.now, Kind.DOUBLE)
    if chance.random() < 0.5:
        add(chance.choice(numbers), books.foreign, Kind.FOREIGN)
    chance.shuffle(pages)
    lacking = {n for n in (gone, older) if n is not None}
    fits = [n for n in numbers if n not in lacking]
    return Case(sheets, pages, fits, lacking, faults, {bare} & set(fits), dpi)


def matched(books: Books, case: Case, folder: Path) -> Match:
    """Read and matched as the system does."""
    source = as_pdf(case.pages, case.dpi, folder / "scan.pdf")
    looks = [look(source, page, books.wanted, folder) for page in range(1, len(case.pages) + 1)]
    return match([looks], case.sheets)


def said(found: Match) -> Counter[tuple[Kind, int]]:
    return Counter((one.kind, one.number or 0) for one in found.faults)


@pytest.mark.parametrize("dpi", sorted(SCANS))
def test_simulated_scans(books: Books, tmp_path: Path, dpi: int) -> None:
    """From 200 dpi everything is read and named; at 150 dpi what is read is never named wrongly."""
    told: Counter[str] = Counter()
    taken = 0.0
    for seed in range(SCANS[dpi]):
        case = simulated(books, seed * 1000 + dpi, dpi)
        begun = time.process_time()
        found = matched(books, case, tmp_path)
        taken += time.process_time() - begun
        told["pages"] += len(case.pages)
        unread = sum(one.kind is Kind.UNREAD for one in found.found)
        told["unread"] += unread
        named = Counter({key: n for key, n in said(found).items() if key[0] is not Kind.UNREAD})
        assert not named - case.faults, f"a false alarm in scan {seed}"
        if not unread:
            assert list(found.fits) == case.fits, seed
            assert set(found.missing) == case.missing, seed
            assert named == case.faults, seed
        told["named"] += named.total() + len(found.missing)
        for number, one in found.fits.items():
            if one.red is not None:
                told["places"] += 1
                told["pale"] += one.red is False and number not in case.unsealed
                assert not (one.red and number in case.unsealed), "red where there is none"
    print(f"\n{dpi} dpi, {SCANS[dpi]} scans: {dict(told)}, {taken / told['pages']:.3f} s a page")
    assert not told["unread"] or (dpi == 150 and told["unread"] <= told["pages"] / 20)
    assert told["pale"] <= told["places"] / 20


def test_pages_are_put_upright_and_take_their_places(books: Books, tmp_path: Path) -> None:
    """One to one: every number still right, content where it was printed, the code readable again."""
    numbers = [sheet.code.page for sheet in books.sheets][:4]
    chance = random.Random(4)
    turns = (0, 90, 180, 270)
    images = [
        scanned(books.now.page(number, 200), chance, turn=turns[n % 4]) for n, number in enumerate(numbers)
    ]
    source = as_pdf(images[::-1], 200, tmp_path / "scan.pdf")
    looks = look_apart(source, len(images), books.wanted, tmp_path)
    assert looks is not None
    found = match([looks], books.sheets[:4])
    assert not found.missing
    assert list(found.fits) == numbers
    out = bind([(tmp_path / one.image, 0) for one in found.fits.values()], tmp_path / "upright.pdf")
    stamped = {number: Scan(out, index) for index, number in enumerate(found.fits)}
    book = assemble(books.planned, tmp_path / "bound.pdf", stamped=stamped)
    verify(book, books.planned, stamped=frozenset(stamped))
    for leaf in books.planned.leaves[:4]:
        page = page_pixels(book, leaf.place, dpi=200)
        assert leaf.payload in [one.text for one in zxingcpp.read_barcodes(page)]
        assert apart(page, books.now.page(leaf.number, 200)) < 1.2


def apart(page: Image.Image, printed: Image.Image) -> float:
    """By how many millimetres rows and columns of ink are shifted against the printed page."""
    worst = 0.0
    for axis in (0, 1):
        # The upper half: far from the code, where a wrong angle shows most.
        one, two = (
            255 - np.asarray(i.convert("L"), np.float32)[:1100].mean(axis=axis) for i in (page, printed)
        )
        two = two[: len(one)]
        one, two = one - one.mean(), two - two.mean()
        shifts = range(-24, 25)
        best = max(shifts, key=lambda by: float((np.roll(one, by) * two).sum()))
        worst = max(worst, abs(best) / 200 * 25.4)
    return worst


def looks_of(*codes: PageCode, red: bool | None = None) -> list[Look]:
    return [Look(n, (one,), red) for n, one in enumerate(codes, start=1)]


def test_what_a_page_can_be() -> None:
    first, second, third = (PageCode("N-1", 21, f"{n}" * 10, n, 3) for n in (1, 2, 3))
    old = dataclasses.replace(second, digest="F" * 10)
    sheets = [Sheet(first), Sheet(second), Sheet(third, needed=False)]
    contents = PageCode("N-1", 41, "A" * 10, 1, 1)
    foreign = PageCode("N-2", 21, "1" * 10, 1, 3)
    found = match(
        [looks_of(old, first, contents), [*looks_of(foreign, first), Look(3)]], sheets, others={contents}
    )
    assert [(one.file, one.page, one.kind, one.number) for one in found.found] == [
        (0, 1, Kind.OUTDATED, 22), (0, 2, Kind.FITS, 21), (0, 3, Kind.OTHER, 41),
        (1, 1, Kind.FOREIGN, 21), (1, 2, Kind.DOUBLE, 21), (1, 3, Kind.UNREAD, None),
    ]  # fmt: skip
    assert found.found[3].whose == "N-2"
    assert found.missing == (22,), "a page that somebody else stamps is not asked for"
    assert match([looks_of(first)], sheets, held={22}).missing == ()
    assert match([], sheets).missing == (21, 22)


def test_of_two_scans_of_a_page_the_sealed_one_is_taken() -> None:
    only = PageCode("N-1", 1, "1" * 10, 1, 1)
    bare, good = Look(1, (only,), red=False), Look(2, (only,), red=True)
    for looks in ([bare, good], [good, bare]):
        found = match([looks], [Sheet(only)])
        assert found.fits[1].red is True
        assert [one.kind for one in found.faults] == [Kind.DOUBLE]


@pytest.mark.parametrize(
    "text", ["", "XY1|N|1|1", "XY2:N:0:0123456789:1:1", "XY2:N:1:0123456789:2:1", "XY2:N:1:01:1:1"]
)
def test_what_is_no_code_of_a_page(text: str) -> None:
    assert PageCode.read(text) is None


def test_a_file_that_is_no_picture_is_not_read(books: Books, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    assert look_apart(broken, 1, books.wanted, tmp_path) is None


def pictures(folder: Path) -> Iterator[Path]:
    yield from folder.glob("*.jpg")


Make = Callable[..., Path]


def test_a_page_without_a_code_is_kept_as_it_lies(books: Books, evidence: Make, tmp_path: Path) -> None:
    """A person may know which page it is."""
    blank = evidence("blank", words=40)
    seen = look(blank, 1, books.wanted, tmp_path)
    assert not seen.codes
    assert seen.image in {path.name for path in pictures(tmp_path)}
