"""A book made again: only what changed is made anew, and however it was made, it is the same to the byte."""

import dataclasses
import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from tests.documents import data

from xingyun.documents.booklet import BookletPlan, Footer, Item, Material, Parts, assemble, plan, verify
from xingyun.documents.shelf import Shelf

Make = Callable[..., Path]
Fonts = tuple[Path, ...]
FILES = ["contract", "turned", "lying", "invoice", "screen", "photo", "huge", "clear", "stamp"]


class Press:
    """Makes books with one shelf, each in a folder of its own."""

    def __init__(self, folder: Path, fonts: Fonts) -> None:
        self.folder, self.fonts, self.n = folder, fonts, 0
        self.shelf: Shelf | None = Shelf(folder / "kept", 10**9)

    def make(
        self, parts: Parts, progress: Callable[[int, int], None] | None = None
    ) -> tuple[str, BookletPlan]:
        """The digest of the book, and its plan."""
        self.n += 1
        work = self.folder / f"work-{self.n}"
        work.mkdir()
        planned = plan(parts, fonts=self.fonts, work=work, shelf=self.shelf)
        out = assemble(planned, work / "book.pdf", progress=progress)
        verify(out, planned)
        return hashlib.sha256(out.read_bytes()).hexdigest(), planned


@pytest.fixture
def press(tmp_path: Path, fonts: Fonts) -> Press:
    return Press(tmp_path, fonts)


@pytest.fixture
def book(parts: Parts, picture: Make, evidence: Make, tmp_path: Path) -> Parts:
    """With a picture and a PDF that can't be taken over as they are."""
    clear = Item("clear", picture("clear.png", mode="RGBA"), "透明底的截图")
    stamp = Item("stamp", stamped(evidence("stamped"), tmp_path / "stamped.pdf"), "盖了电子章的说明")
    more = Material("m5", "材料五", "说明", (clear, stamp))
    return dataclasses.replace(parts, materials=(*parts.materials, more))


def stamped(source: Path, out: Path) -> Path:
    """The same file with a stamp laid on its first page."""
    with pikepdf.open(source) as pdf:
        look = pikepdf.Stream(pdf, b"1 0 0 rg 0 0 100 100 re f")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, 100, 100])
        stamp = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Stamp,
            F=4,
            Rect=pikepdf.Array([200, 300, 300, 400]),
            AP=pikepdf.Dictionary(N=look),
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(stamp)])
        pdf.save(out)
    return out


def answered(parts: Parts, **changes: object) -> Parts:
    """The same book with something else in its form."""
    front = tuple(
        dataclasses.replace(f, data={**f.data, **changes}) if f.key == "form" else f for f in parts.front
    )
    return dataclasses.replace(parts, front=front)


def exchanged(parts: Parts, key: str, path: Path) -> Parts:
    """The same book with another file in the place of one."""
    materials = tuple(
        dataclasses.replace(
            m, items=tuple(dataclasses.replace(i, path=path) if i.key == key else i for i in m.items)
        )
        for m in parts.materials
    )
    return dataclasses.replace(parts, materials=materials)


def test_kept_or_not_it_is_the_same_book(press: Press, book: Parts) -> None:
    first, planned = press.make(book)
    assert sorted(set(planned.anew) & set(FILES)) == sorted(FILES)
    again, kept = press.make(book)
    assert kept.anew == ()
    press.shelf = None
    without, anew = press.make(book)
    assert sorted(anew.anew) == sorted(planned.anew)
    assert first == again == without


def test_a_field_changed_sets_the_form_alone(press: Press, book: Parts) -> None:
    press.make(book)
    changed = answered(book, title="另一个名称的申请表")
    digest, planned = press.make(changed)
    assert planned.anew == ("form",)
    press.shelf = None
    assert press.make(changed)[0] == digest


def test_another_version_sets_what_shows_its_number(press: Press, book: Parts) -> None:
    """Cover and separators name it; the foot of every page is set for each book and is not kept."""
    press.make(book)
    cover = dataclasses.replace(book.front[0], data={**data.cover_data(), "subtitle": "第 4 版"})
    labels = dataclasses.replace(book.labels, reference="2020-0087 第 4 版")
    footer = Footer("2020-0088", "XY2:2020-0088:{section}:{digest}:{of}:{pages}")
    next_ = dataclasses.replace(book, front=(cover, *book.front[1:]), labels=labels, footer=footer)
    digest, planned = press.make(next_)
    assert sorted(planned.anew) == ["cover", "separator"]
    press.shelf = None
    assert press.make(next_)[0] == digest


def test_a_file_changed_is_converted_alone(press: Press, book: Parts, evidence: Make) -> None:
    press.make(book)
    digest, planned = press.make(exchanged(book, "invoice", evidence("other")))
    assert planned.anew == ("invoice",)
    longer = evidence("longer", 3)
    # What prints numbers that moved is set again; nothing else is.
    _digest, planned = press.make(exchanged(book, "turned", longer))
    assert planned.anew[0] == "turned"
    assert set(planned.anew[1:]) == {"checklist", "contents", "separator"}
    # At the end of its section it moves nobody else.
    _digest, planned = press.make(exchanged(book, "invoice", longer))
    assert planned.anew == ("separator",)
    press.shelf = None
    assert press.make(exchanged(book, "invoice", evidence("other")))[0] == digest


def test_the_order_changed_converts_nothing(press: Press, book: Parts) -> None:
    press.make(book)
    first = book.materials[0]
    turned = dataclasses.replace(first, items=tuple(reversed(first.items)))
    digest, planned = press.make(dataclasses.replace(book, materials=(turned, *book.materials[1:])))
    assert not set(planned.anew) & set(FILES)
    press.shelf = None
    assert press.make(dataclasses.replace(book, materials=(turned, *book.materials[1:])))[0] == digest


def test_the_same_file_twice_is_converted_once(press: Press, book: Parts) -> None:
    twice = Material(
        "m6", "材料六", "又一次", (dataclasses.replace(book.materials[-1].items[0], key="again"),)
    )
    _digest, planned = press.make(dataclasses.replace(book, materials=(*book.materials, twice)))
    assert "clear" in planned.anew
    assert "again" not in planned.anew


def test_emptied_while_the_book_is_made(press: Press, book: Parts, tmp_path: Path) -> None:
    wanted, _planned = press.make(book)
    emptied: list[int] = []

    def empty(done: int, _total: int) -> None:
        if done in (2, 9):
            shutil.rmtree(tmp_path / "kept", ignore_errors=True)
            emptied.append(done)

    digest, planned = press.make(book, progress=empty)
    assert (digest, planned.anew, emptied) == (wanted, (), [2, 9])
    assert press.make(book)[0] == wanted


@pytest.mark.parametrize("what", ["every file", "all that is known"])
def test_what_rotted_is_made_anew(press: Press, book: Parts, tmp_path: Path, what: str) -> None:
    wanted, _planned = press.make(book)
    files = [
        path for path in (tmp_path / "kept").glob("??/*") if (path.suffix != "") == (what == "every file")
    ]
    assert len(files) > 6
    for path in files:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 255
        path.unlink()
        path.write_bytes(content)
    digest, anew = press.make(book)
    assert digest == wanted
    # Files that are taken over as they are have nothing of their own that could rot.
    rotten = {"clear", "stamp"} if what == "every file" else set(FILES)
    assert set(anew.anew) & set(FILES) == rotten
    assert press.make(book)[1].anew == ()


def test_only_what_was_work_takes_room(press: Press, book: Parts, tmp_path: Path) -> None:
    _digest, planned = press.make(book)
    copies = list((tmp_path / "kept").glob("??/*.pdf"))
    set_ = [name for name in planned.anew if name not in FILES]
    assert len(copies) == len(set_) + len(["clear", "stamp"])


def test_files_converted_are_told(press: Press, book: Parts, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    for _time in range(2):
        work = tmp_path / f"told-{len(told)}"
        work.mkdir()
        plan(
            book,
            fonts=press.fonts,
            work=work,
            shelf=press.shelf,
            progress=lambda done, total: told.append((done, total)),
        )
    assert told == [(n, len(FILES)) for n in range(1, len(FILES) + 1)]
