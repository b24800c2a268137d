"""The Chinese guide, followed to the letter, leads to the next year's rulebook."""

import io
import re
from pathlib import Path

import pytest
from tests.rulebook.conftest import FIRST, ROOT

from xingyun.rulebook import command, load_folder
from xingyun.rulebook.cases import load_cases, run
from xingyun.rulebook.cases.coverage import coverage
from xingyun.rulebook.load import warnings

GUIDE = (ROOT / "docs" / "rulebook.zh.md").read_text("utf-8")
STEPS = re.findall(r"^```(toml|diff) (\S+)\n(.*?)^```$", GUIDE, flags=re.S | re.M)
HOLIDAYS = {"notice-autumn-next", "notice-makeup-counted", "notice-spring-counted", "notice-spring-next"}


def _follow(file: Path, kind: str, step: str) -> None:
    text = file.read_text("utf-8")
    if kind == "toml":
        file.write_text(f"{text}\n{step}", "utf-8")
        return
    old, new = ("".join(line[1:] + "\n" for line in step.splitlines() if line[0] == sign) for sign in "-+")
    assert text.count(old) == 1, (file.name, old)
    file.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that somebody has who does what the guide says."""
    folder = tmp_path_factory.mktemp("guide") / "jinan-2021"
    argv = ["new", "--from", str(FIRST), "--year", "2021", str(folder)]
    assert command.main(argv, io.StringIO()) == 0
    for kind, name, step in STEPS:
        _follow(folder / name, kind, step)
    return folder


def test_its_cases_hold_but_for_the_holidays_it_tells_of(followed: Path) -> None:
    book = load_folder(followed)
    assert {c.key for c in load_cases(followed) if not run(book, c).passed} == HOLIDAYS


def test_every_rule_has_cases_of_both_sides(followed: Path) -> None:
    seen = {s.rule: (s.met, s.unmet) for s in coverage(load_folder(followed), load_cases(followed))}
    new = ("condition.safety-accident", "condition.environmental-penalty", "condition.spend")
    assert [seen[rule] for rule in new] == [(True, True)] * 3
    assert seen["deadline.district-report"] == (True, True)


def test_what_is_left_to_mend_are_words(followed: Path) -> None:
    left = warnings(load_folder(followed).source)
    assert {w.key.partition("[")[0] for w in left} == {
        "clauses",
        "conditions",
        "deadlines",
        "interpretations",
        "materials",
        "questions",
    }
    assert all("没有这个日期" in w.problem.zh for w in left)


def test_the_messages_that_it_explains_are_those_of_the_commands(followed: Path) -> None:
    out = io.StringIO()
    command.main(["check", str(followed)], out)
    command.main(["test", str(followed)], out)
    for said in ("处日期没有核对", "规则书里没有这个日期", "值得看看的", "应为", "得到"):
        assert said in out.getvalue()
        assert said in GUIDE
