"""The commands: exit codes, words, JSON."""

import io
import json
import shutil
from pathlib import Path

import pytest
from tests.rulebook.conftest import FIRST, SECOND

from xingyun.rulebook import Rulebook, command, load_source


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


def test_check_warns_and_is_content(tmp_path: Path) -> None:
    folder = tmp_path / "unused"
    shutil.copytree(FIRST, folder)
    for file, old in (("7-procedure.toml", ', "附件2"'), ("3-conditions.toml", '"shared-quota", ')):
        text = (folder / file).read_text("utf-8")
        (folder / file).write_text(text.replace(old, "", 1), "utf-8")
    code, said = _run("check", "--lang", "en", str(folder))
    assert code == 0
    assert "\nTo be looked at, 2:\n  1-programme.toml:" in said
    assert "the reading shared-quota is not used" in said
    _, said = _run("check", "--lang", "en", "--format", "json", str(folder))
    told = json.loads(said)
    assert told["in_order"]
    assert [w["key"] for w in told["warnings"]] == ["clauses[21]", "interpretations[3]"]


def test_several_folders_at_once(broken: Path) -> None:
    code, said = _run("check", "--lang", "en", "--format", "json", str(FIRST), str(broken))
    assert code == 1
    assert [told["in_order"] for told in json.loads(said)] == [True, False]
    code, said = _run("test", "--lang", "en", str(FIRST), str(SECOND))
    assert code == 0
    assert said.count("passed, 0 failed.") == 2


def test_faults_of_all_files_come_at_once(broken: Path) -> None:
    (broken / "contacts.toml").write_text("help = 1", "utf-8")
    (broken / "qinglan.cases.toml").write_text("cases = 1", "utf-8")
    _, said = _run("check", "--format", "json", str(broken))
    files = {e["file"] for e in json.loads(said)["errors"]}
    assert files == {"contacts.toml", "grades.toml", "qinglan.cases.toml"}


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


def test_help_is_no_fault() -> None:
    assert _run("--help")[0] == 0


def test_the_whole_edition_as_toml_is_the_same_edition(first: Rulebook) -> None:
    code, said = _run("explain", "--format", "toml", str(FIRST))
    assert code == 0
    assert said.startswith("[programme]\nkey = ")
    assert load_source({"one.toml": said}).digest == first.digest


def test_what_changes_between_two_editions(tmp_path: Path) -> None:
    shutil.copytree(FIRST, tmp_path / "new")
    file = tmp_path / "new" / "7-procedure.toml"
    file.write_text(file.read_text("utf-8").replace("on = 2020-10-26", "on = 2020-10-31"), "utf-8")
    code, said = _run("diff", str(FIRST), str(tmp_path / "new"))
    assert code == 0
    assert "\n日期\n  〔三、3〕期限“区县上报截止”的日期由10月26日改为10月31日\n" in said
    assert said.endswith("共 1 处变化。\n")
    _, said = _run("diff", "--format", "json", "--lang", "en", str(FIRST), str(tmp_path / "new"))
    (change,) = json.loads(said)["changes"]
    assert (change["kind"], change["path"]) == ("dates", ["deadlines", "district-report", "on"])
    assert (change["old"], change["new"]) == ("26 October 2020", "31 October 2020")


def test_equal_editions_are_said_to_be_equal() -> None:
    assert _run("diff", "--lang", "en", str(FIRST), str(FIRST)) == (0, "\nBoth editions say the same.\n")


def test_the_schema_is_printed() -> None:
    code, said = _run("schema")
    assert code == 0
    assert json.loads(said)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", ["contacts.toml", "qinglan.cases.toml"])
@pytest.mark.parametrize("content", [b"a = = 1", "标题".encode("gb18030")])
def test_broken_files_beside_the_rulebook_are_faults_too(tmp_path: Path, name: str, content: bytes) -> None:
    shutil.copytree(SECOND, tmp_path / "broken")
    (tmp_path / "broken" / name).write_bytes(content)
    code, said = _run("check", "--lang", "en", str(tmp_path / "broken"))
    assert code == 1
    assert said.startswith(name)


def test_a_folder_that_is_not_there() -> None:
    code, said = _run("check", "--lang", "en", "/nowhere")
    assert code == 1
    assert "no rulebook files" in said


def test_explain_says_how_large_a_number_may_be_and_in_what() -> None:
    _, said = _run("explain", str(FIRST))
    assert "总人数：整数，必填，1 至 9,999,999，单位：人" in said
    _, english = _run("explain", "--lang", "en", str(FIRST))
    assert "Deployment model: several choices, required, at least 1, " in english


def test_cases_with_one_cause_are_told_together(tmp_path: Path) -> None:
    shutil.copytree(FIRST, tmp_path / "new")
    file = tmp_path / "new" / "5-form.toml"
    new = '[[form.fields]]\nkey = "servers"\nsection = "applicant"\nkind = "integer"\n'
    new += 'label = "服务器"\nlabel_en = "Servers"\n'
    file.write_text(f"{file.read_text('utf-8')}\n{new}", "utf-8")
    code, said = _run("test", str(tmp_path / "new"))
    assert code == 1
    assert said.count("不能提交的原因：多出 form.servers\n") == 1
    assert "个例子不符之处相同：invoice-2019、" in said


def test_a_clause_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    shutil.copytree(FIRST, tmp_path / "new")
    file = tmp_path / "new" / "4-materials.toml"
    file.write_text(file.read_text("utf-8").replace('clause = "二、10"', 'clause = "二、12"', 1), "utf-8")
    _, said = _run("check", str(tmp_path / "new"))
    assert "clauses 里没有“二、12” · 应为：“一、1”“一、2”“" in said
    assert "等，共 " in said
    assert "新的条款先在 [[clauses]] 里写一条。" in said
