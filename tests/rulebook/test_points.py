"""Points: items, groups with caps, thresholds with and without the edge."""

import dataclasses

import pytest

from xingyun.rulebook import Facts, Rulebook, evaluate
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.points import passes, score
from xingyun.rulebook.schema.points import Threshold


def test_items_groups_and_total(second: Rulebook, gold: Facts) -> None:
    found = score(Case(second, gold))
    assert found is not None
    assert found.items == {"each-use": 40, "people": 20, "held": 25}
    assert found.groups == {"use": 40, "size": 20, "certificates": 20}
    assert found.total == 80


def test_no_points_where_the_rulebook_counts_none(first: Rulebook, in_order: Facts) -> None:
    assert score(Case(first, in_order)) is None


@pytest.mark.parametrize(("users", "points"), [("19", 0), ("20", 10), ("99", 10), ("100", 20), ("", 0)])
def test_a_band_includes_its_number(second: Rulebook, gold: Facts, users: str, points: int) -> None:
    found = score(Case(second, dataclasses.replace(gold, raw={**gold.raw, "users": users})))
    assert found is not None
    assert found.items["people"] == points


@pytest.mark.parametrize(
    ("chosen", "points"), [("", 0), ("quality", 10), ("security", 15), ("security,quality", 20)]
)
def test_choices_add_up_to_the_cap(second: Rulebook, gold: Facts, chosen: str, points: int) -> None:
    found = score(Case(second, dataclasses.replace(gold, raw={**gold.raw, "certificates": chosen})))
    assert found is not None
    assert found.groups["certificates"] == points


def test_unproved_claims_give_nothing(second: Rulebook, gold: Facts) -> None:
    claims = dict.fromkeys(gold.claims, False)
    found = score(Case(second, dataclasses.replace(gold, claims=claims)))
    assert found is not None
    assert found.items["each-use"] == 0


def test_all_domains_are_capped(second: Rulebook, gold: Facts) -> None:
    claims = {d.key: True for d in second.domains}
    found = score(Case(second, dataclasses.replace(gold, claims=claims)))
    assert found is not None
    assert (found.items["each-use"], found.groups["use"], found.total) == (70, 60, 100)


@pytest.mark.parametrize(
    ("strict", "points", "enough"),
    [(False, 69, False), (False, 70, True), (True, 70, False), (True, 71, True)],
)
def test_the_edge_of_a_threshold(strict: bool, points: int, enough: bool) -> None:
    assert passes(Threshold(level="x", at_least=70, strict=strict), points) is enough


def test_too_few_points_are_an_obstacle_that_does_not_stop_here(second: Rulebook, gold: Facts) -> None:
    verdict = evaluate(second, dataclasses.replace(gold, claims={"mail": True}))
    assert {"points.gold"} <= {f.rule for f in verdict.of("obstacle")}
    assert "points.gold" not in {f.rule for f in verdict.blocking}
    assert verdict.points == 50


def test_points_by_spend(second: Rulebook, gold: Facts) -> None:
    from xingyun.rulebook.schema.points import Band, NumberPoints

    assert second.points is not None
    by_spend = NumberPoints(
        kind="number",
        of="spend",
        key="money",
        label="投入",
        label_en="Spending",
        clause=("第五条",),
        text="-",
        text_en="-",
        group="size",
        bands=(Band(at_least=200_001, points=9), Band(at_least=200_000, points=7), Band(points=1)),
    )
    book = dataclasses.replace(second, points=dataclasses.replace(second.points, items=(by_spend,)))
    found = score(Case(book, gold))
    assert found is not None
    assert found.items == {"money": 7}
