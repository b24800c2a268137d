"""The summary table as Excel holds what is printed: codes and telephones as text, money as numbers."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from xingyun.documents import specimens
from xingyun.documents.spreadsheet import write_summary


def rows(folder: Path, **changes: object) -> list[list[object]]:
    data = {**specimens.sample("summary_table"), **changes}
    path = write_summary(data, folder / "s.xlsx")  # type: ignore[arg-type]
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_cells_hold_what_is_printed(tmp_path: Path) -> None:
    data = specimens.sample("summary_table")
    found = rows(tmp_path)
    labels = [column["label"] for column in data["table"]["columns"]]
    head = found.index(labels)
    assert found[0][0] == data["title"]
    assert "填报单位（盖章）：云州市新城区工业和信息化局" in str(found[head - 1][0])
    first = dict(zip(labels, found[head + 1], strict=True))
    assert first["序号"] == 1
    assert first["上云支出（万元）"] == 86.2
    assert first["联系电话"] == "13900000001"
    total = dict(zip(labels, found[head + 1 + len(data["table"]["rows"])], strict=True))
    assert (total["企业名称"], total["上云支出（万元）"]) == ("合计 18家", 1551.6)
    assert any("填表人：" in str(row[0]) and "负责人：" in str(row[0]) for row in found)


@pytest.mark.parametrize("printed", ["—", "86.2345678", "=1+1", "8,62", ""])
def test_what_is_no_number_stays_text(printed: str, tmp_path: Path) -> None:
    data = specimens.sample("summary_table")
    row = list(data["table"]["rows"][0])
    place = [column["label"] for column in data["table"]["columns"]].index("上云支出（万元）")
    row[place] = printed
    found = rows(tmp_path, table={**data["table"], "rows": [row]})
    assert printed in {line[place] for line in found if len(line) > place}


def test_fen_are_not_lost(tmp_path: Path) -> None:
    data = specimens.sample("summary_table")
    row = list(data["table"]["rows"][0])
    place = [column["label"] for column in data["table"]["columns"]].index("上云支出（万元）")
    row[place] = "12,345.678901"
    found = rows(tmp_path, table={**data["table"], "rows": [row]})
    assert 12345.678901 in {line[place] for line in found if len(line) > place}
