"""Tables that officials hand in: xlsx, CSV, or lines pasted from one. Read into plain rows of text."""

import csv
import io
import zipfile
from collections.abc import Iterable
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from xingyun.audit.errors import Refused
from xingyun.rulebook import uscc as codes

UNPACKED = 256 * 1024 * 1024
MOST = 200_000
HEADS_OF_CODES = ("信用代码", "统一代码", "uscc", "credit code")
HEADS_OF_NAMES = ("名称", "企业", "单位", "name", "enterprise")


class Line(NamedTuple):
    """A row of the file: its place there (from 1), the code and the name as they stand."""

    number: int
    code: str
    name: str


def from_file(source: BinaryIO, name: str) -> list[Line]:
    """The lines of an uploaded xlsx or CSV. Raises Refused (field "file") for what can't be read."""
    if name.lower().endswith(".xlsx"):
        return lines(_xlsx(source))
    if name.lower().endswith((".csv", ".txt")):
        return lines(_csv(_decoded(source.read(UNPACKED))))
    raise Refused(_("只能读 .xlsx 和 .csv。旧格式的 .xls 请用“另存为”存成 .xlsx 后再传。"), field="file")


def from_text(text: str) -> list[Line]:
    """The lines of pasted text, columns apart by tabs, commas or spaces."""
    return lines(_csv(text))


def lines(rows: Iterable[list[str]]) -> list[Line]:
    """Codes and names, found by the head of the table, else by what the columns hold."""
    known = [(n, row) for n, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if not known:
        raise Refused(_("没有读到任何行。请检查文件的第一张工作表，或粘贴“代码 名称”两列。"), field="file")
    code, name, headed = _columns([row for _n, row in known])
    return [Line(n, _cell(row, code), _cell(row, name)) for n, row in known[1 if headed else 0 :]]


def _columns(rows: list[list[str]]) -> tuple[int, int, bool]:
    head = [cell.strip().lower() for cell in rows[0]]
    code = next((n for n, cell in enumerate(head) if any(word in cell for word in HEADS_OF_CODES)), None)
    others = [n for n, cell in enumerate(head) if any(word in cell for word in HEADS_OF_NAMES) and n != code]
    if code is not None and others:
        named = next((n for n in others if "名称" in head[n] or "name" in head[n]), others[0])
        return code, named, True
    width = max(len(row) for row in rows[:50])
    code = max(range(width), key=lambda n: sum(_like_a_code(_cell(row, n)) for row in rows[:50]))
    name = max((n for n in range(width) if n != code), key=lambda n: _letters(rows, n), default=code + 1)
    return code, name, False


def _like_a_code(cell: str) -> bool:
    return len(codes.normalise(cell)) == codes.LENGTH and codes.normalise(cell).isalnum()


def _letters(rows: list[list[str]], column: int) -> int:
    return sum(not sign.isdigit() for row in rows[:50] for sign in _cell(row, column))


def _cell(row: list[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("读不出文字。请另存为“CSV UTF-8”或 .xlsx 后再传。"), field="file")


def _csv(text: str) -> list[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = next((sign for sign in ("\t", ",", ";") if sign in first), "")
    plain = text.replace("，", ",") if not sign and "，" in first else text
    if not sign and plain is text:
        return _within(line.split(None, 1) for line in text.splitlines())
    try:
        return _within(csv.reader(io.StringIO(plain), delimiter=sign or ","))
    except csv.Error as error:
        raise Refused(_("读到一半断了：%s。请另存为 .xlsx 后再传。") % error, field="file") from error


def _xlsx(source: BinaryIO) -> list[list[str]]:
    try:
        with zipfile.ZipFile(source) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > UNPACKED:
                raise Refused(_("表格展开后太大。请只留代码和名称两列再传。"), field="file")
        source.seek(0)
        sheet = CalamineWorkbook.from_filelike(source).get_sheet_by_index(0)
        return _within([_text(cell) for cell in row] for row in sheet.iter_rows())
    except (Refused, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the reader's panics are no Exceptions
        raise Refused(_("表格打不开，可能没有存完整。请重新另存为 .xlsx 再传。"), field="file") from error


def _text(cell: object) -> str:
    # The reader gives whole numbers as floats.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _within(rows: Iterable[list[str]]) -> list[list[str]]:
    found: list[list[str]] = []
    for row in rows:
        if len(found) >= MOST:
            raise Refused(_("超过 %(most)s 行。请分成几个文件再传。") % {"most": f"{MOST:,}"}, field="file")
        found.append(row)
    return found
