"""Tables are read back with another library; nothing runs, nothing loses a digit."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from xingyun.documents.tables import Column, csv_lines, write_csv, write_xlsx, written_fen

COLUMNS = (
    Column("序号", "int", 6),
    Column("企业名称", width=30),
    Column("统一社会信用代码", width=22),
    Column("上云支出（万元）", "wan"),
    Column("合同金额（元）", "yuan"),
    Column("签订日期", "date"),
    Column("电话"),
)
ROWS = (
    (
        1,
        "云州市云岫智能制造股份有限公司",
        "91370199MA3TQ5XK8Y",
        86_200_000,
        86_200_055,
        date(2020, 3, 2),
        "01088880001",
    ),
    (2, '=HYPERLINK("http://x")', "00012345", 0, 1, None, "+8613900000000"),
)


def written(folder: Path, name: str = "t.xlsx") -> Path:
    return write_xlsx(
        folder / name,
        columns=COLUMNS,
        rows=ROWS,
        title="汇总表",
        total=(None, "合计", "", 86_200_000, None, None, None),
        lines_below=("负责人：　　审核人：",),
    )


def test_what_was_written_is_read(tmp_path: Path) -> None:
    rows = CalamineWorkbook.from_path(written(tmp_path)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "汇总表"
    assert rows[1] == [column.label for column in COLUMNS]
    assert rows[2][1:3] == ["云州市云岫智能制造股份有限公司", "91370199MA3TQ5XK8Y"]
    assert rows[2][3:7] == [86.2, 862000.55, date(2020, 3, 2), "01088880001"]
    assert rows[4][1] == "合计"
    assert rows[6][0] == "负责人：　　审核人："


def test_no_cell_becomes_a_formula_or_a_number(tmp_path: Path) -> None:
    row = CalamineWorkbook.from_path(written(tmp_path)).get_sheet_by_index(0).to_python()[3]
    assert row[1] == '=HYPERLINK("http://x")'
    assert row[2] == "00012345"
    assert row[6] == "+8613900000000"


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path, "a.xlsx").read_bytes() == written(tmp_path, "b.xlsx").read_bytes()


def test_a_row_of_the_wrong_length_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zip"):
        write_xlsx(tmp_path / "x.xlsx", columns=COLUMNS, rows=[(1, "短")])


def test_csv_for_excel() -> None:
    whole = "".join(csv_lines(COLUMNS, ROWS))
    assert whole.startswith("\ufeff序号")
    assert whole.count("\r\n") == 3
    rows = list(csv.reader(io.StringIO(whole.lstrip("\ufeff"))))
    assert rows[1][3:6] == ["86.20", "862000.55", "2020-03-02"]
    assert rows[2][1] == '\'=HYPERLINK("http://x")'
    assert rows[2][6] == "'+8613900000000"


@pytest.mark.parametrize(
    ("fen", "unit", "shown"),
    [
        (12345, "yuan", "123.45"),
        (-5, "yuan", "-0.05"),
        (86_200_000, "wan", "86.20"),
        (86_200_055, "wan", "86.200055"),
        (1, "wan", "0.000001"),
    ],
)
def test_money_is_exact(fen: int, unit: str, shown: str) -> None:
    assert written_fen(fen, unit) == shown  # type: ignore[arg-type]


def test_tenths_are_a_number_with_one_place(tmp_path: Path) -> None:
    columns, rows = (Column("环节"), Column("天", "tenths")), [("等受理", 35), ("补正", 0)]
    made = write_xlsx(tmp_path / "t.xlsx", columns=columns, rows=rows)
    read = CalamineWorkbook.from_path(made).get_sheet_by_index(0).to_python()
    assert [row[1] for row in read[1:]] == [3.5, 0]
    assert list(csv_lines(columns, rows))[1:] == ["等受理,3.5\r\n", "补正,0.0\r\n"]


def test_a_csv_file_says_what_its_lines_say(tmp_path: Path) -> None:
    out = write_csv(tmp_path / "a.csv", columns=COLUMNS, rows=ROWS, lines_below=("=谁导出的",))
    text = out.read_bytes().decode("utf-8")
    lines = "".join(csv_lines(COLUMNS, ROWS))
    assert text == f"{lines}'=谁导出的\r\n"


def test_lines_stand_above_the_heads_and_below_the_rows(tmp_path: Path) -> None:
    out = write_xlsx(
        tmp_path / "a.xlsx", columns=[Column("甲")], rows=[("1",)], lines_above=("=上",), lines_below=("下",),
        footer="&" * 300,
    )  # fmt: skip
    rows = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows if row[0]] == ["=上", "甲", "1", "下"]
