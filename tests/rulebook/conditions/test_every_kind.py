"""What holds of every kind of condition: any facts give an answer, the same whatever the order."""

import dataclasses
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.test_manual import examples

from xingyun.rulebook import Contract, Event, Facts, HeldTitle, LookUp, Rulebook, evaluate, load_source
from xingyun.rulebook.schema.conditions import Condition

BOOK = load_source({"manual.toml": examples("toml")})
DAYS = st.dates(date(2010, 1, 1), date(2026, 12, 31)) | st.sampled_from([date.min, date.max])
EVENTS = st.builds(Event, on=DAYS, fen=st.integers(-(10**9), 10**12), counts=st.booleans())
CONTRACTS = st.builds(Contract, on=DAYS, fen=st.just(0), starts=st.none() | DAYS, ends=st.none() | DAYS)
TITLES = st.builds(
    HeldTitle,
    programme=st.sampled_from(["model-weaver", "other"]),
    level=st.sampled_from(["gold", "silver"]),
    valid_from=st.none() | DAYS,
    valid_to=st.none() | DAYS,
)
LOOK_UPS = st.builds(LookUp, st.sampled_from(["clear", "listed"]), st.lists(DAYS, max_size=3).map(tuple))
TYPED = st.sampled_from(["", "yes", "no", "0", "5", "301", "2013-04", "2015-01-01", "first", "second", "own"])


@st.composite
def anything(draw: st.DrawFn) -> Facts:
    """Facts of any kind, sensible or not."""
    some = st.sampled_from
    lists = [one.key for one in BOOK.lists]
    titles = st.none() | st.lists(TITLES, max_size=2).map(tuple)
    return Facts(
        raw=draw(st.dictionaries(some([f.key for f in BOOK.form.fields]), TYPED)),
        authority=draw(some([None, "nowhere", "reed"])),
        level=draw(some([None, "first", "second"])),
        invoices=tuple(draw(st.lists(EVENTS, max_size=3))),
        payments=tuple(draw(st.lists(EVENTS, max_size=3))),
        contracts=tuple(draw(st.lists(CONTRACTS, max_size=3))),
        titles=tuple(draw(st.lists(some(["first", "second", "strange"]), max_size=2))),
        outside=draw(st.dictionaries(some([c.key for c in BOOK.conditions]), LOOK_UPS)),
        members=draw(st.frozensets(some([*lists, "strange"]))),
        unseen=draw(st.frozensets(some(lists))),
        other_titles=draw(titles),
        related_titles=draw(titles),
        fundings=draw(st.none() | st.lists(DAYS, max_size=3).map(tuple)),
        claims=draw(st.dictionaries(some([d.key for d in BOOK.domains]), st.booleans())),
        day=draw(st.none() | DAYS),
    )


def test_the_manual_has_every_kind() -> None:
    kinds = {get_args(get_type_hints(cls)["kind"])[0] for cls in get_args(Condition)}
    assert {c.kind for c in BOOK.conditions} == kinds


@given(anything())
def test_any_facts_give_an_answer(facts: Facts) -> None:
    verdict = evaluate(BOOK, facts)
    assert verdict == evaluate(BOOK, facts)
    for finding in verdict.findings:
        assert finding.clauses
        assert finding.text
        assert finding.text_en
        assert "{" not in finding.say("zh") + finding.say("en")
        assert not (finding.blocks and finding.kind in ("ok", "hint", "judge"))
        assert all(fact.zh and fact.en for fact in finding.facts)


@given(anything())
def test_every_obstacle_says_what_would_change_it(facts: Facts) -> None:
    silent = [f.rule for f in evaluate(BOOK, facts).of("obstacle") if not (f.remedy.zh and f.remedy.en)]
    assert silent == []


@given(anything(), st.randoms())
def test_the_order_of_the_conditions_does_not_matter(facts: Facts, rng: Any) -> None:
    # The first spend is the one that points and questions look at, so it stays where it is.
    rest = [c for c in BOOK.conditions if c.kind != "spend"]
    rng.shuffle(rest)
    sums = [c for c in BOOK.conditions if c.kind == "spend"]
    other = dataclasses.replace(BOOK, conditions=(*sums, *rest))
    assert _found(other, facts) == _found(BOOK, facts)


def _found(book: Rulebook, facts: Facts) -> set[tuple[str, str]]:
    return {(f.rule, f.kind) for f in evaluate(book, facts).findings}


def _stopping(facts: Facts) -> set[str]:
    return {f.rule for f in evaluate(BOOK, facts).blocking}


@given(anything(), st.sampled_from([d.key for d in BOOK.domains]))
def test_proving_more_stops_nobody(facts: Facts, domain: str) -> None:
    more = dataclasses.replace(facts, claims={**facts.claims, domain: True})
    assert _stopping(more) <= _stopping(facts)


@pytest.mark.parametrize("key", [one.key for one in BOOK.lists])
@given(facts=anything())
def test_being_spared_stops_nobody(key: str, facts: Facts) -> None:
    """Membership may only ever count against an applicant where a list is one to stay off."""
    shunned = {c.key for c in BOOK.outside_checks if c.list == key and c.must_be == "absent"}
    more = dataclasses.replace(facts, members=facts.members | {key})
    assert {rule for rule in _stopping(more) - _stopping(facts) if rule[10:] not in shunned} == set()
