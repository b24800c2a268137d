"""The commands: exit codes, words, JSON."""

import io
import json
import shutil
from pathlib import Path

import pytest
from tests.rulebook.conftest import FIRST, SECOND

from xingyun.rulebook import command


def _run(*argv: str) -> tuple[int, str]:
    out = io.StringIO()
    return command.main(argv, out), out.getvalue()


@pytest.mark.parametrize("folder", [FIRST, SECOND])
@pytest.mark.parametrize("name", ["check", "test", "explain"])
@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_shipped_rulebooks_are_in_order(folder: Path, name: str, style: str, lang: str) -> None:
    code, said = _run(name, "--format", style, "--lang", lang, str(folder))
    assert code == 0, said
    assert said
    if style == "json":
        json.loads(said)


def test_check_says_so(first: object) -> None:
    code, said = _run("check", str(FIRST))
    assert code == 0
    assert said.startswith("没有要改的地方。2020年")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The made-up rulebook with a fault."""
    folder = tmp_path / "broken"
    shutil.copytree(SECOND, folder)
    text = (folder / "grades.toml").read_text("utf-8")
    (folder / "grades.toml").write_text(text.replace('requires = "silver"', 'requires = "slver"'), "utf-8")
    return folder


def test_check_lists_the_faults(broken: Path) -> None:
    code, said = _run("check", "--lang", "en", str(broken))
    assert code == 1
    assert "grades.toml:" in said
    assert "levels has no slver" in said
    assert "did you mean silver?" in said
    assert said.endswith("1 faults.\n")


def test_check_lists_the_faults_as_json(broken: Path) -> None:
    code, said = _run("check", "--format", "json", "--lang", "en", str(broken))
    fault = json.loads(said)["errors"][0]
    assert code == 1
    assert (fault["file"], fault["key"], fault["hint"]) == (
        "grades.toml",
        "levels[3].requires",
        "did you mean silver?",
    )
    assert fault["line"] > 1


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    """The made-up rulebook with a case that no longer holds."""
    folder = tmp_path / "failing"
    shutil.copytree(SECOND, folder)
    text = (folder / "grades.toml").read_text("utf-8")
    (folder / "grades.toml").write_text(text.replace("each = 10", "each = 9"), "utf-8")
    return folder


def test_a_failing_case_is_shown_with_its_way(failing: Path) -> None:
    code, said = _run("test", str(failing))
    assert code == 1
    assert "✗ gold-80" in said
    assert "得分：应为 80，得到 76" in said
    assert "经过的规则" in said
    assert "points.gold 〔第五条〕" in said


def test_a_failing_case_as_json(failing: Path) -> None:
    code, said = _run("test", "--format", "json", "--lang", "en", str(failing))
    failed = json.loads(said)["failed"]
    assert code == 1
    assert "points: expected 80, found 76" in failed[0]["problems"]
    assert failed[0]["way"]


def test_explain_reads_the_notice_back() -> None:
    _, said = _run("explain", str(FIRST))
    assert "〔三、2〕办理路径：区县评定三星级 → 区县推荐四星级 → 市评定四星级" in said
    assert "1,134 × 3% = 34.02，舍去小数为 34" in said
    assert "〔二、5、附件1第4项〕" in said
    _, english = _run("explain", "--lang", "en", str(SECOND))
    assert "Town decides Bronze sail → Town recommends Silver sail" in english
    assert "Gold sail: at least 70 points" in english


@pytest.mark.parametrize("argv", [(), ("check",), ("guess", "x"), ("check", "--format", "xml", "x")])
def test_a_command_that_makes_no_sense_shows_how(argv: tuple[str, ...]) -> None:
    code, said = _run(*argv)
    assert code == 2
    assert said.startswith("usage: xingyun rulebook")


def test_plain_functions() -> None:
    for function in (command.check, command.test, command.explain):
        assert function([str(FIRST)], io.StringIO()) == 0


def test_a_folder_that_is_not_there() -> None:
    code, said = _run("check", "--lang", "en", "/nowhere")
    assert code == 1
    assert "no rulebook files" in said
