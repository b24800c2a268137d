"""Checks that nothing else sets off: each finds its fault, with the words that name it."""

import dataclasses
import io
import json
import shutil
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.rulebook.conftest import FIRST, ROOT, SECOND

from xingyun.rulebook import Facts, Rulebook, RulebookErrors, command
from xingyun.rulebook.cases import load_cases, read_cases, run
from xingyun.rulebook.cases.coverage import coverage
from xingyun.rulebook.checks import most
from xingyun.rulebook.contacts import read_contacts
from xingyun.rulebook.engine import score_sheet
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.explain import lines
from xingyun.rulebook.load import load_folder, load_source, tables, warnings
from xingyun.rulebook.names import value_name
from xingyun.rulebook.next_year import next_year
from xingyun.rulebook.reading import _percent, describe
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.shape import columns
from xingyun.rulebook.text import EMPTY, Text
from xingyun.rulebook.toml import to_toml
from xingyun.rulebook.wording.values import Values, number

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
    (("fixed = 3", "fixed = 3\nmaximum = 4"), "maximum goes with percent"),
    ((USERS, USERS + "\nmax = -1"), "max is below min"),
    (('field = "form_of_business"', 'field = "form_of_trade"'), "has no form_of_trade"),
    ((PERMIT, 'need = "required"\nwhen = { field = "certificates" }'), "field and is go together"),
    (("channels = [{", "channels = []\n# [{"), "at least one channel"),
    (('percent = "10%"', 'percent = "0%"'), "wrong value"),
]


@pytest.mark.parametrize(("change", "words"), WRONG, ids=[words for _change, words in WRONG])
def test_a_fault_is_found(faults: Faults, change: tuple[str, str], words: str) -> None:
    found = faults(change, folder=SECOND)
    assert any(words in line for line in found), found


@pytest.mark.parametrize("name", ["windows", "levels", "materials"])
def test_there_is_at_least_one_of_what_every_rulebook_needs(second: Rulebook, name: str) -> None:
    with pytest.raises(RulebookErrors) as caught:
        load_source({"one.toml": to_toml({**tables(second.source), name: []})})
    assert any(e.problem.en == "at least one entry is needed" for e in caught.value.errors)


def test_a_least_number_of_visits_is_none_below_nothing(manual_faults: Faults) -> None:
    found = manual_faults(("minimum = 2\nmaximum = 15", "minimum = -1"))
    assert any("can't be negative" in line for line in found), found
    found = manual_faults(("minimum = 2\nmaximum = 15", "minimum = 2\nmaximum = 1"))
    assert any("less than the least number" in line for line in found), found


def test_a_window_that_closes_ages_later_is_found(manual_faults: Faults) -> None:
    found = manual_faults(("closes = 2023-04-30", "closes = 2053-04-30"))
    assert any("too far after the notice" in line for line in found)


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_the_grace_after_a_close_is_short(manual_faults: Faults, minutes: int) -> None:
    found = manual_faults(("grace_minutes = 15", f"grace_minutes = {minutes}"))
    assert any("from 0 to 1440 minutes" in line for line in found), found


def test_a_grace_is_told_where_there_is_one(manual: Rulebook) -> None:
    told = [line.words.zh for line in lines(manual)]
    assert sum("宽限" in line for line in told) == 1


TILES = [
    ("tile = [3, 4]", "tile = [3, 7]", "not a tile of the map"),
    ("tile = [3, 4]", "tile = [3]", "not a tile of the map"),
    ("tile = [3, 4]", "tile = [2, 4]", "is lixia's already"),
]


@pytest.mark.parametrize(("before", "after", "words"), TILES)
def test_a_place_on_the_map_of_tiles_is_one_tile(faults: Faults, before: str, after: str, words: str) -> None:
    found = faults((before, after), folder=FIRST)
    assert any(words in line for line in found), found


YES, NO = (f'when = {{ field = "training", is = "{said}" }}' for said in ("yes", "no"))
TRAINING = 'label_en = "Training"\nrequired = false'
BUSINESS = 'label_en = "In business"\noptions'
STORY = 'max_chars = 100\nwhen = { deployments = ["own"] }'
EFFECT = 'key = "effect"\nlabel = "成效"'


def test_circumstances_that_exclude_one_another_are_told(manual_edited: Callable[..., Rulebook]) -> None:
    """Training is asked for where business is closed, and that where there is no training."""
    book = manual_edited(
        (TRAINING, TRAINING + '\nwhen = { field = "business", is = "no" }'),
        (BUSINESS, BUSINESS.replace("options", f"{NO}\noptions")),
        (STORY, f"max_chars = 100\n{YES}"),
        (EFFECT, f"{EFFECT}\n{YES}"),
    )
    told = [w.say("en") for w in warnings(book.source)]
    assert any("never asked" in line for line in told), told
    assert any("never demanded" in line and "conditions" in line for line in told), told


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


PANEL = """
[[cases]]
kind = "panel"
key = "a"
label = "甲"
label_en = "A"
panel = "{panel}"
scores = []
"""


NOTHING = 'quota = "nothing"\nbase = 1\nplaces = 1'


def test_a_panel_may_be_asked_for_its_score_alone(manual: Rulebook) -> None:
    (case,) = read_cases("x.cases.toml", PANEL.replace("{panel}", manual.panels[0].key))
    assert run(manual, case).passed


def test_a_case_about_nothing_fails_without_a_way(tmp_path: Path) -> None:
    shutil.copytree(SECOND, tmp_path / "book")
    (tmp_path / "book" / "more.cases.toml").write_text(
        PANEL.replace('kind = "panel"', 'kind = "quota"').replace('panel = "{panel}"\nscores = []', NOTHING)
    )
    out = io.StringIO()
    assert command.main(["test", "--lang", "en", str(tmp_path / "book")], out) == 1
    assert "the rulebook has no 'nothing'" in out.getvalue()
    assert "the way through" not in out.getvalue()


def test_where_points_decide_the_level_reached_is_met(
    edited: Callable[..., Rulebook],
) -> None:
    book = edited(("cap = 100\n", "cap = 100\ndecides = true\n"), folder=SECOND)
    gold = next(c for c in load_cases(SECOND) if c.key == "gold-80")
    seen = {s.rule: (s.met, s.unmet) for s in coverage(book, [gold])}
    assert (seen["points.gold"], seen["points.silver"]) == ((True, False), (False, True))


PAUSE = ('label_en = "Second half", closes', 'label_en = "Second half", opens = 2023-08-01, closes')


def test_a_pause_between_batches_has_an_end(edited: Callable[..., Rulebook]) -> None:
    book = edited(PAUSE, folder=CANGYU)
    dates = {day: book.batch_dates("rolling", day) for day in (date(2023, 6, 30), date(2023, 7, 10))}
    assert [found and found[0] and found[0].isoformat() for found in dates.values()] == [
        None,
        "2023-08-01T00:00:00+08:00",
    ]
    assert dates[date(2023, 6, 30)][1].isoformat() == "2023-07-01T00:00:00+08:00"
    assert book.batch_dates("rolling", date(2024, 1, 1)) is None
    assert load_folder(CANGYU).batch_dates("rolling", date(2023, 7, 10)) is None


def test_some_of_several_are_counted_in_words(manual_edited: Callable[..., Rulebook]) -> None:
    book = manual_edited(("at_least = 1\notherwise", "at_least = 2\notherwise"))
    said = next(line.words.zh for line in lines(book) if line.name.zh == "有传承贡献")
    assert "至少符合2项：" in said


def test_values_of_every_sort_have_words(first: Rulebook) -> None:
    values = Values(first)
    assert values.named("actors", "district").zh == "区县"
    assert values.named("actors", "applicant") == value_name("applicant")
    column = columns(Document)[0]
    assert values.say(column, Text("甲", "A")) == Text("“甲”", "“A”")
    assert values.say(column, {"lixia": 3, "abroad": 2}).zh == "历下区：3、abroad：2"
    assert number(Decimal("0.50")).zh == "0.50"


def test_any_command_tells_its_faults_as_json(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("a = 1", "utf-8")
    out = io.StringIO()
    assert command.main(["explain", "--format", "json", str(tmp_path)], out) == 1
    assert json.loads(out.getvalue())["in_order"] is False


def test_contacts_name_the_line_of_a_fault() -> None:
    with pytest.raises(RulebookErrors) as caught:
        read_contacts('[help]\nplatform_phone = "0531"\n\n[[contacts]]\nauthority = "a"\nnme = "b"\n')
    assert {e.line for e in caught.value.errors} >= {6}
    with pytest.raises(RulebookErrors) as caught:
        read_contacts('a = 1\ncontacts = [{ authority = "a" }]\n')
    assert {e.line for e in caught.value.errors} == {1, 2}


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
    assert describe(int | None).en == "a whole number"


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
