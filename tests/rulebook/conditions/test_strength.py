"""How strict a condition is, and who is spared it."""

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from tests.rulebook.conditions.conftest import LISTS, Book, field, kinds, of, rule

from xingyun.rulebook import Event, Facts, evaluate
from xingyun.rulebook.explain import lines

COMPANY = 'field = "form_of_business"\naccepted = ["other"]'
MET = 'field = "form_of_business"\naccepted = ["company"]'
WAIVED = 'waived_for = ["pool", "exempt"]'


def test_what_is_required_stops(book: Book, gold: Facts) -> None:
    found = of(book(rule("answer_is", COMPANY)), gold)
    assert [(f.kind, f.blocks, f.preference) for f in found] == [("obstacle", True, None)]
    assert found[0].remedy.zh == "要求的回答是：其他。"
    assert found[0].facts[0].zh == "企业类型：公司"


OWN = 'remedy = "改"\nremedy_en = "c"'


@pytest.mark.parametrize(
    ("kind", "lines_", "found"),
    [
        ("answer_is", MET, [("ok", "")]),
        ("answer_is", COMPANY, [("obstacle", "改")]),
        ("judged", "", [("judge", "改")]),
        ("outside_check", 'source = "a"\nsource_en = "a"\nchecked_by = "town"', [("hint", "")]),
        ("number", 'of = "field"\nfield = "much"\nat_least = 1', [("missing", "改")]),
        ("spend", 'event = "payment"', [("ok", ""), ("wrong", "请"), ("judge", "")]),
    ],
)
def test_a_remedy_of_the_rules_own_goes_before_that_of_its_kind(
    book: Book, gold: Facts, kind: str, lines_: str, found: list[tuple[str, str]]
) -> None:
    """It helps whoever is stopped or judged; what is miswritten is mended where it stands."""
    on = date(2021, 6, 1)
    paid = (Event(on=on, fen=100), Event(on=on, fen=100, oddity="bare"))
    rulebook = book(rule(kind, lines_, OWN), field("integer", "much"))
    said = of(rulebook, dataclasses.replace(gold, payments=paid, day=date(2022, 3, 1)))
    assert [(f.kind, f.remedy.zh[:1]) for f in said] == found


def test_what_does_not_stop_the_submission_still_tells(book: Book, gold: Facts) -> None:
    found = of(book(rule("answer_is", COMPANY, "stops_submission = false")), gold)
    assert [(f.kind, f.blocks) for f in found] == [("obstacle", False)]


def test_what_is_preferred_only_says_on_which_side_one_is(book: Book, gold: Facts) -> None:
    for lines_, met in ((COMPANY, False), (MET, True)):
        rulebook = book(
            rule("answer_is", lines_, 'strength = "preferred"', 'remedy = "改"', 'remedy_en = "c"')
        )
        found = of(rulebook, gold)
        assert [(f.kind, f.blocks, f.preference) for f in found] == [("hint", False, met)]
        told = "甲：符合。" if met else "甲：回答是“公司”。"
        assert found[0].text == f"优先条件，不影响申报。{told}"
        assert "改" not in found[0].say()
        assert evaluate(rulebook, gold).preferences == int(met)


def test_members_of_a_list_are_spared(book: Book, gold: Facts) -> None:
    rulebook = book(rule("answer_is", COMPANY, WAIVED), LISTS)
    assert kinds(rulebook, gold) == ["obstacle"]
    found = of(rulebook, dataclasses.replace(gold, members=frozenset({"exempt"})))
    assert [(f.kind, f.text) for f in found] == [("ok", "甲：列入“免除名单”，免除这一条。")]
    assert ([c.ref for c in found[0].clauses], found[0].where) == (["第二条", "第十二条"], ("offices",))


def test_until_somebody_has_looked_who_may_be_on_the_list_is_not_stopped(book: Book, gold: Facts) -> None:
    rulebook = book(rule("answer_is", COMPANY, WAIVED), LISTS)
    nobody_looked = dataclasses.replace(gold, unseen=frozenset({"exempt"}))
    found = of(rulebook, nobody_looked)
    assert [(f.kind, f.blocks) for f in found] == [("judge", False)]
    assert "列入“免除名单”的不受这一条限制" in found[0].say()
    either = of(rulebook, dataclasses.replace(gold, unseen=frozenset({"exempt", "pool"})))[0].remedy
    assert either.zh.startswith("列入“服务商库”“免除名单”的不受这一条限制")
    assert either.en.startswith("Those on “pool”, “exempt” are spared this")
    asked = book(
        rule("number", 'of = "field"\nfield = "much"\nat_least = 1', WAIVED), field("integer", "much"), LISTS
    )
    assert [f.kind for f in of(asked, gold)] == ["missing"]
    assert [(f.kind, f.blocks) for f in of(asked, nobody_looked)] == [("judge", False)]
    assert kinds(book(rule("answer_is", MET, WAIVED), LISTS), nobody_looked) == ["ok"]
    assert kinds(book(rule("answer_is", COMPANY), LISTS), nobody_looked) == ["obstacle"]


def test_a_preference_that_is_waived_is_met(book: Book, gold: Facts) -> None:
    rulebook = book(rule("answer_is", COMPANY, WAIVED, 'strength = "preferred"'), LISTS)
    found = of(rulebook, dataclasses.replace(gold, members=frozenset({"pool"})))
    assert [(f.kind, f.preference) for f in found] == [("hint", True)]


def test_a_veto_is_an_obstacle_like_any_other(book: Book, gold: Facts) -> None:
    assert [f.blocks for f in of(book(rule("answer_is", COMPANY, 'strength = "veto"')), gold)] == [True]
    assert kinds(book(rule("answer_is", MET, 'strength = "veto"')), gold) == ["ok"]


def test_a_veto_spares_nobody(wrong: Callable[..., list[str]]) -> None:
    found = wrong(rule("answer_is", COMPANY, WAIVED, 'strength = "veto"'), LISTS)
    assert len(found) == 1
    assert "a veto can't be waived for anyone" in found[0]


def test_a_list_that_is_not_there(wrong: Callable[..., list[str]]) -> None:
    assert any("lists has no exempt" in line for line in wrong(rule("answer_is", COMPANY, WAIVED)))


def test_explained(book: Book) -> None:
    rulebook = book(
        rule("answer_is", COMPANY, WAIVED, 'levels = ["gold"]'),
        rule("judged", 'strength = "preferred"', key="soft"),
        rule("judged", 'strength = "veto"', key="hard"),
        LISTS,
    )
    said = [line.say("zh") for line in lines(rulebook)]
    assert "〔第二条〕甲：甲；限申报金帆的；列入服务商库、免除名单的免除" in said
    assert "〔第二条〕甲：甲；优先条件，不符合也能申报" in said
    assert "〔第二条〕甲：甲；一票否决，直通条件和免除都不管用" in said
    assert "〔第十二条〕免除名单：名单；免除名单网，由乡镇查" in said
