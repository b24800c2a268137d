"""The ladder: entering a level directly, and applying for what one holds already."""

import dataclasses
from collections.abc import Callable

import pytest
from tests.rulebook.conditions.conftest import kinds, of
from tests.rulebook.conditions.test_groups import CHOICE, JUDGE, LATER, MET, NOT, OPEN
from tests.rulebook.conftest import BESIDE, SECOND, _facts

from xingyun.rulebook import Facts, PlacesUsed, Rulebook, evaluate, load_folder, load_source, self_check
from xingyun.rulebook.explain import lines
from xingyun.rulebook.load import read_folder

SAME_ROUND = 'requires = "silver"\nsame_round_counts = true'


def _book(*doors: str, same_round: bool = False, held: str = "hint", extra: str = "") -> Rulebook:
    """The made-up rulebook; gold is entered by these conditions."""
    named = ", ".join(f'"{key}"' for key in doors)
    lines_ = f'requires = "silver"\nsame_round_counts = {str(same_round).lower()}\nwhen_held = "{held}"\n'
    source = read_folder(SECOND)
    grades = source["grades.toml"].replace(SAME_ROUND, lines_ + (f"direct_if = [{named}]" if doors else ""))
    parts = {"met": MET, "not": NOT, "later": LATER, "judge": JUDGE, "open": OPEN}
    source["grades.toml"] = "\n".join((grades, *(parts[key] for key in doors), extra))
    source["application.toml"] += f"\n{CHOICE}\n"
    return load_source(source)


SIDES = [
    ((), "obstacle", True),
    (("met",), "ok", False),
    (("not", "met"), "ok", False),
    (("judge", "not"), "judge", False),
    (("open",), "judge", False),
    (("not",), "obstacle", True),
    (("later",), "obstacle", True),
]


@pytest.mark.parametrize(("doors", "kind", "blocks"), SIDES)
def test_direct_entry(gold: Facts, doors: tuple[str, ...], kind: str, blocks: bool) -> None:
    found = of(_book(*doors), gold, "ladder.gold")
    assert [(f.kind, f.blocks) for f in found] == [(kind, blocks)]
    assert bool(found[0].remedy.zh) == blocks


def test_who_enters_directly_wins_no_level_below(gold: Facts) -> None:
    book = _book("met", same_round=True)
    verdict = evaluate(book, gold)
    assert verdict.direct == {"gold"}
    assert kinds(book, gold, "ladder.gold") == ["ok"]
    assert of(book, gold, "ladder.silver") == []
    assert [a.level for a in book.path("gold", direct=verdict.direct)] == ["gold", "gold", "gold"]
    assert {a.level for a in book.path("gold")} == {"bronze", "silver", "gold"}


def test_who_can_not_climbs(gold: Facts) -> None:
    book = _book("not", same_round=True)
    assert evaluate(book, gold).direct == frozenset()
    assert kinds(book, gold, "ladder.gold") == ["hint"]
    assert kinds(book, gold, "ladder.silver") == ["hint"]


def test_holding_the_level_below_comes_first(gold: Facts) -> None:
    holder = dataclasses.replace(gold, titles=("silver",))
    for doors in (("met",), ("open",), ("not",)):
        assert of(_book(*doors), holder, "ladder.gold")[0].text == "已获评“银帆”，可申报“金帆”。"


def test_the_doors_are_named(gold: Facts) -> None:
    met = of(_book("not", "met"), gold, "ladder.gold")[0]
    assert (met.text, [c.ref for c in met.clauses]) == ("“金帆”可以直接申报（甲）。", ["第六条", "第二条"])
    pending = of(_book("open", "judge"), gold, "ladder.gold")[0]
    assert pending.text == "申报“金帆”须先获评“银帆”；符合直接申报条件的除外（甲、甲），由评审人员判断。"
    shut = of(_book("not"), gold, "ladder.gold")[0]
    assert shut.remedy.zh == ("获评“银帆”后可以申报；直接申报的，甲：回答是“公司”。 要求的回答是：其他。")
    for doors in (("later", "not"), ("not", "later")):
        nearest = of(_book(*doors), gold, "ladder.gold")[0].remedy.zh
        assert nearest.startswith("获评“银帆”后可以申报；直接申报的，“甲”还没有回答。"), doors
    assert of(_book(), gold, "ladder.gold")[0].remedy.zh == "获评“银帆”后可以申报。"


def test_a_denied_level_below_says_what_would_help(gold: Facts) -> None:
    denied = dataclasses.replace(gold, decided={"silver": False})
    found = of(_book(same_round=True), denied, "ladder.gold")[0]
    assert (found.kind, found.blocks, found.remedy.zh) == ("obstacle", False, "获评“银帆”后可以申报。")
    assert kinds(_book("met", same_round=True), denied, "ladder.gold") == ["ok"]


def test_a_level_below_that_was_granted_in_the_round_is_held(gold: Facts) -> None:
    granted = dataclasses.replace(gold, decided={"silver": True})
    found = of(_book(same_round=True), granted, "ladder.gold")[0]
    assert (found.kind, found.text) == ("ok", "已获评“银帆”，可申报“金帆”。")


def test_what_is_wrong_with_a_level_is_mended_in_its_field(gold: Facts) -> None:
    holder = dataclasses.replace(gold, titles=("gold",))
    for name, facts in (("ladder.gold", gold), ("held.gold", holder)):
        assert of(_book(), facts, name)[0].where == ("form", "grade"), name


def test_a_ladder_with_a_clause_of_its_own_cites_that(edited: Callable[..., Rulebook], gold: Facts) -> None:
    own = edited((SAME_ROUND, f'{SAME_ROUND}\nladder_clause = "第四条"'), folder=SECOND)
    for book, ref in ((own, "第四条"), (_book(), "第六条")):
        assert [c.ref for c in of(book, gold, "ladder.gold")[0].clauses] == [ref]


def test_where_the_only_level_is_never_asked_for_the_form_is_the_place() -> None:
    holder = dataclasses.replace(_facts(BESIDE, "passes"), titles=("innovative",))
    found = of(load_folder(BESIDE), holder, "held.innovative")
    assert [(f.kind, f.where) for f in found] == [("hint", ("form",))]


@pytest.mark.parametrize(
    ("held", "titles", "kind", "remedy"),
    [
        ("hint", ("gold",), "hint", ""),
        ("obstacle", ("gold",), "obstacle", "已是最高等级，不必再申报。"),
        ("obstacle", ("silver",), None, ""),
    ],
)
def test_what_is_held_already(
    gold: Facts, held: str, titles: tuple[str, ...], kind: str | None, remedy: str
) -> None:
    found = of(_book(held=held), dataclasses.replace(gold, titles=titles), "held.gold")
    assert [f.kind for f in found] == ([kind] if kind else [])
    assert [f.blocks for f in found] == ([kind == "obstacle"] if kind else [])
    assert [f.remedy.zh for f in found] == ([remedy] if kind else [])


def test_a_higher_level_may_be_left_to_apply_for(edited: Callable[..., Rulebook], gold: Facts) -> None:
    change = 'requires = "bronze"\n'
    book = edited((change, change + 'when_held = "obstacle"\n'), folder=SECOND)
    holder = dataclasses.replace(gold, level="silver", titles=("silver",))
    found = of(book, holder, "held.silver")[0]
    assert (found.kind, found.blocks, found.remedy.zh) == ("obstacle", True, "可以申报更高的等级。")
    assert found.text == "已持有“银帆”，不低于“银帆”。"
    above = of(book, dataclasses.replace(holder, titles=("silver", "gold")), "held.silver")[0]
    assert (above.text, above.remedy.zh) == ("已持有“金帆”，不低于“银帆”。", "已是最高等级，不必再申报。")
    assert [c.ref for c in above.clauses] == ["第六条"]


@pytest.mark.parametrize(("door", "said"), [("not", 1), ("met", 0)])
def test_places_of_levels_passed_over_are_not_spoken_of(gold: Facts, door: str, said: int) -> None:
    facts = dataclasses.replace(gold, places={"town-bronze": PlacesUsed(10, 1)})
    assert len(of(_book(door, same_round=True), facts, "quota.town-bronze")) == said


@pytest.mark.parametrize(("authority", "said"), [("taoyuan", 1), ("shuangxi", 0), (None, 1)])
def test_places_of_tiers_that_are_none_of_ones_own_are_not_spoken_of(
    second: Rulebook, gold: Facts, authority: str | None, said: int
) -> None:
    """Whoever belongs to a county directly needs no place of a town."""
    places = {"town-bronze": PlacesUsed(10, 1), "county-silver": PlacesUsed(10, 1)}
    facts = dataclasses.replace(gold, authority=authority, places=places)
    assert len(of(second, facts, "quota.town-bronze")) == said
    [found] = of(second, facts, "quota.county-silver")
    assert found.text == "“银帆名额”1 个（10 × 10% = 1）已用完；符合条件的列为名额所限。"
    assert (found.kind, found.where, [c.ref for c in found.clauses]) == ("hint", ("offices",), ["第九条"])


def test_the_self_check_opens_doors_too() -> None:
    check = self_check(_book("met"), {"what": "company"})[2]
    assert {f.rule: f.kind for f in check.findings}["ladder.gold"] == "ok"


def _faults(*changes: tuple[str, str], extra: str = "") -> list[str]:
    from xingyun.rulebook import RulebookErrors

    source = read_folder(SECOND)
    for old, new in changes:
        source["grades.toml"] = source["grades.toml"].replace(old, new, 1)
    source["grades.toml"] += "\n" + extra
    with pytest.raises(RulebookErrors) as caught:
        load_source(source)
    return [e.say("en") for e in caught.value.errors]


def test_faults() -> None:
    door = 'decided_by = "town"\ndirect_if = ["met"]'
    assert "direct_if goes with requires" in _faults(('decided_by = "town"', door), extra=MET)[0]
    twice = SAME_ROUND + '\ndirect_if = ["met", "met"]'
    assert "met is named twice" in _faults((SAME_ROUND, twice), extra=MET)[0]
    gone = SAME_ROUND + '\ndirect_if = ["gone"]'
    assert "conditions has no gone" in _faults((SAME_ROUND, gone))[0]


def test_explained() -> None:
    said = [line.words.zh for line in lines(_book("met", held="obstacle"))]
    assert "70分以上，省评定；可直接申报，只要符合任一：甲；已有同级或更高等级的不能申报" in said
