"""Checks that nothing else sets off: each finds its fault, with the words that name it."""

import dataclasses
import io
import json
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.rulebook.conftest import ROOT, SECOND

from xingyun.rulebook import Facts, Rulebook, RulebookErrors, command
from xingyun.rulebook.cases import load_cases, read_cases, run
from xingyun.rulebook.checks import most
from xingyun.rulebook.contacts import read_contacts
from xingyun.rulebook.engine import score_sheet
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.explain import lines
from xingyun.rulebook.load import load_folder, load_source, read_folder, warnings
from xingyun.rulebook.next_year import next_year
from xingyun.rulebook.reading import _percent, describe
from xingyun.rulebook.text import EMPTY

Faults = Callable[..., list[str]]
CANGYU = ROOT / "tests" / "rulebooks" / "cangyu-2023"
USERS = 'key = "users"\nsection = "company"\nkind = "integer"'
WANTED = 'key = "certificates"\nsection = "wish"\nkind = "multi_choice"'
OPTIONS = 'options = [{ key = "a", label = "甲", label_en = "A" }]'
PRESS = 'key = "press"\nnumber = 6'
PERMIT = 'need = "required"\nwhen = { deployments = ["own"] }'

WRONG = [
    ((WANTED, WANTED + '\noptions_from = "levels"'), "either options or options_from"),
    ((USERS, USERS + "\nmax_chars = 3"), "only texts have max_chars"),
    (('options_from = "levels"', 'options_from = "deployments"'), "takes its options from the rulebook"),
    (
        (USERS, USERS + '\noptions = [{ key = "a", label = "甲", label_en = "A" }]'),
        "only choices have options",
    ),
    ((PERMIT, 'need = "required"\nwhen = { }'), "no circumstance is named"),
    (("on = 2022-03-15", "on = 2043-03-15"), "too far after the notice"),
    (
        ('key = "press"\nnumber = 6', 'key = "press"\nnumber = 6\nmade_by_system = true'),
        "one application form only",
    ),
    (('asks = "deployments"', 'asks = "deployments"\nabout = "grade"'), "has no `about`"),
    (("fixed = 3", "fixed = -3"), "can't be negative"),
    (('percent = "10%"', 'percent = "0%"'), "wrong value"),
]


@pytest.mark.parametrize(("change", "words"), WRONG, ids=[words for _change, words in WRONG])
def test_a_fault_is_found(faults: Faults, change: tuple[str, str], words: str) -> None:
    found = faults(change, folder=SECOND)
    assert any(words in line for line in found), found


def test_there_is_at_least_one_window(faults: Faults) -> None:
    text = "\n".join(read_folder(SECOND).values())
    assert "[[windows]]" in text
    source = {"one.toml": text.replace("[[windows]]", "[[nothing]]")}
    with pytest.raises(RulebookErrors):
        load_source(source)


def test_a_window_that_closes_ages_later_is_found(manual_faults: Faults) -> None:
    found = manual_faults(("closes = 2023-04-30", "closes = 2053-04-30"))
    assert any("too far after the notice" in line for line in found)


def test_circumstances_that_exclude_one_another_are_told(manual_edited: Callable[..., Rulebook]) -> None:
    never = 'when = { levels = ["second"], deployments = ["own"], field = "training", is = "yes" }'
    field = 'max_chars = 100\nwhen = { deployments = ["own"] }'
    asked = 'label = "有没有培训"\nlabel_en = "Training"\nrequired = false'
    closed = asked + '\nwhen = { field = "business", is = "no" }'
    book = manual_edited(
        (asked, closed),
        (never, never.replace('"second"]', '"second"]').replace('"yes" }', '"yes" }')),
        (field, 'max_chars = 100\nwhen = { field = "training", is = "yes", deployments = ["own"] }'),
    )
    assert all("never asked" not in w.say("en") for w in warnings(book.source))


@pytest.mark.parametrize("folder", [CANGYU], ids=["cangyu"])
def test_the_provinces_cases_hold(folder: Path) -> None:
    book = load_folder(folder)
    failed = [run(book, case) for case in load_cases(folder)]
    assert [r.case.key for r in failed if not r.passed] == []


def test_a_title_may_be_asked_for_its_state_alone() -> None:
    text = """
    [[cases]]
    kind = "title"
    key = "a"
    label = "甲"
    label_en = "A"
    level = "mark-4"
    awarded_on = 2023-07-25
    on = 2023-07-24
    state = "not_yet"
    """
    (case,) = read_cases("x.cases.toml", text)
    assert run(load_folder(CANGYU), case).passed


def test_any_command_tells_its_faults_as_json(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("a = 1", "utf-8")
    out = io.StringIO()
    assert command.main(["explain", "--format", "json", str(tmp_path)], out) == 1
    assert json.loads(out.getvalue())["in_order"] is False


def test_contacts_name_the_line_of_a_fault() -> None:
    with pytest.raises(RulebookErrors) as caught:
        read_contacts('[help]\nplatform_phone = "0531"\n\n[[contacts]]\nauthority = "a"\nnme = "b"\n')
    assert {e.line for e in caught.value.errors} >= {6}


def test_a_rulebook_that_asks_for_spending_keeps_a_ledger(first: Rulebook) -> None:
    assert first.keeps_ledger
    plain = dataclasses.replace(first, conditions=(), materials=(), points=None)
    assert not plain.keeps_ledger


def test_without_a_ranking_nothing_is_said_of_one(first: Rulebook) -> None:
    plain = dataclasses.replace(first, ranking=None)
    assert not any(line.name.zh == "排序" for line in lines(plain))
    assert any(line.name.zh == "排序" for line in lines(first))


def test_shares_beyond_the_whole_are_none() -> None:
    assert [_percent(raw) for raw in ("0%", "101%", "3/2", "abc")] == [None] * 4
    assert str(_percent("1/30")) == "1/30"


def test_a_list_is_described_as_one() -> None:
    assert describe(tuple[str, ...]).en == "a list"


def test_where_nothing_counts_the_most_is_nothing(first: Rulebook, second: Rulebook) -> None:
    assert (most.in_total(first), most.in_group(first, "use")) == (0, 0)
    plain = dataclasses.replace(second, checklist=None)
    assert most.of_item(plain, next(i for i in second.points.items if i.kind == "domains")) == 0


def test_the_score_sheet_knows_the_most_of_every_kind_of_item(manual: Rulebook, weaver: Facts) -> None:
    case = Case(manual, weaver)
    for item in manual.points.items:
        bound = score_sheet.most(manual, item)
        assert bound == item.cap if item.kind == "domains" else bound > 0
        assert score_sheet.seen(case, item) != EMPTY or item.kind in ("domains", "condition")


def test_places_by_authority_are_a_table(faults: Faults) -> None:
    assert any("a table" in line for line in faults(("fixed = 3", "fixed_by_authority = 3"), folder=SECOND))


def test_a_date_before_a_long_text_is_moved_and_the_text_left_alone() -> None:
    text = 'on = 2020-10-26\nall = [2020-01-01, """in\n2020-01-01"""]\n'
    moved = next_year({"a.toml": text}, 2020, 2021).texts["a.toml"]
    assert tomllib.loads(moved) == {"on": date(2021, 10, 26), "all": [date(2021, 1, 1), "in\n2020-01-01"]}
