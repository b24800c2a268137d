"""Conditions made of others: on which side each part stands decides the whole."""

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from tests.rulebook.conditions.conftest import LISTS, Book, field, kinds, of, rule

from xingyun.rulebook import Event, Facts, LookUp, evaluate, self_check
from xingyun.rulebook.explain import lines

MET = rule("answer_is", 'field = "form_of_business"\naccepted = ["company"]', key="met")
NOT = rule("answer_is", 'field = "form_of_business"\naccepted = ["other"]', key="not")
LATER = rule("answer_is", 'field = "choice"\naccepted = ["yes"]', key="later")
CHOICE = field("choice", "choice", 'options = [{ key = "yes", label = "是", label_en = "Yes" }]')
JUDGE = rule("judged", key="judge")
OPEN = rule("outside_check", 'source = "a"\nsource_en = "a"\nchecked_by = "town"', key="open")
PARTS = {"met": MET, "not": NOT, "later": LATER, "judge": JUDGE, "open": OPEN}


def _made(book: Book, kind: str, keys: str, *lines_: str) -> object:
    named = ", ".join(f'"{key}"' for key in keys.split())
    whole = rule(kind, f"conditions = [{named}]", *lines_)
    return book(whole, *(PARTS[key] for key in keys.split()), CHOICE)


SIDES = [
    ("any_of", "not met", "ok"),
    ("any_of", "judge met open", "ok"),
    ("any_of", "not judge open", "judge"),
    ("any_of", "not open later", "hint"),
    ("any_of", "not later", "missing"),
    ("any_of", "not", "obstacle"),
    ("all_of", "met", "ok"),
    ("all_of", "met open", "hint"),
    ("all_of", "met open judge", "judge"),
    ("all_of", "met judge later", "missing"),
    ("all_of", "met later not", "obstacle"),
]


@pytest.mark.parametrize(("kind", "keys", "found"), SIDES)
def test_the_whole_by_its_parts(book: Book, gold: Facts, kind: str, keys: str, found: str) -> None:
    assert kinds(_made(book, kind, keys), gold) == [found]  # type: ignore[arg-type]


@pytest.mark.parametrize(("keys", "found"), [("not", "judge"), ("not later", "judge"), ("met not", "ok")])
def test_it_may_be_left_to_the_reviewers(book: Book, gold: Facts, keys: str, found: str) -> None:
    whole = _made(book, "any_of", keys, 'otherwise = "judge"')
    assert kinds(whole, gold) == [found]  # type: ignore[arg-type]


N_OF_M = [
    ("met judge not", "judge"),
    ("met open not", "hint"),
    ("met not later", "missing"),
    ("met not", "obstacle"),
    ("judge open not", "hint"),
]


@pytest.mark.parametrize(("keys", "found"), N_OF_M)
def test_two_of_them(book: Book, gold: Facts, keys: str, found: str) -> None:
    assert kinds(_made(book, "any_of", keys, "at_least = 2"), gold) == [found]  # type: ignore[arg-type]


def test_as_many_as_are_asked_for(book: Book, gold: Facts) -> None:
    also = MET.replace('key = "met"', 'key = "also"')
    whole = rule("any_of", 'conditions = ["met", "not", "also"]', "at_least = 2")
    assert kinds(book(whole, MET, NOT, also), gold) == ["ok"]
    found = of(book(whole.replace("at_least = 2", "at_least = 3"), MET, NOT, also), gold)[0]
    assert found.text == "甲：要求符合 3 项，现在符合 2 项（共有甲、甲、甲）。"


@pytest.mark.parametrize("n", [0, 3])
def test_no_more_than_there_are(wrong: Callable[..., list[str]], n: int) -> None:
    said = wrong(rule("any_of", 'conditions = ["met", "not"]', f"at_least = {n}"), MET, NOT)
    assert "from 1 to 2 of them" in said[0]


WHEN = 'when = { field = "form_of_business", is = "%s" }'


@pytest.mark.parametrize(("is_", "found"), [("company", ["obstacle"]), ("other", [])])
def test_only_in_its_circumstances(book: Book, gold: Facts, is_: str, found: list[str]) -> None:
    asked = rule("answer_is", 'field = "form_of_business"\naccepted = ["other"]', WHEN % is_)
    made = book(asked)
    assert kinds(made, gold) == found
    assert any("“企业类型”是" in line.words.zh for line in lines(made) if line.name.zh == "甲")


@pytest.mark.parametrize(("held", "found"), [("security\nquality", ["obstacle"]), ("security", [])])
def test_one_of_several_answers_is_enough_for_its_circumstances(
    book: Book, gold: Facts, held: str, found: list[str]
) -> None:
    when = 'when = { field = "certificates", is = "quality" }'
    made = book(rule("answer_is", 'field = "form_of_business"\naccepted = ["other"]', when))
    facts = dataclasses.replace(gold, raw={**gold.raw, "certificates": held})
    assert kinds(made, facts) == found


def test_circumstances_of_a_part_are_those_of_the_whole(wrong: Callable[..., list[str]]) -> None:
    said = wrong(rule("any_of", 'conditions = ["met"]'), MET + WHEN % "company")
    assert "its circumstances are those of the rule" in said[0]


def test_what_no_question_tells_is_told_as_it_stands(book: Book) -> None:
    asked = rule(
        "answer_is", 'field = "choice"\naccepted = ["yes"]', 'when = { field = "choice", is = "yes" }'
    )
    found = next(level for level in self_check(book(asked, CHOICE), {})).findings
    assert [f.kind for f in found if f.rule == "condition.it"] == ["hint"]


def test_parts_are_not_asked_by_themselves(book: Book, gold: Facts) -> None:
    rulebook = book(rule("any_of", 'conditions = ["met", "not"]'), MET, NOT)
    assert {f.rule for f in evaluate(rulebook, gold).findings} & {"condition.met", "condition.not"} == set()


def test_what_is_met_names_its_part_and_clause(book: Book, gold: Facts) -> None:
    other = MET.replace('label = "甲"', 'label = "公司"').replace("第二条", "第三条")
    found = of(book(rule("any_of", 'conditions = ["not", "met"]'), other, NOT), gold)[0]
    assert found.text == "甲：符合（公司）。"
    assert [c.ref for c in found.clauses] == ["第二条", "第三条"]
    assert found.facts[0].zh == "企业类型：公司"


def test_the_nearest_part_says_what_to_do(book: Book, gold: Facts) -> None:
    spend = rule(
        "spend",
        'event = "payment"\nminimums = [{ level = "gold", yuan = 20000 }]',
        key="paid",
    ).replace('label = "甲"', 'label = "付款"')
    facts = dataclasses.replace(gold, payments=(Event(on=date(2021, 7, 1), fen=1_000_000),))
    found = of(book(rule("any_of", 'conditions = ["paid", "not"]'), spend, NOT), facts)[0]
    assert (found.kind, found.blocks, found.where) == ("obstacle", True, ("ledger", "payments"))
    assert found.text == "甲：付款、甲，一项也不符合。"
    assert found.remedy.zh == "最接近的是“付款”：合计 1 万元，“金帆”要求不少于 2 万元。 还差 1 万元。"


def test_what_only_waits_for_an_answer_is_nearer(book: Book, gold: Facts) -> None:
    found = of(book(rule("any_of", 'conditions = ["not", "later"]'), NOT, LATER, CHOICE), gold)[0]
    assert found.where == ("form", "choice")
    assert found.remedy.zh == "最接近的是“甲”：“甲”还没有回答。"


def test_all_that_fails_is_named(book: Book, gold: Facts) -> None:
    found = of(book(rule("all_of", 'conditions = ["met", "not", "later"]'), MET, NOT, LATER, CHOICE), gold)[0]
    assert found.text == "甲：甲、甲不符合。"
    assert found.remedy.zh == "甲：回答是“公司”。 要求的回答是：其他。 “甲”还没有回答。"


def test_a_mistyped_date_is_pointed_out_whichever_part_counts(book: Book, gold: Facts) -> None:
    spend = rule("spend", 'event = "payment"', key="paid")
    late = dataclasses.replace(gold, payments=(Event(on=date(2030, 7, 1), fen=1),), day=date(2022, 3, 1))
    for kind, found in (("any_of", "ok"), ("all_of", "missing")):
        rulebook = book(rule(kind, 'conditions = ["met", "paid"]'), MET, spend)
        assert kinds(rulebook, late) == [found]
        assert kinds(rulebook, late, "condition.paid") == ["wrong"]


def test_groups_inside_groups(book: Book, gold: Facts) -> None:
    both = rule("all_of", 'conditions = ["met", "open"]', key="both")
    rulebook = book(rule("any_of", 'conditions = ["not", "both"]'), both, MET, NOT, OPEN)
    assert kinds(rulebook, gold) == ["hint"]
    clear = dataclasses.replace(gold, outside={"open": LookUp("clear")})
    assert kinds(rulebook, clear) == ["ok"]
    listed = dataclasses.replace(gold, outside={"open": LookUp("listed")})
    assert kinds(rulebook, listed) == ["obstacle"]


def test_a_part_may_be_waived(book: Book, gold: Facts) -> None:
    part = NOT + 'waived_for = ["exempt"]\n'
    rulebook = book(rule("any_of", 'conditions = ["not"]'), part, LISTS)
    assert kinds(rulebook, gold) == ["obstacle"]
    assert kinds(rulebook, dataclasses.replace(gold, members=frozenset({"exempt"}))) == ["ok"]


FAULTS = [
    ((rule("any_of", "conditions = []"),), "at least one is needed"),
    ((rule("all_of", 'conditions = ["met", "met"]'), MET), "met is named twice"),
    ((rule("any_of", 'conditions = ["it"]'),), "it is made of itself"),
    ((rule("any_of", 'conditions = ["met"]'), MET + 'strength = "veto"\n'), "no strength of its own"),
    (
        (rule("any_of", 'conditions = ["met"]'), MET + 'levels = ["gold"]\n'),
        "are those of the rule that asks",
    ),
    ((rule("any_of", 'conditions = ["gone"]'),), "conditions has no gone"),
]


@pytest.mark.parametrize(("tables", "said"), FAULTS)
def test_faults(wrong: Callable[..., list[str]], tables: tuple[str, ...], said: str) -> None:
    found = wrong(*tables)
    assert len(found) == 1
    assert said in found[0]


def test_a_circle_is_told_of_each_of_its_members(wrong: Callable[..., list[str]]) -> None:
    found = wrong(
        rule("any_of", 'conditions = ["b"]', key="a"),
        rule("all_of", 'conditions = ["c", "met"]', key="b"),
        rule("any_of", 'conditions = ["a"]', key="c"),
        MET,
    )
    assert [line.split(" · ")[1] for line in found] == [f"{key} is made of itself" for key in "abc"]


def test_the_self_check_judges_what_its_questions_settle(book: Book) -> None:
    asked = book(rule("any_of", 'conditions = ["met", "not"]'), MET, NOT)
    check = self_check(asked, {"what": "company"})[0]
    assert [f.kind for f in check.findings if f.rule == "condition.it"] == ["ok"]
    told = book(rule("all_of", 'conditions = ["met", "open"]'), MET, OPEN)
    check = self_check(told, {"what": "company"})[0]
    assert [(f.kind, f.text) for f in check.findings if f.rule == "condition.it"] == [("hint", "甲。")]


def test_explained(book: Book) -> None:
    both = rule("all_of", 'conditions = ["met", "open"]', key="both")
    said = [
        line.words.zh
        for line in lines(book(rule("any_of", 'conditions = ["not", "both"]'), both, MET, NOT, OPEN))
    ]
    assert "甲；任一即可：甲、甲" in said
    assert "甲；须全部符合：甲、甲；不单独要求，供其他规则引用" in said
