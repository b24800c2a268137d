"""Bundles: readable names, digests that hold, no memory for large files, the same bytes again."""

import csv
import hashlib
import io
import subprocess
import tracemalloc
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from xingyun.documents.bundle import LIST, SUMS, BundleError, Entry, readable, write_bundle

AT = datetime(2020, 10, 26, 12)
HEADS = ("文件", "字节数", "SHA-256")


def entry(folder: Path, name: str, content: bytes) -> Entry:
    path = folder / hashlib.sha256(name.encode()).hexdigest()
    path.write_bytes(content)
    return Entry(name, path, hashlib.sha256(content).hexdigest(), len(content))


def entries(folder: Path) -> list[Entry]:
    return [
        entry(folder, "01-上报件.pdf", b"report"),
        entry(folder, "申报书/001-云州㛃𠮷有限公司/申报书.pdf", b"book" * 1000),
    ]


def test_everything_is_inside_and_sha256sum_agrees(tmp_path: Path) -> None:
    out = write_bundle(tmp_path / "b.zip", entries(tmp_path), at=AT, heads=HEADS)
    inside = tmp_path / "inside"
    with zipfile.ZipFile(out) as bundle:
        assert bundle.testzip() is None
        bundle.extractall(inside)
        assert bundle.namelist()[-2:] == [LIST, SUMS]
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", SUMS], cwd=inside, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    rows = list(csv.reader(io.StringIO((inside / LIST).read_text("utf-8-sig"))))
    assert rows[0] == list(HEADS)
    assert rows[2][:2] == ["申报书/001-云州㛃𠮷有限公司/申报书.pdf", "4000"]


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (
        write_bundle(tmp_path / name, entries(tmp_path), at=AT, heads=HEADS).read_bytes()
        for name in ("a.zip", "b.zip")
    )
    assert first == second


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    known = entries(tmp_path)
    known[1].path.write_bytes(b"rotten")
    with pytest.raises(BundleError, match="申报书"):
        write_bundle(tmp_path / "b.zip", known, at=AT, heads=HEADS)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    large = [entry(tmp_path, f"{n}.pdf", bytes(24 * 1024 * 1024)) for n in range(2)]
    told: list[int] = []
    tracemalloc.start()
    write_bundle(tmp_path / "b.zip", large, at=AT, heads=HEADS, each=told.append)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024
    assert sum(told) == 48 * 1024 * 1024


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("云州/云岫:智能*制造?", "云州／云岫：智能＊制造？"),
        ("../../etc/passwd", "／..／etc／passwd"),
        (" .. ", "_"),
        ("a\x00b\nc\u202ed", "abcd"),
        ("长" * 90, "长" * 60),
    ],
)
def test_names_that_people_and_all_systems_read(name: str, shown: str) -> None:
    assert readable(name) == shown
