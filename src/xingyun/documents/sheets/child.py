"""The child that reads a table: `python -m xingyun.documents.sheets.child FILE`, rows on its output.

The reader is a compiled library that panics on odd files, and a kilobyte can ask for half a terabyte; here
that ends this process and nothing else. Output is JSON by the line: first {"sheet", "sheets"}, then
[row, [cells]] for every row that is not blank (rows counted from 1, as the spreadsheet shows them), at
last {"rows": n}; or {"fault": code} wherever it stopped.
"""

import json
import os
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from xingyun.documents.sheets import limits

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
EXACT = 10**15
MARKUP = re.compile(rb"<(!doctype html|html|table|meta|\?xml)", re.IGNORECASE)
# What no text holds and PostgreSQL would not keep.
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


class Fault(Exception):
    """The table can't be read; the message is the code."""


def main(path: Path) -> int:
    """Read the table within the limits."""
    _bound()
    out = sys.stdout
    try:
        sheet, sheets, rows = _opened(path)
        out.write(json.dumps({"sheet": sheet, "sheets": sheets}) + "\n")
        count = 0
        for number, cells in _filled(rows):
            if count == limits.MOST_ROWS:
                raise Fault("rows")
            out.write(json.dumps([number, cells], ensure_ascii=False) + "\n")
            count += 1
        out.write(json.dumps({"rows": count}) + "\n")
    except Fault as fault:
        out.write(json.dumps({"fault": str(fault)}) + "\n")
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # the reader's panics are no Exceptions
        out.write(json.dumps({"fault": "damaged"}) + "\n")
    out.flush()
    return 0


def _bound() -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_CPU, limits.SECONDS),
        (resource.RLIMIT_FSIZE, limits.OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _opened(path: Path) -> tuple[str, int, Iterable[list[Any]]]:
    """The name of the sheet, how many there are, and its rows from the first one on."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head.strip():
        raise Fault("empty")
    if head.startswith((ZIP, OLE)):
        return _workbook(path, packed=head.startswith(ZIP))
    if MARKUP.match(head.lstrip(b"\xef\xbb\xbf \r\n\t")):
        raise Fault("markup")
    return "", 1, _text(path.read_bytes())


def _workbook(path: Path, *, packed: bool) -> tuple[str, int, Iterable[list[Any]]]:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    if packed:
        _unpacks(path)
    try:
        book = CalamineWorkbook.from_path(path)
    except PasswordError as error:
        raise Fault("password") from error
    seen = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    seen = [s for s in seen if s.visible == SheetVisibleEnum.Visible] or seen
    for one in seen:
        sheet = book.get_sheet_by_name(one.name)
        if sheet.height:
            return one.name, len(seen), sheet.iter_rows()
    raise Fault("empty")


def _unpacks(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > limits.UNPACKED:
                raise Fault("heavy")
    except zipfile.BadZipFile as error:
        raise Fault("damaged") from error


def _text(content: bytes) -> Iterator[list[str]]:
    """Rows of text: columns apart by tabs, commas or semicolons, else a code, a space and a name."""
    import csv
    import io

    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = next((sign for sign in ("\t", ",", ";", "，") if sign in first), "")
    if not sign:
        return (line.split(None, 1) for line in text.splitlines())
    if sign == "，":
        sign, text = ",", text.replace("，", ",")
    csv.field_size_limit(1024 * 1024)
    return csv.reader(io.StringIO(text, newline=""), delimiter=sign)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content[:4096]:
        raise Fault("kind")
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Fault("letters")


def _filled(rows: Iterable[list[Any]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, 1):
        cells = [_cell(value) for value in row[: limits.MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _cell(value: object) -> str:
    if isinstance(value, str):
        return " ".join(CONTROL.sub("", value[: limits.CELL_SIGNS]).split()) if value else ""
    if isinstance(value, float):
        # The reader gives whole numbers as floats; beyond fifteen digits the rest is made up.
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value)


if __name__ == "__main__":
    # Whatever the library prints of its panics is nobody's to read.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sys.exit(main(Path(sys.argv[1])))
