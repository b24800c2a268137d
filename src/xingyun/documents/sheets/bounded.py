"""The parent's side of reading a table: start the child, wait within bounds, hand its rows on one by one."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

from xingyun.documents.sheets.limits import MOST_ROWS, WAIT

MESSAGES: dict[str, tuple[str, str]] = {
    "empty": (
        "没有读到任何行。请检查第一张工作表里有没有内容。",
        "No row was found. Check that the first worksheet holds something.",
    ),
    "damaged": (
        "表格打不开，可能没有存完整。请用 Excel 或 WPS 打开，另存为 .xlsx 再传。",
        "The table can't be opened; it may be incomplete. Open it, save it as .xlsx and upload that.",
    ),
    "password": (
        "表格设有打开密码。请去掉密码后再传。",
        "The table needs a password to open. Remove it and upload the table again.",
    ),
    "markup": (
        "这是网页或 XML，不是表格（有的系统导出的 .xls 就是这样）。请用 Excel 打开，另存为 .xlsx 再传。",
        "This is a web page or XML, not a table (some systems export such .xls). Save it as .xlsx.",
    ),
    "kind": (
        "只能读 .xlsx、.xls 和 .csv。请另存为其中一种再传。",
        "Only .xlsx, .xls and .csv can be read. Save the table as one of them.",
    ),
    "letters": (
        "读不出文字。请另存为“CSV UTF-8”或 .xlsx 后再传。",
        "The characters can't be told. Save the table as “CSV UTF-8” or .xlsx.",
    ),
    "rows": (
        "超过 {most} 行。请分成几个文件再传。",
        "There are more than {most} rows. Split the table into several files.",
    ),
    "heavy": (
        "表格展开后太大，或者有内容写在很远的单元格里。请把要用的几列复制到一张新表，另存为 .xlsx 再传。",
        "Unpacked the table is too large, or something stands in a far-off cell. Copy the columns that are "
        "needed into a new table and save it as .xlsx.",
    ),
}


class SheetError(Exception):
    """The table can't be read: `code` for programs, `zh` and `en` for people."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.zh, self.en = (text.format(most=f"{MOST_ROWS:,}") for text in MESSAGES[code])
        super().__init__(self.zh)


class Line(NamedTuple):
    """A row that is not blank: its number in the spreadsheet (from 1) and its cells as text."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open table: the name of the sheet that is read, how many there are, how many rows it has."""

    name: str
    sheets: int
    count: int
    lines: Iterator[Line]


@contextmanager
def reading(path: Path) -> Iterator[Sheet]:
    """The table at `path`: its first visible sheet that holds anything. Raises SheetError.

    All rows have been read, and so found readable, before the first is handed on; they wait on disk.
    """
    with tempfile.TemporaryFile() as out:
        _read(path, out)
        first, last = _ends(out)
        if "fault" in last:
            raise SheetError(str(last["fault"]))
        if "rows" not in last or "sheet" not in first:
            raise SheetError("heavy")
        if not last["rows"]:
            raise SheetError("empty")
        yield Sheet(str(first["sheet"]), int(first["sheets"]), int(last["rows"]), _lines(out))


def _read(path: Path, out: IO[bytes]) -> None:
    # -P: what lies in the folder we were started in is no part of the product.
    command = [sys.executable, "-P", "-m", "xingyun.documents.sheets.child", str(path)]
    known = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "LANG")}
    source = str(Path(__file__).parents[3])
    known["PYTHONPATH"] = os.pathsep.join(filter(None, (source, known.get("PYTHONPATH"))))
    try:
        ended = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env={**known, "PYTHONIOENCODING": "utf-8"},
            timeout=WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SheetError("heavy") from error
    # Out of memory, out of time: the child does not come back to say so.
    if ended.returncode:
        raise SheetError("heavy")


def _ends(out: IO[bytes]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first and the last line."""
    out.seek(0)
    first = out.readline()
    size = out.seek(0, os.SEEK_END)
    out.seek(max(0, size - 4096))
    last = out.read().rstrip(b"\n").rsplit(b"\n", 1)[-1]
    return _told(first), _told(last)


def _told(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _lines(out: IO[bytes]) -> Iterator[Line]:
    out.seek(0)
    out.readline()
    for text in out:
        said = json.loads(text)
        if isinstance(said, list):
            yield Line(*said)
