"""Tables as offices hand them in, and files made to do harm: read in a bounded child, or refused in words."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from xingyun.documents.sheets import SheetError, bounded, limits, reading

FILES = Path(__file__).parent / "files"
TWO = "代码,名称\n91,甲\n"


def read(path):
    with reading(path) as sheet:
        return sheet, list(sheet.lines)


def given(tmp_path, content, name="a.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def workbook(path, *sheets, hidden=()):
    with xlsxwriter.Workbook(path) as book:
        for n, cells in enumerate(sheets):
            sheet = book.add_worksheet()
            for (row, column), value in cells.items():
                sheet.write(row, column, value)
            if n in hidden:
                sheet.hide()
    return path


def code(path):
    with pytest.raises(SheetError) as caught:
        read(path)
    assert caught.value.zh
    assert caught.value.en
    return caught.value.code


def test_rows_keep_their_numbers_and_cells_become_plain_text(tmp_path):
    cells = {
        (2, 0): "名 \n 称",
        (2, 2): 12.0,
        (4, 1): 3.5,
        (5, 0): True,
        (6, 0): " \x01x",
        (7, 0): 123456789012345678,
    }
    sheet, lines = read(workbook(tmp_path / "a.xlsx", cells))
    assert (sheet.sheets, sheet.count) == (1, 5)
    assert [tuple(line) for line in lines] == [
        (3, ["名 称", "", "12"]),
        (5, ["", "3.5"]),
        (6, ["True"]),
        (7, ["x"]),
        (8, ["1.234567890123457e+17"]),
    ]


def test_the_old_format_with_its_dates():
    sheet, lines = read(FILES / "roster.xls")
    assert sheet.name == "名录"
    assert lines[0].cells == ["上云企业名录（历城区）"]
    assert lines[2].cells[1:] == ["历城区1号公司", "2019-01-05"]


def test_the_first_visible_sheet_that_holds_anything(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {}, {(0, 0): "藏"}, {(0, 0): "见"}, hidden=(1,))
    sheet, lines = read(path)
    assert (sheet.name, sheet.sheets, lines[0].cells) == ("Sheet3", 2, ["见"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path, encoding):
    assert read(given(tmp_path, TWO.encode(encoding)))[1][1].cells == ["91", "甲"]


@pytest.mark.parametrize("text", ["91\t甲,乙", "91;甲、乙", "91 甲、乙", "91，甲"])
def test_signs_between_columns(tmp_path, text):
    assert read(given(tmp_path, text.encode()))[1][0].cells[0] == "91"
    assert len(read(given(tmp_path, text.encode()))[1][0].cells) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b",,\n,,\n", "empty"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 5000, "damaged"),
        (b"%PDF-1.4\n\0\0\0", "kind"),
        (b"<html><table><tr><td>1</td></tr></table>", "markup"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "markup"),
        (b"a\xff\xff\x81", "letters"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, content, said):
    assert code(given(tmp_path, content)) == said


def test_a_far_off_cell_asks_for_half_a_terabyte_and_gets_nothing(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {(0, 0): "x", (1_048_575, 16_383): 1})
    assert path.stat().st_size < 10_000
    assert code(path) == "heavy"


def test_a_bomb_is_not_unpacked(tmp_path):
    path = tmp_path / "a.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as entry,
    ):
        for _n in range(300):
            entry.write(b" " * 1024 * 1024)
    assert path.stat().st_size < 1024 * 1024
    assert code(path) == "heavy"


def test_entities_are_not_grown(tmp_path):
    plain = workbook(tmp_path / "plain.xlsx", {(0, 0): "x"})
    bomb = '<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w") as packed:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sharedStrings.xml"):
                content = content.replace(b"<sst", bomb.encode() + b"]><sst", 1).replace(b"<t>x", b"<t>&i;")
            packed.writestr(name, content)
    path = given(tmp_path, out.getvalue(), "bomb.xlsx")
    try:
        _sheet, lines = read(path)
    except SheetError:
        return
    assert sum(len(cell) for line in lines for cell in line.cells) <= limits.CELL_SIGNS


def test_too_many_rows(tmp_path):
    content = b"".join(b"%d,x\n" % n for n in range(limits.MOST_ROWS + 1))
    assert code(given(tmp_path, content)) == "rows"


def test_whoever_takes_too_long_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(bounded, "WAIT", 0.01)
    assert code(given(tmp_path, TWO.encode())) == "heavy"
