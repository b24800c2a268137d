"""Files that are broken or mean harm: a finding each time, no trace, no hang."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from tests.documents.evidence_reading import invented
from tests.documents.evidence_reading.reading import codes

from xingyun.documents import samples
from xingyun.documents.evidence_reading import Limits, apart, read, read_apart
from xingyun.documents.evidence_reading.as_json import as_json
from xingyun.documents.guarded import asking
from xingyun.documents.raster import page_pixels

Fonts = tuple[Path, ...]
LONGEST = 20.0  # seconds for any one mutated file


@pytest.fixture(scope="module")
def whole(fonts: Fonts, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One good file of each kind."""
    folder = tmp_path_factory.mktemp("whole")
    one = invented.facts(1, "digital_special")
    pdf = invented.pdf(folder / "i.pdf", fonts, [one])
    page_pixels(pdf, 1, dpi=90).save(folder / "i.jpg", quality=40)
    page_pixels(pdf, 1, dpi=60).convert("L").save(folder / "i.png")
    letter = invented.prose(
        folder / "p.pdf", fonts, "云服务采购合同", ["甲方：云州云岫有限公司", "合同总金额：5万元。"]
    )
    invented.ofd(folder / "i.ofd", one, jbig2=True)
    with zipfile.ZipFile(folder / "i.zip", "w") as archive:
        for name in ("i.ofd", "i.jpg"):
            archive.write(folder / name, name)
    return {
        "xml": invented.xml(one),
        "ofd": (folder / "i.ofd").read_bytes(),
        "pdf": pdf.read_bytes(),
        "contract": letter.read_bytes(),
        "jpg": (folder / "i.jpg").read_bytes(),
        "png": (folder / "i.png").read_bytes(),
        "zip": (folder / "i.zip").read_bytes(),
    }


def mutated(data: bytes, dice: random.Random) -> bytes:
    """The bytes with a few things wrong."""
    out = bytearray(data)
    for _ in range(dice.choice([1, 1, 2, 5, 30])):
        at = dice.randrange(len(out) or 1)
        what = dice.randrange(6)
        if what == 0 and out:
            out[at] ^= 1 << dice.randrange(8)
        elif what == 1:
            out[at : at + dice.randrange(1, 40)] = dice.randbytes(dice.randrange(1, 40))
        elif what == 2:
            del out[at : at + dice.randrange(1, 400)]
        elif what == 3:
            out[at:at] = out[at : at + dice.randrange(1, 200)]
        elif what == 4:
            out[at : at + 4] = dice.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"9999", b"-1 0", b"<<>>"])
        elif dice.random() < 0.2:
            del out[at:]
    return bytes(out)


def inside(data: bytes, dice: random.Random) -> bytes:
    """An archive whose parts are mutated while the archive itself stays whole."""
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        victim = dice.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, mutated(part, dice) if name == victim else part)
    return out.getvalue()


ROUNDS: list[tuple[str, Callable[[bytes, random.Random], bytes], int]] = [
    ("xml", mutated, 500),
    ("ofd", inside, 500),
    ("ofd", mutated, 300),
    ("pdf", mutated, 250),
    ("contract", mutated, 150),
    ("jpg", mutated, 100),
    ("png", mutated, 100),
    ("zip", mutated, 100),
]


@pytest.mark.parametrize(("kind", "spoil", "times"), ROUNDS, ids=[f"{r[0]}-{r[1].__name__}" for r in ROUNDS])
def test_mutated_files(
    whole: dict[str, bytes],
    tmp_path: Path,
    kind: str,
    spoil: Callable[[bytes, random.Random], bytes],
    times: int,
) -> None:
    """2,000 in all."""
    unread = 0
    for seed in range(times):
        data = spoil(whole[kind], random.Random(f"{kind}{seed}"))
        (tmp_path / "spoilt").write_bytes(data)
        start = time.monotonic()
        found = read(tmp_path / "spoilt", limits=Limits(seconds=5))
        assert time.monotonic() - start < LONGEST, seed
        json.dumps(as_json(found))
        unread += not found.read
    assert unread < times  # something still gets through, so the readers themselves were reached


def test_there_are_two_thousand() -> None:
    assert sum(times for _kind, _spoil, times in ROUNDS) == 2000


@pytest.mark.parametrize(("data", "code"), [
    (b"", "empty"), (b"\0" * 5000, "kind"), (b"PK\x03\x04" + b"x" * 99, "archive_damaged"), (b"%PDF-1.7\nnothing", "damaged"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "damaged"), (b"MZ" + b"\0" * 50, "kind"),
])  # fmt: skip
def test_what_is_no_file_of_ours(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "x").write_bytes(data)
    assert codes(read(tmp_path / "x")) == [code]


def test_what_is_not_there(tmp_path: Path) -> None:
    assert codes(read(tmp_path / "nowhere.pdf")) == ["missing"]
    assert codes(read(tmp_path)) == ["missing"]


def test_a_bomb_is_stopped_by_what_comes_out(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.ofd", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", b"<a/>" + b" " * 30_000_000)
    assert (tmp_path / "bomb.ofd").stat().st_size < 100_000
    assert codes(read(tmp_path / "bomb.ofd")) == ["archive_size"]


def test_too_many_entries_and_locked_ones(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for n in range(30):
            archive.writestr(f"{n}.xml", "<a/>")
    assert codes(read(tmp_path / "many.zip", limits=Limits(entries=20))) == ["archive_entries"]
    data = bytearray((tmp_path / "many.zip").read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    assert "archive_locked" in codes(read(tmp_path / "locked.zip"))


def test_an_archive_in_an_archive(fonts: Fonts, tmp_path: Path) -> None:
    one = invented.facts(1, "digital_special")
    invented.ofd(tmp_path / "i.ofd", one)
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as archive:
        archive.writestr("i.xml", invented.xml(one))
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.write(tmp_path / "i.ofd", "../../evil/i.ofd")
        archive.write(tmp_path / "inner.zip", "inner.zip")
        archive.writestr("readme.txt", "text")
        archive.writestr("i.xml", invented.xml(one))
    found = read(tmp_path / "outer.zip")
    assert sorted(codes(found)) == ["archive_nested", "archive_part"]
    assert [(name, len(part.invoices)) for name, part in found.parts] == [
        ("../../evil/i.ofd", 1),
        ("i.xml", 1),
    ]
    assert not found.read


def test_a_word_file_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert codes(read(tmp_path / "x.docx")) == ["kind"]


def test_a_tower_of_a_page(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 595, 2147483648])
        pdf.save(tmp_path / "tower.pdf")
    assert codes(read(tmp_path / "tower.pdf")) == ["size"]


def test_too_many_pixels(tmp_path: Path) -> None:
    Image.new("1", (3000, 3000)).save(tmp_path / "big.png")
    assert codes(read(tmp_path / "big.png", limits=Limits(photo=1_000_000))) == ["pixels"]


def test_time_runs_out_honestly(fonts: Fonts, tmp_path: Path) -> None:
    source = invented.pdf(tmp_path / "i.pdf", fonts, [invented.facts(n) for n in range(4)])
    scan = samples.scan_of(source, tmp_path / "scan.pdf", fonts=fonts)
    found = read(scan, limits=Limits(seconds=0.05))
    assert "time" in codes(found)
    assert not found.read


def test_a_process_of_its_own_reads_the_same(fonts: Fonts, tmp_path: Path) -> None:
    made = invented.pdf(tmp_path / "发票.pdf", fonts, [invented.facts(1)])
    assert read_apart(made) == json.loads(json.dumps(as_json(read(made))))


def test_a_process_that_wants_too_much_memory(tmp_path: Path) -> None:
    Image.new("RGB", (7000, 7000)).save(tmp_path / "big.png")
    answer = read_apart(tmp_path / "big.png", limits=Limits(memory=100_000_000))
    assert answer["read"] is False
    assert [finding["code"] for finding in answer["findings"]] == ["stopped"]


@pytest.fixture
def held(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The nursery, which does nothing for now."""
    (tmp_path / "x").write_bytes(b"nothing that is known")
    assert read_apart(tmp_path / "x")["kind"] == "unknown"
    nursery = asking._known[os.getpid()].process
    nursery.send_signal(signal.SIGSTOP)
    yield nursery
    nursery.send_signal(signal.SIGCONT)


def test_an_answer_that_does_not_come(
    tmp_path: Path, held: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "GRACE", 0)
    start = time.monotonic()
    answer = read_apart(tmp_path / "x", limits=Limits(seconds=0.5))
    assert [finding["code"] for finding in answer["findings"]] == ["stopped"]
    assert time.monotonic() - start < 10


def test_a_process_that_dies(tmp_path: Path, held: subprocess.Popen[bytes]) -> None:
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read_apart, tmp_path / "x")
        time.sleep(0.5)
        held.kill()
        assert [finding["code"] for finding in reading.result(20)["findings"]] == ["stopped"]
    assert read_apart(tmp_path / "x")["kind"] == "unknown", "there is another one"


def test_a_long_request_arrives_whole(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"nothing that is known")
    words = [f"云服务{n:05d}" for n in range(4_000)]
    assert read_apart(tmp_path / "x", words=words) == read_apart(tmp_path / "x")


def test_a_process_keeps_to_its_processor_time() -> None:
    # Without an alarm by the clock, which no seconds mean.
    program = (
        "from xingyun.documents.guarded.nursery import hold\n"
        "hold({'seconds': 0, 'memory': 10**9, 'output': 1})\nwhile True: pass"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=False)
    assert done.returncode < 0
