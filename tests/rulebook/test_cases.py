"""The worked cases of both rulebooks, and what a failing one shows."""

from pathlib import Path

import pytest
from tests.rulebook.conftest import BESIDE, FIRST, SECOND

from xingyun.rulebook import Rulebook, RulebookErrors, load_folder
from xingyun.rulebook.cases import load_cases, read_cases, run
from xingyun.rulebook.cases.load import merged
from xingyun.rulebook.cases.schema import Case

BOOKS = {folder: load_folder(folder) for folder in (FIRST, SECOND, BESIDE)}
ALL = [
    pytest.param(folder, case, id=f"{folder.name}:{case.key}")
    for folder in BOOKS
    for case in load_cases(folder)
]


@pytest.mark.parametrize(("folder", "case"), ALL)
def test_case(folder: Path, case: Case) -> None:
    result = run(BOOKS[folder], case)
    assert result.passed, [p.zh for p in (*result.problems, *result.way)]


def test_there_are_enough_of_them() -> None:
    assert len(load_cases(FIRST)) >= 30
    assert {c.kind for c in load_cases(FIRST)} == {
        "application",
        "quota",
        "path",
        "moment",
        "notice",
        "answer",
        "self_check",
    }


BASE = """
[[facts]]
key = "empty"
facts = { answers = { level = "star-3" }, claims = { portal = true } }

[[cases]]
key = "x"
label = "例"
label_en = "case"
"""
FAILING = [
    ('kind = "application"\nfrom = "empty"\nfinds = ["ok condition.spend"]', "not found: ok condition.spend"),
    (
        'kind = "application"\nfrom = "empty"\nlacks = ["missing condition.spend"]',
        "found against expectation",
    ),
    ('kind = "application"\nfrom = "empty"\nblocked_by = []', "blocked by: unexpected condition."),
    (
        'kind = "application"\nfrom = "empty"\nmissing = ["licence"]',
        "missing materials: unexpected assessment",
    ),
    ('kind = "application"\nfrom = "empty"\ncites = ["四"]', "四 is not cited"),
    ('kind = "application"\nfrom = "empty"\npoints = 5', "points: expected 5, found none"),
    ('kind = "quota"\nquota = "district-three"\nbase = 33\nplaces = 1', "places: expected 1, found 0"),
    (
        'kind = "quota"\nquota = "district-three"\nbase = 34\nplaces = 1\nused = 2\nleft = 1',
        "left: expected 1",
    ),
    ('kind = "quota"\nquota = "district-three"\nbase = 34\nplaces = 1\nwords = "-"', "the sum: expected -"),
    ('kind = "quota"\nquota = "nothing"\nbase = 33\nplaces = 1', "has no 'nothing'"),
    ('kind = "path"\nlevel = "star-3"\npath = []', "path: expected"),
    (
        'kind = "moment"\ndeadline = "district-report"\nnow = 2020-10-27T00:00:00+08:00\nin_time = true',
        "in time",
    ),
    ('kind = "notice"\nstart = 2020-12-23\nends = 2020-12-30', "last day: expected 2020-12-30"),
    ('kind = "answer"\nfield = "name"\ntyped = "甲"\nvalue = "乙"', "value: expected 乙, found 甲"),
    ('kind = "answer"\nfield = "name"\ntyped = "甲"\nerror = "empty"', "error: expected empty, found none"),
    ('kind = "answer"\nfield = "cloud_since"\ntyped = "x"', "error: expected none, found not_month"),
    ('kind = "self_check"\nanswers = {}\nlevel = "star-3"\nheading = "-"', "heading: expected -"),
    ('kind = "self_check"\nanswers = {}\nlevel = "star-9"', "has no 'star-9'"),
    ('kind = "path"\nlevel = "star-3"\npath = ["district decide star-3"]\nclause = "九"', "no clause 九"),
]


@pytest.mark.parametrize(("case", "said"), FAILING)
def test_a_failing_case_says_what_differs(first: Rulebook, case: str, said: str) -> None:
    result = run(first, read_cases("x.cases.toml", BASE + case)[0])
    assert not result.passed
    assert any(said in problem.en for problem in result.problems), result.problems


def test_a_failing_case_shows_the_way_through_the_rules(first: Rulebook) -> None:
    case = read_cases("x.cases.toml", BASE + 'kind = "application"\nfrom = "empty"\nblocked_by = []')[0]
    way = [step.zh for step in run(first, case).way]
    assert any("condition.spend 〔一、1〕 还没有录入发票" in step for step in way)
    assert any("deployment" not in step and "form.name" in step for step in way)


WRONG = [
    (BASE + 'kind = "application"\nfrom = "nobody"', "there are no facts nobody"),
    (BASE + 'kind = "application"\nfrom = "empty"\nfind = []', "unknown key find"),
    (BASE + 'kind = "quota"\nquota = "a"\nbase = "b"\nplaces = 1', "a whole number"),
    (BASE + 'kind = "moment"\nnow = 2020-10-27T00:00:00\nin_time = true', "a moment with its zone"),
    (BASE + 'kind = "riddle"', "application, quota"),
    ("cases = 3", "a list"),
    ("cases = [3]", "application, quota"),
    ("facts = 3\ncases = []", "a list"),
    ("facts = [{ key = 'a', facts = { answer = {} } }]\ncases = []", "did you mean answers"),
    (BASE + 'kind = "application"\nfrom = "empty"\nchange = 3', "a table"),
    ("x = = 1", "x.cases.toml"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_faults_in_a_file_of_cases(text: str, said: str) -> None:
    with pytest.raises(RulebookErrors) as caught:
        read_cases("x.cases.toml", text)
    assert any(said in error.say("en") for error in caught.value.errors)


def test_merging_takes_away_what_is_emptied() -> None:
    assert merged({"a": {"b": 1, "c": 2}, "d": [1]}, {"a": {"b": "", "e": 3}, "d": []}) == {
        "a": {"c": 2, "e": 3},
        "d": [],
    }


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ('reached = "none"', ""),
        ('reached = "gold"', "level reached: expected gold, found none"),
        ("groups = { use = 41 }", "points of use: expected 41, found 40"),
        ("items = { each-use = 40 }", ""),
        ("items = { nothing = 1 }", "the rulebook has no 'nothing'"),
    ],
)
def test_what_the_score_must_be(second: Rulebook, expected: str, said: str) -> None:
    text = (SECOND / "qinglan.cases.toml").read_text("utf-8")
    facts = text[: text.index("[[cases]]")]
    case = '[[cases]]\nkind = "application"\nkey = "a"\nlabel = "a"\nlabel_en = "a"\nfrom = "gold"\n'
    result = run(second, read_cases("a.cases.toml", f"{facts}{case}{expected}\n")[0])
    assert [p.en for p in result.problems] == ([said] if said else [])


def test_what_came_instead_is_told(first: Rulebook) -> None:
    case = 'kind = "application"\nfrom = "empty"\nfinds = ["ok condition.spend", "ok condition.spnd"]'
    said = [p.zh for p in run(first, read_cases("x.cases.toml", BASE + case)[0]).problems]
    assert "没有得到：ok condition.spend（这条规则得到的是 missing）" in said
    assert "没有得到：ok condition.spnd（没有这条规则的结论，请核对代号）" in said
