"""The engine is pure and total, and more evidence never makes an application worse."""

import dataclasses
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.conftest import FIRST, SECOND, _facts

from xingyun.rulebook import Contract, Event, Facts, MaterialState, Rulebook, Scan, evaluate, load_folder

BOOKS = [load_folder(FIRST), load_folder(SECOND)]
COMPLETE = {0: _facts(FIRST, "all-in-order"), 1: _facts(SECOND, "gold-80")}
# Braces are left out: one in a sentence shows that a name was not filled in.
TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{}"), max_size=30)
DAYS = st.dates(date(2019, 6, 1), date(2022, 6, 1))
EVENTS = st.builds(Event, on=DAYS, fen=st.integers(-(10**9), 10**12), counts=st.booleans())
CONTRACTS = st.builds(
    Contract, on=DAYS, fen=st.integers(0, 10**12), says_cloud=st.booleans(), statement=st.booleans()
)


@st.composite
def anything(draw: st.DrawFn) -> tuple[Rulebook, Facts]:
    """A rulebook and facts of any kind, sensible or not."""
    book = draw(st.sampled_from(BOOKS))
    keys = [f.key for f in book.form.fields]
    some = st.sampled_from
    return book, Facts(
        raw=draw(st.dictionaries(some(keys), st.one_of(TYPED, some(["yes", "star-4", "gold", "own"])))),
        authority=draw(some([None, "nowhere", "lixia", "taoyuan", "city"])),
        level=draw(some([None, "none", *(lv.key for lv in book.levels)])),
        deployments=draw(st.none() | st.frozensets(some([d.key for d in book.deployments]))),
        invoices=tuple(draw(st.lists(EVENTS, max_size=4))),
        contracts=tuple(draw(st.lists(CONTRACTS, max_size=3))),
        titles=tuple(draw(st.lists(some([*(lv.key for lv in book.levels), "strange"]), max_size=2))),
        materials=draw(
            st.dictionaries(
                some([s.key for s in book.slots]), st.builds(MaterialState, st.integers(0, 3), st.booleans())
            )
        ),
        claims=draw(st.dictionaries(some([*(d.key for d in book.domains), "strange"]), st.booleans())),
        scan=draw(st.none() | st.builds(Scan, some(["absent", "incomplete", "outdated", "complete"]))),
        day=draw(st.none() | DAYS),
    )


@given(anything())
def test_any_facts_give_a_verdict_and_the_same_one_again(given_: tuple[Rulebook, Facts]) -> None:
    book, facts = given_
    verdict = evaluate(book, facts)
    assert verdict == evaluate(book, facts)
    for finding in verdict.findings:
        assert finding.clauses
        assert finding.text
        assert finding.text_en
        assert "{" not in finding.say("zh") + finding.say("en")
        assert finding.where
        assert not (finding.blocks and finding.kind in ("ok", "hint", "judge"))


@given(anything(), st.randoms())
def test_the_order_of_the_rules_does_not_matter(given_: tuple[Rulebook, Facts], rng: Any) -> None:
    book, facts = given_
    shuffled = {}
    for name in ("conditions", "materials", "quotas", "deployments"):
        rules = list(getattr(book, name))
        rng.shuffle(rules)
        shuffled[name] = tuple(rules)
    other = evaluate(dataclasses.replace(book, **shuffled), facts)
    assert {(f.rule, f.kind, f.where) for f in other.findings} == {
        (f.rule, f.kind, f.where) for f in evaluate(book, facts).findings
    }


@given(anything(), st.data())
def test_more_evidence_never_blocks_more(given_: tuple[Rulebook, Facts], data: st.DataObject) -> None:
    book, facts = given_
    before = {f.rule for f in evaluate(book, facts).blocking}
    slot = data.draw(st.sampled_from([s.key for s in book.slots]))
    files = facts.materials.get(slot, MaterialState()).files
    more = dataclasses.replace(facts, materials={**facts.materials, slot: MaterialState(files + 1)})
    assert {f.rule for f in evaluate(book, more).blocking} <= before


@given(anything(), st.data())
def test_proving_a_claim_never_costs_points(given_: tuple[Rulebook, Facts], data: st.DataObject) -> None:
    book, facts = given_
    domain = data.draw(st.sampled_from(book.domains)).key
    more = dataclasses.replace(facts, claims={**facts.claims, domain: True})
    assert (evaluate(book, more).points or 0) >= (evaluate(book, facts).points or 0)


@given(st.sampled_from([0, 1]), st.data())
def test_leaving_out_a_required_answer_blocks_at_that_field(which: int, data: st.DataObject) -> None:
    book, facts = BOOKS[which], COMPLETE[which]
    field = data.draw(st.sampled_from([f for f in book.form.fields if f.required and f.when is None]))
    raw = {key: text for key, text in facts.raw.items() if key != field.key}
    verdict = evaluate(book, dataclasses.replace(facts, raw=raw))
    assert [f.rule for f in verdict.at("form", field.key) if f.blocks] == [f"form.{field.key}"]


def test_all_in_order_blocks_nothing(first: Rulebook, in_order: Facts, second: Rulebook, gold: Facts) -> None:
    assert evaluate(first, in_order).blocking == ()
    assert evaluate(second, gold).blocking == ()


def test_parsed_answers_are_taken_as_they_are(first: Rulebook, in_order: Facts) -> None:
    answers, errors = first.form.parse_all(in_order.raw)
    assert errors == {}
    assert evaluate(first, dataclasses.replace(in_order, raw={}, answers=answers)) == evaluate(
        first, in_order
    )


def test_a_verdict_can_be_asked(first: Rulebook, in_order: Facts) -> None:
    verdict = evaluate(first, dataclasses.replace(in_order, scan=None))
    assert verdict.level == "star-3"
    assert [f.rule for f in verdict.blocking] == ["material.application-form"]
    assert verdict.counts["missing"] == 1
    assert verdict.counts["wrong"] == 0
    assert verdict.of("missing") == verdict.at("booklet")
    clause = verdict.blocking[0].clause
    assert clause is not None
    assert (clause.ref, clause.anchor) == ("二、1", "c2-1")
    assert verdict.points is None


def test_a_finding_says_what_to_do(first: Rulebook, in_order: Facts) -> None:
    verdict = evaluate(first, dataclasses.replace(in_order, invoices=()))
    finding = verdict.blocking[0]
    assert finding.say() == "还没有录入发票。 请在“合同与发票”里录入2020年1月1日以后开具的发票。"
    assert finding.say("en").startswith("No invoices entered yet. Please enter invoices")


def test_pale_seals_are_looked_at_by_a_person(first: Rulebook, in_order: Facts) -> None:
    verdict = evaluate(first, dataclasses.replace(in_order, scan=Scan("complete", missing_seals=(3, 9))))
    assert verdict.blocking == ()
    assert verdict.at("booklet")[1].text == "第 3、9 页没有认出公章，请核对。"


def test_missing_pages_are_named(first: Rulebook, in_order: Facts) -> None:
    verdict = evaluate(first, dataclasses.replace(in_order, scan=Scan("incomplete", missing_pages=(7,))))
    assert verdict.blocking[0].text == "盖章扫描件还差第 7 页。"


def test_without_a_level_only_the_form_asks_for_it(first: Rulebook, in_order: Facts) -> None:
    raw = {**in_order.raw, "level": ""}
    verdict = evaluate(first, dataclasses.replace(in_order, raw=raw))
    assert verdict.level is None
    assert [f.rule for f in verdict.blocking] == ["form.level"]


@pytest.mark.parametrize("held", ["star-3", "star-4"])
def test_holding_the_level_already_is_pointed_out(first: Rulebook, in_order: Facts, held: str) -> None:
    verdict = evaluate(first, dataclasses.replace(in_order, titles=(held,)))
    assert "held.star-3" in {f.rule for f in verdict.of("hint")}


@pytest.mark.parametrize(
    ("base", "used", "said"), [(33, 0, "没有名额"), (34, 1, "已用完"), (1134, 12, "已用 12 个")]
)
def test_places_are_shown_with_their_sum(
    first: Rulebook, in_order: Facts, base: int, used: int, said: str
) -> None:
    from xingyun.rulebook import PlacesUsed

    facts = dataclasses.replace(in_order, places={"district-three": PlacesUsed(base, used)})
    found = [f for f in evaluate(first, facts).findings if f.rule == "quota.district-three"]
    assert said in found[0].text
    assert "× 3% =" in found[0].text


def _of_rule(book: Rulebook, facts: Facts, name: str) -> list[tuple[str, str]]:
    return [(f.kind, f.text) for f in evaluate(book, facts).findings if f.rule == name]


def test_a_checklist_that_is_proved_is_said_to_be(first: Rulebook, in_order: Facts) -> None:
    keys = [d.key for d in first.domains[:3]]
    proved = dataclasses.replace(in_order, claims=dict.fromkeys(keys, True))
    assert _of_rule(first, proved, "checklist") == [("ok", "勾选的 3 个域都有证明材料。")]
    bare = dataclasses.replace(in_order, claims={**proved.claims, keys[0]: False})
    assert _of_rule(first, bare, "checklist") == []
    [(kind, text)] = _of_rule(first, bare, f"domain.{keys[0]}")
    assert (kind, first.domains[0].name.zh in text) == ("missing", True)
    nothing = dataclasses.replace(in_order, claims={})
    [(kind, text)] = _of_rule(first, nothing, "checklist")
    assert (kind, first.checklist.title in text) == ("missing", True)


def test_what_is_there_and_what_is_said_not_to_be_are_told_apart(first: Rulebook, in_order: Facts) -> None:
    material = next(m for m in first.materials if m.need == "if_any" and not m.when)
    name, slot = f"material.{material.key}", material.slots[0].key
    said = {}
    for state in (MaterialState(files=1), MaterialState(none=True)):
        facts = dataclasses.replace(in_order, materials={**in_order.materials, slot: state})
        [said[state.none]] = [text for kind, text in _of_rule(first, facts, name) if kind == "ok"]
    assert said[True] != said[False]
    assert "无" in said[True]
