"""Fast tracks: what they stand in place of, for which levels, and what stays open."""

import dataclasses
from collections.abc import Callable

import pytest
from tests.rulebook.conditions.conftest import LISTS, Book, kinds, of, rule
from tests.rulebook.conditions.test_groups import CHOICE, JUDGE, LATER, MET, NOT, OPEN

from xingyun.rulebook import Facts, LookUp, Rulebook, evaluate, self_check
from xingyun.rulebook.explain import lines

DEMAND = rule("answer_is", 'field = "form_of_business"\naccepted = ["other"]')


def track(any_of: str, instead_of: str = "it", *lines_: str) -> str:
    """A fast track by these conditions in place of those rules."""
    ways = ", ".join(f'"{key}"' for key in any_of.split())
    rules = ", ".join(f'"{key}"' for key in instead_of.split())
    return (
        '[[fast_tracks]]\nkey = "fast"\nlabel = "直通"\nlabel_en = "The track"\nclause = "第三条"\n'
        f'text = "直通。"\ntext_en = "A track."\nany_of = [{ways}]\ninstead_of = [{rules}]\n'
        + "\n".join(lines_)
        + "\n"
    )


SIDES = [
    # by what, the demand, the track
    (("met", MET), "ok", "ok"),
    (("judge", JUDGE), "judge", "judge"),
    (("open", OPEN), "judge", "hint"),
    (("not", NOT), "obstacle", "hint"),
]


@pytest.mark.parametrize(("way", "demand", "found"), SIDES)
def test_where_a_track_stands_so_does_the_rule(
    book: Book, gold: Facts, way: tuple[str, str], demand: str, found: str
) -> None:
    rulebook = book(DEMAND, track(way[0]), way[1])
    assert kinds(rulebook, gold) == [demand]
    assert kinds(rulebook, gold, "fast_track.fast") == [found]
    assert [f.rule for f in evaluate(rulebook, gold).blocking] == (
        ["condition.it"] if demand == "obstacle" else []
    )


def test_an_answer_that_is_missing_opens_nothing(book: Book, gold: Facts) -> None:
    rulebook = book(DEMAND, track("later"), LATER, CHOICE)
    assert kinds(rulebook, gold) == ["obstacle"]
    found = of(rulebook, gold, "fast_track.fast")[0]
    assert (found.kind, found.text, found.where) == ("hint", "直通：没有符合的（甲）。", ("form", "choice"))


def test_what_is_spared_cites_both_clauses(book: Book, gold: Facts) -> None:
    way = MET.replace("第二条", "第四条")
    found = of(book(DEMAND, track("not met"), NOT, way), gold)[0]
    assert found.text == "甲：直通（甲），不再要求。"
    assert [c.ref for c in found.clauses] == ["第二条", "第三条", "第四条"]
    assert found.facts[0].zh == "企业类型：公司"
    assert found.where == ("form", "form_of_business")


def test_what_is_met_anyway_says_so(book: Book, gold: Facts) -> None:
    demand = rule("answer_is", 'field = "form_of_business"\naccepted = ["company"]')
    assert of(book(demand, track("met"), MET), gold)[0].text == "甲：符合。"


def test_an_unanswered_question_is_spared_too(book: Book, gold: Facts) -> None:
    demand = rule("answer_is", 'field = "choice"\naccepted = ["yes"]')
    assert kinds(book(demand, track("met"), MET, CHOICE), gold) == ["ok"]
    assert kinds(book(demand, track("not"), NOT, CHOICE), gold) == []


def test_an_answer_that_is_wanting_waits_for_a_track_that_is_judged(book: Book, gold: Facts) -> None:
    spend = rule("spend", 'event = "payment"')
    assert kinds(book(spend), gold) == ["missing"]
    found = of(book(spend, track("open"), OPEN), gold)
    assert [(f.kind, f.blocks) for f in found] == [("judge", False)]


@pytest.mark.parametrize("order", [("open", "met"), ("met", "open")])
def test_the_track_that_stands_best_counts(book: Book, gold: Facts, order: tuple[str, str]) -> None:
    tracks = [track(key).replace('key = "fast"', f'key = "{key}-track"') for key in order]
    assert kinds(book(DEMAND, *tracks, OPEN, MET), gold) == ["ok"]


def test_what_stays_open_says_so(book: Book, gold: Facts) -> None:
    found = of(book(DEMAND, track("open"), OPEN), gold)[0]
    assert found.text == "甲：回答是“公司”。 直通成立的不再要求，由评审人员判断。"
    assert found.blocks is False
    listed = dataclasses.replace(gold, outside={"open": LookUp("listed")})
    assert kinds(book(DEMAND, track("open"), OPEN), listed) == ["obstacle"]


def test_a_judged_rule_stays_with_the_reviewers(book: Book, gold: Facts) -> None:
    assert kinds(book(rule("judged"), track("open"), OPEN), gold) == ["judge"]
    assert kinds(book(rule("judged"), track("met"), MET), gold) == ["ok"]


def test_a_wrong_date_is_pointed_out_all_the_same(book: Book, gold: Facts) -> None:
    from datetime import date

    from xingyun.rulebook import Event

    late = dataclasses.replace(gold, payments=(Event(on=date(2030, 1, 1), fen=1),), day=date(2022, 1, 1))
    rulebook = book(rule("spend", 'event = "payment"'), track("met"), MET)
    assert kinds(rulebook, late) == ["ok", "wrong"]


@pytest.mark.parametrize(
    ("levels", "demanded", "kind"),
    [
        ('["gold"]', "", "obstacle"),
        ('["bronze", "silver", "gold"]', "", "ok"),
        ('["gold"]', 'levels = ["gold"]', "ok"),
        ('["gold"]', 'levels = ["silver", "gold"]', "obstacle"),
    ],
)
def test_a_track_helps_where_it_covers_all_levels_aimed_at(
    book: Book, gold: Facts, levels: str, demanded: str, kind: str
) -> None:
    rulebook = book(DEMAND + demanded + "\n", track("met", "it", f"levels = {levels}"), MET)
    assert kinds(rulebook, gold) == [kind]


def test_a_track_to_another_level_is_not_looked_at(book: Book, gold: Facts) -> None:
    rulebook = book(DEMAND, track("met", "it", 'levels = ["gold"]'), MET)
    bronze = dataclasses.replace(gold, level="bronze")
    assert kinds(rulebook, bronze) == ["obstacle"]
    assert of(rulebook, bronze, "fast_track.fast") == []


def _few(facts: Facts) -> Facts:
    return dataclasses.replace(facts, claims={"planning": True, "quality": True})


def test_a_track_in_place_of_the_points(book: Book, gold: Facts) -> None:
    assert kinds(book(), _few(gold), "points.gold") == ["obstacle", "obstacle"]
    found = of(book(track("met", "points"), MET), _few(gold), "points.gold")
    assert [(f.kind, f.text) for f in found] == [("ok", "评分：直通（甲），不再要求。")]
    assert kinds(book(track("open", "points"), OPEN), _few(gold), "points.gold") == ["judge", "judge"]
    assert kinds(book(track("not", "points"), NOT), _few(gold), "points.gold") == ["obstacle", "obstacle"]


def _decides(rulebook: Rulebook) -> Rulebook:
    assert rulebook.points is not None
    return dataclasses.replace(rulebook, points=dataclasses.replace(rulebook.points, decides=True))


def test_where_points_decide_the_track_reaches_the_level_applied_for(book: Book, gold: Facts) -> None:
    by_points = evaluate(_decides(book()), _few(gold))
    assert by_points.reached == "silver"
    for way, reached, kind in ((MET, "gold", "ok"), (OPEN, "silver", "hint"), (NOT, "silver", "hint")):
        key = way.split('key = "')[1].split('"')[0]
        rulebook = _decides(book(track(key, "points"), way))
        assert evaluate(rulebook, _few(gold)).reached == reached
        assert kinds(rulebook, _few(gold), "points") == [kind]


def test_without_a_level_nothing_is_reached_by_a_track(book: Book, gold: Facts) -> None:
    nobody = dataclasses.replace(_few(gold), raw={**gold.raw, "grade": ""}, level=None)
    verdict = evaluate(_decides(book(track("met", "points"), MET)), nobody)
    assert verdict.level is None
    assert verdict.reached == "silver"


FAULTS = [
    ((DEMAND, track("")), "at least one is needed"),
    ((track("met", ""), MET), "at least one is needed"),
    ((DEMAND, track("met met"), MET), "met is named twice"),
    ((DEMAND, track("met", "it it"), MET), "it is named twice"),
    ((DEMAND + 'strength = "veto"\n', track("met"), MET), "it is a veto: nothing replaces it"),
    ((track("met", "met"), MET), "not asked by itself anyway"),
    ((track("met", "pints"), MET), "replaced has no pints"),
    ((DEMAND, track("gone")), "conditions has no gone"),
]


@pytest.mark.parametrize(("tables", "said"), FAULTS)
def test_faults(wrong: Callable[..., list[str]], tables: tuple[str, ...], said: str) -> None:
    found = wrong(*tables)
    assert len(found) == 1
    assert said in found[0]


def test_points_that_are_not_there_can_not_be_replaced(first: Rulebook) -> None:
    from xingyun.rulebook import RulebookErrors, load_source

    source = dict(first.source)
    source["3-conditions.toml"] += "\n" + track("legal-person", "points").replace("第三条", "四")
    with pytest.raises(RulebookErrors, match="no points to replace"):
        load_source(source)


def test_the_self_check_looks_at_tracks(book: Book) -> None:
    rulebook = book(DEMAND, track("met"), MET)
    check = self_check(rulebook, {"what": "company"})[0]
    assert {f.rule: f.kind for f in check.findings}["condition.it"] == "ok"
    assert {f.rule: f.kind for f in check.findings}["fast_track.fast"] == "ok"
    check = self_check(book(DEMAND, track("open"), OPEN), {"what": "company"})[0]
    assert {f.rule: f.kind for f in check.findings}["condition.it"] == "judge"


def test_explained(book: Book) -> None:
    rulebook = book(DEMAND, track("met", "it points", 'levels = ["gold"]'), MET, LISTS)
    said = [line.say("zh") for line in lines(rulebook)]
    assert "〔第三条〕直通：直通；限申报金帆的；任一即可：甲；不再要求：甲、评分" in said
    said = [line.say("zh") for line in lines(book(DEMAND, track("met"), MET))]
    assert "〔第三条〕直通：直通；任一即可：甲；不再要求：甲" in said
