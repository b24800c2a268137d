"""What is kept is whole or is not there; nobody trips over anybody else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from xingyun.documents.piece import Piece
from xingyun.documents.render import Mark
from xingyun.documents.shelf import Shelf

KEY = "0a" + "1" * 62
SAYS = ("第一页", "第二页")
PRESS = """
import random, sys
from pathlib import Path
from xingyun.documents.piece import Piece
from xingyun.documents.shelf import Shelf
root, work = Path(sys.argv[1]), Path(sys.argv[2])
shelf, drawn, found = Shelf(root, 300_000), random.Random(int(sys.argv[3])), 0
for n in range(400):
    which = drawn.randrange(12)
    path = work / f"{n}.pdf"
    piece = shelf.find(f"{which:02x}", path)
    if piece is None:
        path.write_bytes(bytes([which]) * 50_000)
        piece = Piece(path, which)
        shelf.keep(f"{which:02x}", piece)
    else:
        found += 1
    assert piece.pages == which
    assert piece.path.read_bytes() == bytes([which]) * 50_000
    if n % 7 == 0:
        shelf.trim()
assert found
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "kept", 1_000_000)


def made(path: Path, content: bytes = b"%PDF-" + b"x" * 9000) -> Piece:
    path.write_bytes(content)
    return Piece(path, 2, (Mark("seal:cover", 1, 101.3, 20.0),), SAYS)


def test_what_was_kept_is_found_whole(shelf: Shelf, tmp_path: Path) -> None:
    piece = made(tmp_path / "made.pdf")
    shelf.keep(KEY, piece)
    found = shelf.find(KEY, tmp_path / "found.pdf")
    assert found is not None
    assert found.path == tmp_path / "found.pdf"
    assert found.path.read_bytes() == (tmp_path / "made.pdf").read_bytes()
    assert (found.pages, found.marks, found.texts) == (piece.pages, piece.marks, piece.texts)
    assert shelf.find("0b" + KEY[2:], tmp_path / "other.pdf") is None


def test_nothing_is_copied_where_there_is_no_file(shelf: Shelf, tmp_path: Path) -> None:
    shelf.keep(KEY, Piece(None, 2, texts=SAYS))
    found = shelf.find(KEY, tmp_path / "found.pdf")
    assert found == Piece(None, 2, texts=SAYS)
    assert not (tmp_path / "found.pdf").exists()


def test_it_lasts_when_the_shelf_is_emptied(shelf: Shelf, tmp_path: Path) -> None:
    shelf.keep(KEY, made(tmp_path / "made.pdf"))
    found = shelf.find(KEY, tmp_path / "found.pdf")
    shutil.rmtree(tmp_path / "kept")
    assert found is not None
    assert found.path is not None
    assert found.path.read_bytes() == (tmp_path / "made.pdf").read_bytes()
    assert shelf.find(KEY, tmp_path / "again.pdf") is None


@pytest.mark.parametrize("harm", ["bit", "cut", "facts", "no facts", "no file", "empty"])
def test_damage_is_noticed_and_mended(shelf: Shelf, tmp_path: Path, harm: str) -> None:
    piece = made(tmp_path / "made.pdf")
    shelf.keep(KEY, piece)
    facts, file = tmp_path / "kept" / "0a" / KEY, tmp_path / "kept" / "0a" / f"{KEY}.pdf"
    damage(harm, facts, file)
    assert shelf.find(KEY, tmp_path / "found.pdf") is None
    assert not (tmp_path / "found.pdf").exists()
    shelf.keep(KEY, made(tmp_path / "anew.pdf"))
    found = shelf.find(KEY, tmp_path / "found.pdf")
    assert found is not None
    assert found.path is not None
    assert found.path.read_bytes() == (tmp_path / "anew.pdf").read_bytes()


def damage(harm: str, facts: Path, file: Path) -> None:
    """Do to an entry what disks and people do."""
    content = bytearray(file.read_bytes())
    if harm in ("bit", "cut"):
        content[4000] ^= 1
        file.unlink()
        file.write_bytes(content if harm == "bit" else content[:4000])
    elif harm == "facts":
        facts.write_bytes(facts.read_bytes().replace(b'"pages": 2', b'"pages": 3'))
    elif harm == "empty":
        facts.write_bytes(b"")
    else:
        (facts if harm == "no facts" else file).unlink()


def test_the_oldest_go_when_it_is_too_much(shelf: Shelf, tmp_path: Path) -> None:
    for n in range(6):
        shelf.keep(f"{n:02x}", made(tmp_path / f"{n}.pdf", b"x" * 30_000))
        os.utime(tmp_path / "kept" / f"{n:02x}" / f"{n:02x}", (n, n))
        os.utime(tmp_path / "kept" / f"{n:02x}" / f"{n:02x}.pdf", (n, n))
    # Whoever is used is young again.
    assert shelf.find("01", tmp_path / "used.pdf")
    assert Shelf(tmp_path / "kept", 100_000).trim() >= 3
    left = [n for n in range(6) if shelf.find(f"{n:02x}", tmp_path / f"found-{n}.pdf")]
    assert left in ([1, 5], [1, 4, 5])
    assert sum(path.stat().st_size for path in (tmp_path / "kept").rglob("*") if path.is_file()) <= 100_000


def test_a_worker_that_never_rests_keeps_the_limit_too(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "kept", 320_000)
    for n in range(60):
        shelf.keep(f"{n:02x}", made(tmp_path / f"{n}.pdf", b"x" * 30_000))
    held = sum(path.stat().st_size for path in (tmp_path / "kept").rglob("*") if path.is_file())
    assert held <= 320_000 * 17 // 16 + 40_000


def test_what_nobody_used_for_long_goes(shelf: Shelf, tmp_path: Path) -> None:
    for name in ("aa", "bb"):
        shelf.keep(name, made(tmp_path / f"{name}.pdf"))
        for path in (tmp_path / "kept" / name).iterdir():
            os.utime(path, (1000, 1000))
    assert shelf.find("bb", tmp_path / "found.pdf")
    assert shelf.trim(before=2000) == 1
    assert not list((tmp_path / "kept" / "aa").iterdir())
    assert shelf.find("bb", tmp_path / "again.pdf")


def test_what_a_crash_left_is_swept(shelf: Shelf, tmp_path: Path) -> None:
    shelf.keep(KEY, made(tmp_path / "made.pdf"))
    left = tmp_path / "kept" / "incoming" / "half"
    left.write_bytes(b"%PDF-")
    os.utime(left, (1000, 1000))
    shelf.sweep(before=2000)
    assert not left.exists()
    assert shelf.find(KEY, tmp_path / "found.pdf")


def test_a_disk_that_takes_nothing_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("in the way")
    shelf = Shelf(tmp_path / "kept", 1000)
    shelf.keep(KEY, made(tmp_path / "made.pdf"))
    assert shelf.find(KEY, tmp_path / "found.pdf") is None


def test_without_a_limit_nothing_is_kept(tmp_path: Path) -> None:
    Shelf(tmp_path / "kept", 0).keep(KEY, made(tmp_path / "made.pdf"))
    assert not (tmp_path / "kept").exists()


def test_another_disk(tmp_path: Path) -> None:
    """No link leads to another disk: it is copied."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is only one disk")
    root = memory / f"kept-{os.getpid()}"
    try:
        shelf = Shelf(root, 1_000_000)
        shelf.keep(KEY, made(tmp_path / "made.pdf"))
        found = shelf.find(KEY, tmp_path / "found.pdf")
        assert found is not None
        assert found.texts == SAYS
    finally:
        shutil.rmtree(root, ignore_errors=True)


def test_nobody_else_may_look(shelf: Shelf, tmp_path: Path) -> None:
    shelf.keep(KEY, made(tmp_path / "made.pdf"))
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_many_at_once_who_keep_find_and_remove_the_same(tmp_path: Path) -> None:
    crew = []
    for n in range(4):
        work = tmp_path / f"work-{n}"
        work.mkdir()
        order = [sys.executable, "-c", PRESS, str(tmp_path / "kept"), str(work), str(n)]
        crew.append(subprocess.Popen(order, stderr=subprocess.PIPE, text=True))
    said = [one.communicate(timeout=120)[1] for one in crew]
    assert [one.returncode for one in crew] == [0, 0, 0, 0], said
    assert not any("could not be kept" in text or "damaged" in text for text in said), said
