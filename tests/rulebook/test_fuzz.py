"""Spoilt files never show a traceback and never hang, whatever command is given them.

300 files in the suite; XINGYUN_FUZZ=100000 tries more, XINGYUN_FUZZ_FROM says with which number to begin.
"""

import io
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from tests.rulebook.broken import spoilt
from tests.rulebook.conftest import FIRST, SECOND, examples

from xingyun.rulebook import Rulebook, command, load_folder
from xingyun.rulebook.diff import diff

COUNT = int(os.environ.get("XINGYUN_FUZZ", "300"))
START = int(os.environ.get("XINGYUN_FUZZ_FROM", "0"))
PATIENCE = 60  # seconds for one file, on a busy machine


@contextmanager
def _patiently() -> Iterator[None]:
    """Ends what hangs."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError("it hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _tried(folder: Path, original: Rulebook, *, in_full: bool) -> int:
    """What check says of a folder. Where it is a rulebook, everything else works too, tried `in_full`."""
    said = io.StringIO()
    code = command.main(["check", str(folder)], said)
    assert code in (0, 1)
    assert said.getvalue().strip()
    assert "Traceback" not in said.getvalue()
    if code == 0 and in_full:
        for argv in (["test"], ["explain"], ["explain", "--format", "toml"]):
            assert command.main([*argv, str(folder)], io.StringIO()) in (0, 1)
        assert all(c.words.zh and c.words.en for c in diff(original, load_folder(folder)))
    return code


def _texts(which: str) -> dict[str, str]:
    """The files of a rulebook: one of two shipped, or the manual's, which uses every kind of rule."""
    if which == "manual":
        return {"manual.cases.toml": examples("toml cases"), "manual.toml": examples("toml")}
    folder = {"first": FIRST, "second": SECOND}[which]
    return {f.name: f.read_text("utf-8") for f in sorted(folder.glob("*.toml"))}


@pytest.mark.parametrize("which", ["first", "second", "manual"])
def test_spoilt_files(which: str, tmp_path: Path) -> None:
    texts = _texts(which)
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    original, names = load_folder(tmp_path), sorted(texts)
    codes = []
    for seed in range(START, START + COUNT // 3):
        name = names[seed % len(names)]
        others = texts[names[seed // len(names) % len(names)]]
        (tmp_path / name).write_text(spoilt(texts[name], others, seed), "utf-8")
        began = time.monotonic()
        try:
            with _patiently():
                codes.append(_tried(tmp_path, original, in_full=seed % 3 == 0))
        except Exception as why:
            raise AssertionError(
                f"file {name}, number {seed}, after {time.monotonic() - began:.1f} s"
            ) from why
        (tmp_path / name).write_text(texts[name], "utf-8")
    assert {0, 1} == set(codes), "some must be found wrong, and some must still do"
