"""Which rules the cases show from both sides."""

import dataclasses
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.rulebook.conftest import FIRST, SECOND

from xingyun.rulebook import Rulebook, RulebookErrors, command
from xingyun.rulebook.cases import load_cases, read_cases, run
from xingyun.rulebook.cases.coverage import Seen, coverage
from xingyun.rulebook.cases.schema import Case


def _seen(book: Rulebook, *cases: Case) -> dict[str, Seen]:
    return {s.rule: s for s in coverage(book, cases)}


def _case(key: str) -> Any:
    return next(c for c in load_cases(FIRST) if c.key == key)


def test_without_cases_nothing_is_seen(first: Rulebook) -> None:
    seen = _seen(first)
    assert not any(s.met or s.unmet for s in seen.values())
    assert "condition.stars-by-guide" not in seen, "what only people judge can't be met"
    assert "deployment.star-4" not in seen, "every model is admitted"
    assert {"condition.spend", "ladder.star-4", "deployment.star-3", "quota.district-three"} <= set(seen)


def test_an_application_shows_each_rule_from_one_side(first: Rulebook) -> None:
    case = _case("all-in-order")
    seen = _seen(first, case)
    assert seen["condition.spend"][2:] == (True, False)
    assert seen["material.licence"][2:] == (True, False)
    without = dataclasses.replace(case, facts=dataclasses.replace(case.facts, invoices=(), materials={}))
    assert _seen(first, without)["condition.spend"][2:] == (False, True)
    assert _seen(first, without)["material.licence"][2:] == (False, True)
    assert _seen(first, case, without)["condition.spend"][2:] == (True, True)


def test_quotas_and_deadlines_have_two_sides_too(first: Rulebook) -> None:
    text = """
    [[cases]]
    kind = "quota"
    key = "a"
    label = "甲"
    label_en = "A"
    quota = "district-three"
    base = 33
    places = 0
    [[cases]]
    kind = "moment"
    key = "b"
    label = "乙"
    label_en = "B"
    deadline = "district-report"
    now = 2020-10-26T12:00:00+08:00
    in_time = true
    """
    seen = _seen(first, *read_cases("x.cases.toml", text))
    assert seen["quota.district-three"][2:] == (False, True)
    assert seen["deadline.district-report"][2:] == (True, False)


def test_the_shipped_cases_show_every_rule_from_both_sides() -> None:
    out = io.StringIO()
    assert command.main(["test", "--lang", "en", str(FIRST)], out) == 0
    assert "have cases both of meeting them and of not meeting them." in out.getvalue()
    assert "only" not in out.getvalue()


def test_the_command_tells_it(tmp_path: Path) -> None:
    folder = tmp_path / "one-sided"
    shutil.copytree(FIRST, folder)
    (cases,) = folder.glob("*.cases.toml")
    cases.write_text(cases.read_text("utf-8").replace('provider-blacklist = "clear"', 'blacklist = "clear"'))
    cases.write_text(cases.read_text("utf-8").replace('finds = ["ok condition.provider-blacklist"]', ""))
    out = io.StringIO()
    assert command.main(["test", "--lang", "en", str(folder)], out) == 0
    assert "  only not met: condition “Providers on the blacklist”\n" in out.getvalue()
    out = io.StringIO()
    command.main(["test", "--format", "json", str(SECOND)], out)
    told = {s["rule"]: s for s in json.loads(out.getvalue())["coverage"]}
    assert told["points.gold"] == {"rule": "points.gold", "name": "评分“金帆”", "met": True, "unmet": True}


HEAD = '[[cases]]\nkey = "a"\nlabel = "甲"\nlabel_en = "A"\n'


def test_an_answer_is_not_repeated_without_end() -> None:
    text = HEAD + 'kind = "answer"\nfield = "scope"\ntyped = "字"\ntimes = {n}\nerror = "too_long"\n'
    assert read_cases("x.cases.toml", text.format(n=100_000))
    with pytest.raises(RulebookErrors, match="repeated 100000 times at most"):
        read_cases("x.cases.toml", text.format(n=100_001))
    facts = HEAD + 'kind = "application"\nfacts = {{ repeat = {{ scope = {n} }} }}\n'
    with pytest.raises(RulebookErrors, match="repeated 100000 times at most"):
        read_cases("x.cases.toml", facts.format(n=10**12))


@pytest.mark.parametrize("days", [0, -1, 251, 10**20])
def test_a_notice_of_days_that_make_no_sense_is_a_problem(first: Rulebook, days: int) -> None:
    text = HEAD + f'kind = "notice"\nstart = 2020-10-26\nends = 2020-10-30\ndays = {days}\n'
    (case,) = read_cases("x.cases.toml", text)
    assert run(first, case).passed is False


@pytest.mark.parametrize("sum_", ['"abc"', '""', "1.5", "true"])
def test_a_sum_that_is_none_is_a_fault(sum_: str) -> None:
    text = HEAD + f'kind = "application"\nfacts = {{ invoices = [{{ on = 2020-10-26, yuan = {sum_} }}] }}\n'
    with pytest.raises(RulebookErrors, match="yuan"):
        read_cases("x.cases.toml", text)
