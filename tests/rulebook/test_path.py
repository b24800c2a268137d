"""The acts that an application goes through, for any number of tiers and levels."""

import dataclasses

import pytest

from xingyun.rulebook import Act, Rulebook


def test_two_tiers(first: Rulebook) -> None:
    assert first.path("star-4") == (
        Act("district", "decide", "star-3", "district-three"),
        Act("district", "recommend", "star-4", "district-four-five"),
        Act("city", "decide", "star-4", None),
    )


def test_three_tiers(second: Rulebook) -> None:
    assert second.path("gold", authority="taoyuan") == (
        Act("town", "decide", "bronze", "town-bronze"),
        Act("town", "recommend", "silver", "town-upward"),
        Act("town", "recommend", "gold", "town-upward"),
        Act("county", "decide", "silver", "county-silver"),
        Act("county", "recommend", "gold", "county-gold"),
        Act("province", "decide", "gold", None),
    )


def test_a_county_under_the_provinces_own_hand_has_no_town(second: Rulebook) -> None:
    acts = second.path("gold", held=["silver"], authority="yunmen")
    assert [(a.tier, a.kind) for a in acts] == [("county", "recommend"), ("province", "decide")]


def test_without_the_same_round_the_lower_level_is_no_part_of_the_way(first: Rulebook) -> None:
    levels = tuple(dataclasses.replace(lv, same_round_counts=False) for lv in first.levels)
    book = dataclasses.replace(first, levels=levels)
    assert [a.level for a in book.path("star-4")] == ["star-4", "star-4"]


@pytest.mark.parametrize("name", ["first", "second"])
def test_acts_go_upward_and_end_with_the_decision(name: str, request: pytest.FixtureRequest) -> None:
    book: Rulebook = request.getfixturevalue(name)
    for level in book.levels:
        acts = book.path(level.key)
        tiers = [book.tier_number(a.tier) for a in acts]
        assert tiers == sorted(tiers)
        assert acts[-1][:3] == (level.decided_by, "decide", level.key)
        assert len(set(acts)) == len(acts)


def test_a_title_of_a_higher_level_counts_for_a_lower(second: Rulebook) -> None:
    assert second.holds("bronze", ["gold"])
    assert not second.holds("silver", ["bronze"])
    assert not second.holds("bronze", ["unknown"])
    assert [lv.key for lv in second.ladder("gold", ["bronze"])] == ["silver", "gold"]
