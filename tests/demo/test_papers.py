"""`xingyun demo papers DIR`, or `--papers DIR`: one of each paper in each format, without a database."""

from pathlib import Path

import pytest

from xingyun.demo import command
from xingyun.documents import specimens


@pytest.mark.parametrize("how", ["papers", "--papers"])
def test_one_of_each_is_written(how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "papers"
    assert command.run([how, str(folder)]) == 0
    assert {path.stem for path in folder.glob("*.pdf")} == set(specimens.names())
    assert {path.stem for path in folder.glob("*.docx")} == set(specimens.names()) - {"certificate"}
    assert [path.name for path in folder.glob("*.xlsx")] == ["summary_table.xlsx"]
    assert len(capsys.readouterr().out.splitlines()) == len(list(folder.iterdir()))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "file"
    place.write_text("")
    assert command.run(["papers", str(place)]) == 2
    assert "file" in capsys.readouterr().out
