"""Numbers within edges: of the form, of money spent, of one against another."""

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from tests.rulebook.conditions.conftest import Book, field, kinds, of, rule

from xingyun.rulebook import Event, Facts, self_check
from xingyun.rulebook.explain import lines

A, B = field("integer", "a"), field("integer", "b")
SHARE = field("percent", "share")
SUM = field("money", "sum")
FIELDS = (A, B, SHARE, SUM)


def _typed(facts: Facts, **typed: str) -> Facts:
    return dataclasses.replace(facts, raw={**facts.raw, **typed})


SIDES = [
    ('field = "a"\nat_least = 10', {"a": "9"}, "obstacle", "差 1。"),
    ('field = "a"\nat_least = 10', {"a": "10"}, "ok", ""),
    ('field = "a"\nmore_than = 10', {"a": "10"}, "obstacle", "要多于 10。"),
    ('field = "a"\nmore_than = 10', {"a": "11"}, "ok", ""),
    ('field = "a"\nat_most = 10', {"a": "10"}, "ok", ""),
    ('field = "a"\nat_most = 10', {"a": "11"}, "obstacle", "差 1。"),
    ('field = "a"\nless_than = 10', {"a": "9"}, "ok", ""),
    ('field = "a"\nless_than = 10', {"a": "10"}, "obstacle", "要不到 10。"),
    ('field = "a"\nat_least = 5\nless_than = 10', {"a": "4"}, "obstacle", "差 1。"),
    ('field = "a"\nmore_than = 5\nat_most = 10', {"a": "12"}, "obstacle", "差 2。"),
    ('field = "share"\nat_least = "5%"', {"share": "4.99"}, "obstacle", "差 0.01%。"),
    ('field = "share"\nat_least = "5%"', {"share": "5%"}, "ok", ""),
    ('field = "sum"\nat_least = 5000000', {"sum": "499.99"}, "obstacle", "差 0.01 万元。"),
    ('field = "sum"\nat_least = 5000000', {"sum": "500"}, "ok", ""),
    ('of = "ratio"\nfield = "a"\nover = "b"\nat_least = "5%"', {"a": "4", "b": "100"}, "obstacle", "差 1%。"),
    ('of = "ratio"\nfield = "a"\nover = "b"\nat_least = "5%"', {"a": "5", "b": "100"}, "ok", ""),
    (
        'of = "growth"\nfield = "a"\nover = "b"\nmore_than = 0',
        {"a": "100", "b": "100"},
        "obstacle",
        "要多于 0%。",
    ),
    ('of = "growth"\nfield = "a"\nover = "b"\nmore_than = 0', {"a": "101", "b": "100"}, "ok", ""),
    ('of = "count"\nfield = "sellers"\nat_least = 2', {"sellers": "甲云有限公司"}, "obstacle", "差 1。"),
    ('of = "count"\nfield = "sellers"\nat_least = 2', {"sellers": "甲云有限公司\n乙云有限公司"}, "ok", ""),
]


@pytest.mark.parametrize(("lines_", "typed", "kind", "remedy"), SIDES)
def test_both_sides(
    book: Book, gold: Facts, lines_: str, typed: dict[str, str], kind: str, remedy: str
) -> None:
    found = of(book(rule("number", lines_), *FIELDS), _typed(gold, **typed))
    assert [(f.kind, f.remedy.zh) for f in found] == [(kind, remedy)]
    assert len(found[0].facts) == 1


@pytest.mark.parametrize(("yuan", "kind"), [(199_999, "obstacle"), (200_000, "ok")])
def test_the_sum_spent(book: Book, gold: Facts, yuan: int, kind: str) -> None:
    facts = dataclasses.replace(gold, invoices=(Event(on=date(2021, 7, 1), fen=yuan * 100),))
    for lines_ in ('of = "spend"', 'of = "spend"\nspend = "outlay"'):
        found = of(book(rule("number", lines_, "at_least = 200000")), facts)
        assert [(f.kind, f.where) for f in found] == [(kind, ("ledger", "invoices"))]


def test_the_words(book: Book, gold: Facts) -> None:
    rulebook = book(
        rule("number", 'of = "ratio"\nfield = "a"\nover = "b"\nat_least = "5%"\nless_than = 1'), A, B
    )
    found = of(rulebook, _typed(gold, a="1", b="8"))[0]
    assert found.text == "甲：乙 ÷ 乙为 12.5%，符合。"
    assert found.facts[0].zh == "乙 ÷ 乙：12.5%"
    found = of(rulebook, _typed(gold, a="1", b="100"))[0]
    assert found.text == "甲：乙 ÷ 乙为 1%，要求5% 以上（含）、不到 100%。"


def test_an_answer_that_is_not_there(book: Book, gold: Facts) -> None:
    rulebook = book(rule("number", 'field = "a"\nat_least = 1'), A)
    found = of(rulebook, gold)
    assert [(f.kind, f.say(), f.where) for f in found] == [
        ("missing", "甲：“乙”还没有填。 请填写。", ("form", "a"))
    ]
    required = book(rule("number", 'field = "a"\nat_least = 1'), A.replace("required = false\n", ""))
    assert of(required, gold) == []
    assert kinds(required, gold, "form.a") == ["missing"]


def test_a_number_without_a_size_is_for_the_reviewers(book: Book, gold: Facts) -> None:
    rulebook = book(rule("number", 'of = "growth"\nfield = "a"\nover = "b"\nat_least = "10%"'), A, B)
    found = of(rulebook, _typed(gold, a="5", b="0"))
    assert [(f.kind, f.blocks) for f in found] == [("judge", False)]
    assert found[0].text == "甲：“乙”不大于 0，没有可比的数，由评审人员判断。"


def test_it_may_be_left_to_the_reviewers(book: Book, gold: Facts) -> None:
    rulebook = book(rule("number", 'field = "a"\nat_least = 5\notherwise = "judge"'), A)
    assert kinds(rulebook, _typed(gold, a="4")) == ["judge"]


FAULTS = [
    ('field = "a"', "an edge is needed"),
    ('field = "a"\nat_least = 1\nmore_than = 1', "two edges below"),
    ('field = "a"\nat_most = 1\nless_than = 1', "two edges above"),
    ('field = "a"\nat_least = 2\nat_most = 1', "no number fits"),
    ('field = "a"\nmore_than = 1\nless_than = 2', "no number fits"),
    ("at_least = 1", "field goes with of = field"),
    ('of = "ratio"\nfield = "a"\nat_least = 1', "over goes with of = ratio"),
    ('field = "story"\nat_least = 1', "story is no field of a fitting kind"),
    ('of = "spend"\nspend = "is-company"\nat_least = 1', "is-company is not of kind spend"),
    ('field = "a"\nat_least = "much"', "wrong value"),
]


@pytest.mark.parametrize(("lines_", "said"), FAULTS)
def test_faults(wrong: Callable[..., list[str]], lines_: str, said: str) -> None:
    found = wrong(rule("number", lines_), A)
    assert len(found) == 1
    assert said in found[0]


def test_among_fractions_there_is_always_one_between(book: Book) -> None:
    assert book(rule("number", 'field = "share"\nmore_than = "1%"\nless_than = "2%"'), SHARE)


QUESTION = (
    '[[questions]]\nkey = "how-many"\nasks = "answer"\nabout = "a"\nlabel = "多少？"\n'
    'label_en = "How many?"\nclause = "第二条"\n'
)


@pytest.mark.parametrize(
    ("lines_", "typed", "kind"),
    [
        ('field = "a"\nat_least = 5', "4", "obstacle"),
        ('field = "a"\nat_least = 5', "5", "ok"),
        ('of = "ratio"\nfield = "a"\nover = "b"\nat_least = 5', "5", "hint"),
        ('of = "spend"\nat_least = 1', "", "ok"),
        ('of = "spend"\nspend = "outlay"\nat_least = 1', "", "ok"),
        ('of = "spend"\nspend = "paid"\nat_least = 1', "", "hint"),
    ],
)
def test_the_self_check_judges_what_its_questions_ask(book: Book, lines_: str, typed: str, kind: str) -> None:
    from xingyun.rulebook import load_source

    paid = rule("spend", 'event = "payment"', key="paid")
    source = dict(book(rule("number", lines_), paid, A, B).source)
    source["procedure.toml"] += f"\n{QUESTION}"
    check = self_check(load_source(source), {"how-many": typed, "outlay": "3"})[0]
    assert [f.kind for f in check.findings if f.rule == "condition.it"] == [kind]


def test_explained(book: Book) -> None:
    rulebook = book(
        rule("number", 'of = "growth"\nfield = "a"\nover = "b"\nat_least = "10%"\nless_than = 2'), A, B
    )
    assert "甲；乙比乙增长：10% 以上（含）、不到 200%" in [line.words.zh for line in lines(rulebook)]


@pytest.mark.parametrize(
    ("edges", "typed", "gap"),
    [
        ("more_than = 10", "8", "差 2。"),
        ("less_than = 10", "13", "差 3。"),
        ("at_least = 5\nat_most = 10", "3", "差 2。"),
        ("at_least = 5\nat_most = 10", "14", "差 4。"),
    ],
)
def test_how_far_from_the_edge_that_is_missed(
    book: Book, gold: Facts, edges: str, typed: str, gap: str
) -> None:
    rulebook = book(*FIELDS, rule("number", 'field = "a"', edges))
    assert of(rulebook, _typed(gold, a=typed))[0].remedy.zh == gap
