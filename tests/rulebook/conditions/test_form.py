"""What the form says, and where the applicant is registered: in words, with place, clause and remedy."""

import dataclasses

import pytest
from tests.rulebook.conditions.conftest import Book, field, of, rule

from xingyun.rulebook import Facts

HERE = ("registration",)


@pytest.mark.parametrize(
    ("authority", "kind", "zh", "en", "remedy"),
    [
        ("taoyuan", "ok", "甲：桃源镇。", "A: Taoyuan Town.", ""),
        (
            "nowhere",
            "obstacle",
            "注册地不在青岚省。",
            "Not registered in Qinglan.",
            "请向注册地的主管部门申报。",
        ),
        (None, "missing", "还没有选择注册地所在区县。", "The place of registration is not chosen yet.", ""),
        ("", "missing", "还没有选择注册地所在区县。", "The place of registration is not chosen yet.", ""),
    ],
)
def test_the_place_of_registration(
    book: Book, gold: Facts, authority: str | None, kind: str, zh: str, en: str, remedy: str
) -> None:
    [found] = of(book(rule("registered_in")), dataclasses.replace(gold, authority=authority))
    assert (found.kind, found.text, found.text_en, found.remedy.zh) == (kind, zh, en, remedy)
    assert (found.where, [c.ref for c in found.clauses], found.blocks) == (HERE, ["第二条"], kind != "ok")


@pytest.mark.parametrize(
    ("prefixes", "hint"),
    [
        ("", False),
        ('usual_prefixes = ["9901"]', False),
        ('usual_prefixes = ["3701", "99"]', False),
        ('usual_prefixes = ["3701", "91"]', True),
    ],
)
def test_the_office_that_the_code_names_is_only_a_hint(
    book: Book, gold: Facts, prefixes: str, hint: bool
) -> None:
    found = of(book(rule("registered_in", prefixes)), gold)
    assert [f.kind for f in found] == ["ok", *(["hint"] if hint else [])]
    if hint:
        assert found[1].text.startswith("代码第 3–8 位是 990101，登记机关不在本地；")
        assert (found[1].where, found[1].blocks) == (HERE, False)


def test_without_a_code_there_is_nothing_to_compare(book: Book, gold: Facts) -> None:
    rulebook = book(rule("registered_in", 'usual_prefixes = ["3701"]'))
    silent = dataclasses.replace(gold, raw={**gold.raw, "code": ""})
    assert [f.kind for f in of(rulebook, silent)] == ["ok"]
    assert [f.kind for f in of(rulebook, dataclasses.replace(silent, authority="nowhere"))] == ["obstacle"]


ONE_OF = (
    'options = [{ key = "x", label = "子", label_en = "X" }, { key = "y", label = "丑", label_en = "Y" }]'
)
ANSWERS = [
    # kind of field, what is typed, the rule, what comes out
    ("choice", "x", 'accepted = ["x"]', ("ok", "甲：符合。", "")),
    ("choice", "y", 'accepted = ["x"]', ("obstacle", "甲：回答是“丑”。", "要求的回答是：子。")),
    ("choice", "y", 'accepted = ["x"]\notherwise = "judge"', ("judge", "甲：回答是“丑”。", "")),
    ("multi_choice", "x,y", 'accepted = ["y"]', ("ok", "甲：符合。", "")),
    ("multi_choice", "x", 'accepted = ["y"]', ("obstacle", "甲：回答是“子”。", "要求的回答是：丑。")),
]


@pytest.mark.parametrize(("kind", "typed", "lines_", "told"), ANSWERS)
def test_an_answer(
    book: Book, gold: Facts, kind: str, typed: str, lines_: str, told: tuple[str, str, str]
) -> None:
    rulebook = book(rule("answer_is", 'field = "which"', lines_), field(kind, "which", ONE_OF))
    [found] = of(rulebook, dataclasses.replace(gold, raw={**gold.raw, "which": typed}))
    assert (found.kind, found.text, found.remedy.zh) == told
    assert (found.where, found.blocks) == (("form", "which"), told[0] == "obstacle")
    zh = "、".join({"x": "子", "y": "丑"}[one] for one in typed.split(","))
    en = ", ".join(typed.upper().split(","))
    assert [(fact.zh, fact.en) for fact in found.facts] == [(f"乙：{zh}", f"B: {en}")]
    if told[0] != "ok":
        assert found.text_en == f"A: the answer is “{en}”."
    assert [c.ref for c in found.clauses] == ["第二条"]


@pytest.mark.parametrize("typed", ["", "z"])
def test_without_a_right_answer_the_form_asks(book: Book, gold: Facts, typed: str) -> None:
    rulebook = book(rule("answer_is", 'field = "which"\naccepted = ["x"]'), field("choice", "which", ONE_OF))
    assert of(rulebook, dataclasses.replace(gold, raw={**gold.raw, "which": typed})) == []


def test_several_answers_are_accepted_and_named(book: Book, gold: Facts) -> None:
    more = ONE_OF.replace("]", ', { key = "z", label = "寅", label_en = "Z" }]')
    rulebook = book(
        rule("answer_is", 'field = "which"\naccepted = ["x", "y"]'), field("choice", "which", more)
    )
    for typed, kind in (("x", "ok"), ("y", "ok"), ("z", "obstacle")):
        [found] = of(rulebook, dataclasses.replace(gold, raw={**gold.raw, "which": typed}))
        assert found.kind == kind
    assert (found.remedy.zh, found.remedy.en) == ("要求的回答是：子、丑。", "The answer asked for is: X, Y.")


def test_an_answer_to_a_field_without_choices_is_named_as_it_is(book: Book, gold: Facts) -> None:
    rulebook = book(
        rule("answer_is", 'field = "which"\naccepted = ["3421", "3422"]'), field("industry", "which")
    )
    for typed, kind in (("3422", "ok"), ("3429", "obstacle")):
        [found] = of(rulebook, dataclasses.replace(gold, raw={**gold.raw, "which": typed}))
        assert found.kind == kind
    assert found.remedy == ("要求的回答是：3421、3422。", "The answer asked for is: 3421, 3422.")
