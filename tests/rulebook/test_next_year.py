"""A rulebook copied for another year: it loads, its dates have moved, and what is doubtful is named."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from tests.rulebook.conftest import FIRST, SECOND

from xingyun.rulebook import command, load_folder
from xingyun.rulebook.diff import diff
from xingyun.rulebook.next_year import TO_CHECK, next_year, unchecked


def _new(target: Path, *argv: str, source: Path = FIRST, year: int = 2021) -> tuple[int, str]:
    out = io.StringIO()
    code = command.main(["new", "--from", str(source), "--year", str(year), str(target), *argv], out)
    return code, out.getvalue()


def test_the_copy_is_a_rulebook_of_the_next_year(tmp_path: Path) -> None:
    code, said = _new(tmp_path / "jinan-2021")
    old, new = load_folder(FIRST), load_folder(tmp_path / "jinan-2021")
    assert code == 0
    assert (new.key, new.year, new.title) == (old.key, 2021, "2021年济南市星级上云企业申报")
    assert new.deadline("district-report").on == date(2021, 10, 26)
    assert {c.kind for c in diff(old, new)} == {"title_page", "conditions", "dates"}
    assert "7-procedure.toml:12 日期：on = 2021-10-26\n" in said
    assert "1-programme.toml:13 写着2020：" in said
    assert "例子“春节延长的假期”在新的一年不再成立" in said


def test_dates_are_marked_and_files_named_for_the_year(tmp_path: Path) -> None:
    _new(tmp_path / "new")
    names = {f.name for f in (tmp_path / "new").iterdir()}
    assert names == {f.name.replace("2020", "2021") for f in FIRST.iterdir()}
    text = (tmp_path / "new" / "7-procedure.toml").read_text("utf-8")
    assert "on = 2021-10-26  # 请核对 · to be checked\n" in text
    assert text.startswith("# 程序：")


def test_what_to_look_at_as_data(tmp_path: Path) -> None:
    _, said = _new(tmp_path / "new", "--format", "json", "--lang", "en", source=SECOND, year=2023)
    told = json.loads(said)
    assert "qinglan.cases.toml" in told["files"]
    assert {"file": "contacts.toml", "line": 0, "words": "contacts and telephones"} in told["look_at"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    code, said = _new(tmp_path, "--lang", "en")
    assert code == 1
    assert "exists already" in said
    assert [f.name for f in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("year", [0, 99999])
def test_a_year_out_of_reach_is_refused(tmp_path: Path, year: int) -> None:
    code, said = _new(tmp_path / "new", "--lang", "en", year=year)
    assert code == 1
    assert "from 1990 to 2200" in said
    assert not (tmp_path / "new").exists()


def test_only_dates_of_toml_move() -> None:
    text = 'a = "2020-01-01" # 2020-01-01\nb = [2020-02-29, 2019-12-31]\nc = """\n2020-01-01\n"""\n'
    made = next_year({"x.toml": text}, 2020, 2021)
    assert made.texts["x.toml"] == (
        'a = "2020-01-01" # 2020-01-01\nb = [2021-02-28, 2020-12-31]  # 请核对 · to be checked\n'
        'c = """\n2020-01-01\n"""\n'
    )


def test_moments_move_by_their_day() -> None:
    made = next_year({"x.toml": "now = 2020-10-26T23:59:59+08:00"}, 2020, 2022)
    assert made.texts["x.toml"].startswith("now = 2022-10-26T23:59:59+08:00  #")


def test_days_that_stand_in_words_are_named_with_the_words_around(tmp_path: Path) -> None:
    _, said = _new(tmp_path / "new")
    assert '1-programme.toml:319 写着10月26日：question = "10月26日到几点？约束谁？"\n' in said
    assert '写着2019年12月31日：label = "只有2019年12月31日的发票"\n' in said
    assert "写着26 October：…" in said


def test_dates_are_told_until_somebody_has_checked_them(tmp_path: Path) -> None:
    _new(tmp_path / "new")
    out = io.StringIO()
    assert command.main(["check", str(tmp_path / "new")], out) == 0
    assert "7-procedure.toml:12 · 还有 1 处日期没有核对 · 看过一处，就删去行末的" in out.getvalue()
    file = tmp_path / "new" / "7-procedure.toml"
    assert unchecked(file.name, file.read_text("utf-8").replace(TO_CHECK, "")) is None
