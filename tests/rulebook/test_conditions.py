"""Both sides of rules that the shipped rulebooks use on one side only."""

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.rulebook.conftest import SECOND

from xingyun.rulebook import Event, Facts, Rulebook, evaluate
from xingyun.rulebook.findings import Verdict

Edit = Callable[..., Rulebook]


def _kinds(verdict: Verdict, rule: str) -> list[str]:
    return [f.kind for f in verdict.findings if f.rule == rule]


@pytest.mark.parametrize(
    ("on", "kinds"),
    [
        (date(2021, 5, 31), ["obstacle"]),
        (date(2021, 6, 1), ["ok"]),
        (date(2021, 12, 31), ["ok"]),
        (date(2022, 1, 1), ["obstacle"]),
    ],
)
def test_both_ends_of_a_closed_window_are_inside(
    second: Rulebook, gold: Facts, on: date, kinds: list[str]
) -> None:
    facts = dataclasses.replace(gold, invoices=(Event(on=on, fen=10**9),))
    assert _kinds(evaluate(second, facts), "condition.outlay") == kinds


@pytest.mark.parametrize(
    ("level", "yuan", "kind"),
    [
        ("bronze", 9_999, "obstacle"),
        ("bronze", 10_000, "ok"),
        ("silver", 49_999, "obstacle"),
        ("silver", 50_000, "ok"),
        ("gold", 200_000, "obstacle"),
        ("gold", 200_001, "ok"),
    ],
)
def test_the_least_sum_of_each_level(second: Rulebook, gold: Facts, level: str, yuan: int, kind: str) -> None:
    event = Event(on=date(2021, 7, 1), fen=yuan * 106, net_fen=yuan * 100)
    facts = dataclasses.replace(gold, level=level, invoices=(event,))
    assert _kinds(evaluate(second, facts), "condition.outlay") == [kind]


def test_without_the_net_sum_the_gross_one_counts(second: Rulebook, gold: Facts) -> None:
    facts = dataclasses.replace(gold, level="bronze", invoices=(Event(on=date(2021, 7, 1), fen=1_000_000),))
    assert _kinds(evaluate(second, facts), "condition.outlay") == ["ok"]


@pytest.mark.parametrize("event", ["payment", "contract"])
def test_payments_or_contracts_as_the_basis(edited: Edit, gold: Facts, event: str) -> None:
    book = edited(('event = "invoice"', f'event = "{event}"'), folder=SECOND)
    without = evaluate(book, gold)
    assert _kinds(without, "condition.outlay") == ["missing"]
    from xingyun.rulebook import Contract

    paid: Any = Contract if event == "contract" else Event
    row = (paid(on=date(2021, 7, 1), fen=10**9),)
    with_it = dataclasses.replace(gold, **{f"{event}s": row})
    assert _kinds(evaluate(book, with_it), "condition.outlay") == ["ok"]
    assert evaluate(book, with_it).at("ledger", f"{event}s")


def test_a_level_that_must_be_held_before(edited: Edit, gold: Facts) -> None:
    change = ('requires = "silver"\nsame_round_counts = true', 'requires = "silver"')
    book = edited(change, folder=SECOND)
    without = evaluate(book, gold)
    assert [f.rule for f in without.blocking] == ["ladder.gold"]
    assert evaluate(book, dataclasses.replace(gold, titles=("silver",))).blocking == ()


def test_a_deployment_that_is_an_obstacle_stops(second: Rulebook, gold: Facts) -> None:
    facts = dataclasses.replace(gold, deployments=frozenset({"own"}))
    assert "deployment.gold" in {f.rule for f in evaluate(second, facts).blocking}


@pytest.mark.parametrize(
    ("chosen", "said", "remedy"),
    [
        ({"own"}, "“金帆”要求共享云，填报的是专有云。", "请核对云服务部署模型，或改报别的级别。"),
        ({"own", "shared"}, "“金帆”的上云形式符合：共享云、专有云。", ""),
    ],
)
def test_which_deployments_a_level_admits_is_said(
    second: Rulebook, gold: Facts, chosen: set[str], said: str, remedy: str
) -> None:
    verdict = evaluate(second, dataclasses.replace(gold, deployments=frozenset(chosen)))
    [found] = [f for f in verdict.findings if f.rule == "deployment.gold"]
    assert (found.text, found.remedy.zh) == (said, remedy)


@pytest.mark.parametrize(
    ("chosen", "clauses", "kind", "remedy"),
    [
        ("public", ["一、2"], "ok", ""),
        ("private", ["一、2", "三、2"], "judge", "由评审人员判断，不影响提交。"),
    ],
)
def test_the_clauses_behind_the_first_say_why_another_deployment_is_doubtful(
    first: Rulebook, in_order: Facts, chosen: str, clauses: list[str], kind: str, remedy: str
) -> None:
    verdict = evaluate(first, dataclasses.replace(in_order, deployments=frozenset({chosen})))
    [found] = [f for f in verdict.findings if f.rule == "deployment.star-3"]
    assert ([c.ref for c in found.clauses], found.where) == (clauses, ("form", "deployment"))
    assert (found.kind, found.remedy.zh, found.blocks) == (kind, remedy, False)


def test_several_accepted_answers_to_a_question_of_many(edited: Edit, gold: Facts) -> None:
    change = (
        'field = "form_of_business"\naccepted = ["company"]',
        'field = "certificates"\naccepted = ["quality"]',
    )
    book = edited(change, folder=SECOND)
    assert _kinds(evaluate(book, gold), "condition.is-company") == ["ok"]
    only = dataclasses.replace(gold, raw={**gold.raw, "certificates": "security"})
    assert _kinds(evaluate(book, only), "condition.is-company") == ["obstacle"]


def test_a_field_required_only_in_some_cases(edited: Edit, gold: Facts) -> None:
    change = (
        'label = "应用情况"\nlabel_en = "What the cloud does"',
        'label = "应用情况"\nlabel_en = "What the cloud does"\nwhen = { deployments = ["own"] }',
    )
    book = edited(change, folder=SECOND)
    silent = dataclasses.replace(gold, raw={**gold.raw, "story": ""})
    assert "form.story" not in {f.rule for f in evaluate(book, silent).blocking}
    own = dataclasses.replace(silent, deployments=frozenset({"shared", "own"}))
    assert "form.story" in {f.rule for f in evaluate(book, own).blocking}


def test_a_rulebook_without_a_checklist(second: Rulebook, gold: Facts) -> None:
    book = dataclasses.replace(second, checklist=None)
    assert book.domains == ()
    assert book.categories == ()
    assert "checklist" not in {f.rule for f in evaluate(book, gold).findings}


def test_unlimited_places_are_said_to_be_so(second: Rulebook, gold: Facts) -> None:
    from xingyun.rulebook import PlacesUsed

    quotas = tuple(dataclasses.replace(q, fixed=None, percent=None) for q in second.quotas)
    book = dataclasses.replace(second, quotas=quotas)
    facts = dataclasses.replace(gold, places={"town-bronze": PlacesUsed(0, 99)})
    assert "不限名额" in next(f.text for f in evaluate(book, facts).findings if f.rule == "quota.town-bronze")
