"""What holds for all rulebooks and facts: order is nothing, more evidence never hurts, TOML keeps all."""

import dataclasses
import random
import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.broken import mutated
from tests.rulebook.conftest import FIRST, SECOND
from tests.rulebook.test_engine import BOOKS, COMPLETE, anything

from xingyun.rulebook import (
    Event,
    Facts,
    MaterialState,
    Rulebook,
    RulebookErrors,
    Verdict,
    evaluate,
    load_source,
)
from xingyun.rulebook.canonical import canonical
from xingyun.rulebook.engine.conditions.said import FAILS
from xingyun.rulebook.load import read_folder, tables
from xingyun.rulebook.schema.conditions import Spend
from xingyun.rulebook.toml import to_toml

# Lists of entries in which the order says nothing.
UNORDERED = (
    "clauses", "interpretations", "authorities", "deployments", "levels", "quotas", "lists", "conditions",
    "fast_tracks", "materials", "deadlines", "stages", "procedures", "reports", "outcomes", "sanctions",
)  # fmt: skip


@lru_cache(maxsize=64)
def _shuffled(which: int, seed: int) -> Rulebook:
    """A rulebook with its rules in another order."""
    data = tables(BOOKS[which].source)
    rng = random.Random(seed)
    for holder in (data, data.get("form", {}), data.get("points", {})):
        for name in (*UNORDERED, "fields", "items", "groups"):
            if isinstance(holder.get(name), list):
                rng.shuffle(holder[name])
    return load_source({"one.toml": to_toml(data)})


def _as_set(verdict: Verdict) -> set[Any]:
    found = {(f.rule, f.kind, f.blocks, f.where) for f in verdict.findings}
    return {verdict.level, verdict.points, *found}


@given(anything(), st.integers(0, 5))
def test_the_order_of_rules_says_nothing(given_: tuple[Rulebook, Facts], seed: int) -> None:
    book, facts = given_
    again = _shuffled(BOOKS.index(book), seed)
    assert again.digest != book.digest
    assert _as_set(evaluate(again, facts)) ^ _as_set(evaluate(book, facts)) == set()


@pytest.mark.parametrize("folder", [FIRST, SECOND], ids=["first", "second"])
def test_an_edition_written_as_toml_keeps_its_digest(folder: Path) -> None:
    source = read_folder(folder)
    digests = set()
    for seed in range(40):
        try:
            book = load_source(mutated(source, seed))
        except RulebookErrors:  # it is no rulebook any more
            continue
        text = canonical(book.source)
        assert load_source({"one.toml": text}).digest == book.digest
        assert tomllib.loads(text) == tables(book.source)
        digests.add(book.digest)
    assert len(digests) > 2


def _no_worse(before: Verdict, after: Verdict) -> None:
    """Nothing more stands in the way, nothing more is left to judge, no points are lost."""
    assert {f.rule for f in after.blocking} <= {f.rule for f in before.blocking}
    for kinds in (FAILS, (*FAILS, "judge")):
        assert {f.rule for f in after.of(*kinds)} <= {f.rule for f in before.of(*kinds)}
    assert (after.points or 0) >= (before.points or 0)


def _windows(book: Rulebook, facts: Facts) -> list[tuple[date, date]]:
    """The windows of all sums: a date outside them is a fault by the rule itself."""
    found = []
    for rule in book.conditions:
        if isinstance(rule, Spend):
            end = rule.to if isinstance(rule.to, date) else facts.day or date.min
            found.append((rule.from_ or date.min, max(end, rule.from_ or date.min)))
    return found


ANY = anything() | st.sampled_from([(BOOKS[n], COMPLETE[n]) for n in COMPLETE])


@given(ANY, st.integers(1, 10**10), st.data())
def test_another_invoice_or_payment_never_hurts(
    given_: tuple[Rulebook, Facts], fen: int, data: st.DataObject
) -> None:
    book, facts = given_
    day = data.draw(st.dates(*data.draw(st.sampled_from(_windows(book, facts)))))
    more = Event(on=day, fen=fen, net_fen=data.draw(st.integers(1, fen)), counts=data.draw(st.booleans()))
    before = evaluate(book, facts)
    _no_worse(before, evaluate(book, dataclasses.replace(facts, invoices=(*facts.invoices, more))))
    _no_worse(before, evaluate(book, dataclasses.replace(facts, payments=(*facts.payments, more))))


@given(ANY, st.data())
def test_another_proved_domain_never_hurts(given_: tuple[Rulebook, Facts], data: st.DataObject) -> None:
    book, facts = given_
    domain = data.draw(st.sampled_from(book.domains)).key
    more = dataclasses.replace(facts, claims={**facts.claims, domain: True})
    _no_worse(evaluate(book, facts), evaluate(book, more))


@given(ANY, st.data())
def test_another_file_never_hurts(given_: tuple[Rulebook, Facts], data: st.DataObject) -> None:
    book, facts = given_
    slot = data.draw(st.sampled_from([s.key for s in book.slots]))
    files = facts.materials.get(slot, MaterialState()).files
    more = dataclasses.replace(facts, materials={**facts.materials, slot: MaterialState(files + 1)})
    _no_worse(evaluate(book, facts), evaluate(book, more))
