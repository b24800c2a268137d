"""Points: items, groups with caps, thresholds with and without the edge."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

import pytest
from tests.rulebook.conftest import Edit

from xingyun.rulebook import Facts, Rulebook, Verdict, evaluate, self_check
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.points import by_number, passes, score
from xingyun.rulebook.explain import lines
from xingyun.rulebook.schema.points import DomainPoints, NumberPoints, Threshold


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
        bands=(
            Band(at_least=Fraction(200_001), points=9),
            Band(more_than=Fraction(200_000), points=7),
            Band(points=1),
        ),
    )
    book = dataclasses.replace(second, points=dataclasses.replace(second.points, items=(by_spend,)))
    found = score(Case(book, gold))
    assert found is not None
    assert found.items == {"money": 7}


def scored(book: Rulebook, facts: Facts, **answers: str) -> Verdict:
    """The verdict with some answers changed."""
    return evaluate(book, dataclasses.replace(facts, raw={**facts.raw, **answers}))


def test_the_verdict_carries_the_score(manual: Rulebook, weaver: Facts) -> None:
    verdict = scored(manual, weaver)
    assert verdict.score is not None
    assert verdict.score.total == verdict.points == 80
    assert verdict.score.groups == {"tools-points": 40, "people-points": 20, "growth-points": 20, "extra": 0}
    assert verdict.reached is None


@pytest.mark.parametrize(
    ("honours", "sum_", "best"), [("", 0, 0), ("local", 4, 4), ("national", 8, 8), ("national,local", 12, 8)]
)
def test_choices_add_up_or_the_best_counts(
    manual_edited: Edit, weaver: Facts, honours: str, sum_: int, best: int
) -> None:
    for combine, points in (("sum", sum_), ("best", best)):
        book = manual_edited(('combine = "best"', f'combine = "{combine}"'))
        score = scored(book, weaver, honours=honours).score
        assert score is not None
        assert score.items["best-honour"] == points


def test_an_item_counts_in_its_circumstances_only(manual: Rulebook, weaver: Facts) -> None:
    for training, points in (("yes", 5), ("no", 0)):
        score = scored(manual, weaver, training=training, online="50%").score
        assert score is not None
        assert score.items["online-share"] == points
    assert not scored(manual, weaver, training="no").at("form", "online")
    assert {f.rule for f in scored(manual, weaver, training="yes").at("form", "online")} == {
        "condition.online-enough",
        "item.online-share",
    }


def test_a_bonus_stands_beyond_the_cap_of_the_whole(manual_edited: Edit, weaver: Facts) -> None:
    for bonus, total in (("true", 78), ("false", 70)):
        book = manual_edited(("cap = 100\n", "cap = 70\n"), ("bonus = true", f"bonus = {bonus}"))
        assert scored(book, weaver, honours="national").points == total


def test_below_the_cap_a_bonus_counts_once(manual: Rulebook, weaver: Facts) -> None:
    found = scored(manual, weaver, honours="national").score
    assert found is not None
    bonus = next(group.key for group in manual.points.groups if group.bonus)  # type: ignore[union-attr]
    assert found.groups[bonus] > 0
    assert found.total == sum(found.groups.values()) < 100


def test_a_condition_gives_points_only_when_it_is_met(manual: Rulebook, weaver: Facts) -> None:
    for claims, points in (({"looms": True}, 3), ({"looms": False}, 0)):
        verdict = evaluate(manual, dataclasses.replace(weaver, claims={**weaver.claims, **claims}))
        assert verdict.score is not None
        assert verdict.score.items["all-tools"] == points
        assert not [f for f in verdict.findings if f.rule == "condition.three-tools"]


def test_what_is_left_to_reviewers_gives_no_points(manual_edited: Edit, weaver: Facts) -> None:
    book = manual_edited(("at_least = 3\n", 'at_least = 3\notherwise = "judge"\n'))
    score = scored(book, weaver).score
    assert score is not None
    assert score.items["all-tools"] == 0


def test_a_date_that_cannot_be_gives_no_points(manual_edited: Edit, weaver: Facts) -> None:
    """The spend is met all the same: what is wrong beside it has to be put right before it counts here."""
    book = manual_edited(('condition = "three-tools"', 'condition = "outlay"'))
    assert weaver.day is not None
    later = dataclasses.replace(weaver.invoices[0], on=weaver.day + timedelta(days=1))
    for invoices, points in ((weaver.invoices, 3), ((*weaver.invoices, later), 0)):
        verdict = evaluate(book, dataclasses.replace(weaver, invoices=invoices))
        assert verdict.score is not None
        assert verdict.score.items["all-tools"] == points


def test_a_part_is_not_asked_in_the_self_check(manual: Rulebook) -> None:
    found = {f.rule for check in self_check(manual, {}) for f in check.findings}
    assert "condition.two-tools" in found
    assert "condition.three-tools" not in found


@pytest.mark.parametrize(
    ("least", "strict", "kind"),
    [(40, "false", "ok"), (40, "true", "judge"), (41, "false", "judge"), (39, "true", "ok")],
)
def test_the_edge_of_a_group(manual_edited: Edit, weaver: Facts, least: int, strict: str, kind: str) -> None:
    book = manual_edited(("at_least = 20, strict = false", f"at_least = {least}, strict = {strict}"))
    found = [f for f in scored(book, weaver).findings if f.rule == "points.second"]
    assert found[-1].kind == kind
    assert found[-1].remedy.zh == ("" if kind == "ok" else f"还差 {least + (strict == 'true') - 40} 分。")


DECIDES = [
    ("decides = false", "decides = true"),
    (
        'levels = [{ level = "second", at_least = 50, strict = false,',
        'levels = [{ level = "first", at_least = 40 }, { level = "second", at_least = 80, strict = false,',
    ),
]


@pytest.mark.parametrize(
    ("people", "level", "kind", "words"),
    [
        ("50", "second", "ok", "80 points: “Second grade”."),
        ("49", "first", "hint", "70 points: “First grade”, below “Second grade” as applied for."),
    ],
)
def test_points_decide_the_level(
    manual_edited: Edit, weaver: Facts, people: str, level: str, kind: str, words: str
) -> None:
    verdict = scored(manual_edited(*DECIDES), weaver, people=people)
    found = [f for f in verdict.findings if f.rule == "points"]
    assert (verdict.reached, [(f.kind, f.text_en) for f in found]) == (level, [(kind, words)])


def test_a_level_whose_group_is_short_is_not_reached(manual_edited: Edit, weaver: Facts) -> None:
    book = manual_edited(*DECIDES, ("at_least = 20, strict", "at_least = 41, strict"))
    assert scored(book, weaver).reached == "first"


def test_points_that_reach_no_level(manual_edited: Edit, weaver: Facts) -> None:
    verdict = evaluate(manual_edited(*DECIDES), dataclasses.replace(weaver, claims={}, invoices=()))
    found = [f for f in verdict.findings if f.rule == "points"]
    assert verdict.reached is None
    assert [(f.kind, f.remedy.en) for f in found] == [("judge", "10 points are missing.")]


def test_points_reach_a_level_before_one_is_chosen(manual_edited: Edit, weaver: Facts) -> None:
    verdict = scored(manual_edited(*DECIDES), weaver, grade="")
    assert verdict.reached == "second"
    assert "points" in {f.rule for f in verdict.of("ok")}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cap = 10, bonus = true", "bonus = true", "a bonus needs its cap"),
        (
            '{ group = "tools-points", at_least',
            '{ group = "extra", at_least',
            "no level can ask for the bonus extra",
        ),
        ('condition = "three-tools"', 'condition = "three"', "conditions has no three"),
        ('is = "yes" }\nbands', 'is = "maybe" }\nbands', "training has no option maybe"),
        (
            "decides = false\nlevels = [",
            "decides = true\nlevels = []\nlevel = [",
            "points that decide need thresholds",
        ),
    ],
)
def test_faults(manual_faults: Callable[..., list[str]], old: str, new: str, said: str) -> None:
    assert any(said in line for line in manual_faults((old, new)))


def test_points_in_words(manual_edited: Edit) -> None:
    told = {
        f"{line.name.en}: {line.words.en}"
        for line in lines(manual_edited(*DECIDES))
        if line.part.en == "Points"
    }
    assert "Points: The points decide the level" in told
    assert "Bonus: a bonus beyond the cap of the whole, at most 10 points" in told
    assert "Second grade: at least 80 points, of them in “Tools” at least 20 points" in told
    assert (
        "Share sold online: With training: 5 where half or more is sold online; "
        "only in this case: “Training” is Yes; Share sold online; 50% or more: 5 points"
    ) in told
    assert "Every tool: 3 for all three tools; “Three tools” met: 3 points" in told
    assert "Honours: The best one counts; National: 8 points; Local: 4 points; of several the best" in told
    assert "Training: 10 for training; Yes: 10 points; at most 10 points" in told


STEPS = """
[[points.items]]
kind = "number"
key = "staff-steps"
label = "人数"
label_en = "People"
clause = "二"
text = "超过10人的每满5人2分。"
text_en = "2 for every 5 above 10."
group = "people-points"
field = "people"
per = 5
each = 2
above = 10
"""


@pytest.mark.parametrize(
    ("people", "points"), [("10", 0), ("14", 0), ("15", 2), ("19", 2), ("20", 4), ("1", 0)]
)
def test_points_for_every_whole_step(manual_edited: Edit, weaver: Facts, people: str, points: int) -> None:
    made = manual_edited(("[[points.items]]", STEPS + "\n[[points.items]]"))
    found = score(Case(made, dataclasses.replace(weaver, raw={**weaver.raw, "people": people})))
    assert found is not None
    assert found.items["staff-steps"] == points
    assert any("超过 10 的部分每满 5：2 分" in line.words.zh for line in lines(made))


@pytest.mark.parametrize(("floor", "points"), [("", -10), ("floor = 0", 0), ("floor = -6", -6)])
def test_deductions_end_at_the_floor(manual_edited: Edit, weaver: Facts, floor: str, points: int) -> None:
    taken = STEPS.replace("each = 2", "each = -2").replace("people-points", "taken")
    group = f'{{ key = "taken", label = "扣分", label_en = "Taken"{", " if floor else ""}{floor} }},'
    made = manual_edited(
        ("[[points.items]]", taken + "\n[[points.items]]"), ("groups = [", "groups = [" + group)
    )
    found = score(Case(made, dataclasses.replace(weaver, raw={**weaver.raw, "people": "35"})))
    assert found is not None
    assert found.groups["taken"] == points


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("each = 2\n", "", "per and each go together"),
        ("per = 5", "per = 0", "must be above 0"),
        ("per = 5\neach = 2\nabove = 10", "", "either bands, or per with each"),
    ],
)
def test_steps_that_are_none(manual_faults: Callable[..., list[str]], old: str, new: str, said: str) -> None:
    found = manual_faults(("[[points.items]]", STEPS.replace(old, new) + "\n[[points.items]]"))
    assert said in found[0]


def test_a_floor_above_the_cap(manual_faults: Callable[..., list[str]]) -> None:
    assert "above the cap" in manual_faults(("floor = 0", "floor = 31"))[0]


LEVELS = (
    'levels = [{ level = "second", at_least = 50, strict = false, '
    'minimums = [{ group = "tools-points", at_least = 20, strict = false }] }]'
)
ONE_THRESHOLD = (
    'levels = [{ level = "first", at_least = 50 }, '
    '{ level = "second", at_least = 50, conditions = ["trains"] }]'
)
BY_TRAINING = (("decides = false", "decides = true"), (LEVELS, ONE_THRESHOLD))


@pytest.mark.parametrize(("training", "level"), [("yes", "second"), ("no", "first")])
def test_of_two_levels_with_one_threshold_a_condition_tells(
    manual_edited: Edit, weaver: Facts, training: str, level: str
) -> None:
    made = manual_edited(*BY_TRAINING)
    assert scored(made, weaver, training=training).reached == level
    assert any("并符合有培训" in line.words.zh for line in lines(made))


def test_conditions_of_a_threshold_where_nothing_is_decided(manual_faults: Callable[..., list[str]]) -> None:
    assert "conditions go with decides" in manual_faults(BY_TRAINING[1])[0]


def test_a_tiny_edge_is_read_back_exactly(manual_edited: Edit) -> None:
    small = STEPS.replace("per = 5\neach = 2\nabove = 10", 'bands = [{ at_most = "35/1000000", points = 1 }]')
    made = manual_edited(("[[points.items]]", small + "\n[[points.items]]"))
    assert any("7/200000 以下（含）：1 分" in line.words.zh for line in lines(made))


def test_domains_of_one_branch_alone(second: Rulebook, gold: Facts) -> None:
    """`within` counts what lies below it, and no more."""
    item = next(i for i in second.points.items if isinstance(i, DomainPoints))
    branch = second.checklist.branch(second.domains[0].key)
    inside = {d.key for d in branch}
    assert inside < {d.key for d in second.domains}
    every = dict.fromkeys((d.key for d in second.domains), True)
    facts = dataclasses.replace(gold, claims=every)
    for within, n in ((second.domains[0].key, len(inside)), (None, len(every))):
        items = tuple(
            dataclasses.replace(i, within=within, cap=None) if i is item else i for i in second.points.items
        )
        book = dataclasses.replace(second, points=dataclasses.replace(second.points, items=items))
        assert score(Case(book, facts)).items[item.key] == item.each * n


@pytest.mark.parametrize(
    ("cap", "held", "whole"), [(24, 24, 80), (25, 25, 80), (19, 19, 79), (0, 0, 60), (None, 25, 80)]
)
def test_an_item_has_a_cap_of_its_own_below_that_of_its_group(
    second: Rulebook, gold: Facts, cap: int | None, held: int, whole: int
) -> None:
    """The certificates give 25 of which the group takes 20."""
    items = tuple(dataclasses.replace(i, cap=cap) if i.key == "held" else i for i in second.points.items)
    book = dataclasses.replace(second, points=dataclasses.replace(second.points, items=items))
    found = score(Case(book, gold))
    assert (found.items["held"], found.total) == (held, whole)


def test_steps_are_counted_from_where_they_begin(second: Rulebook) -> None:
    item = next(i for i in second.points.items if isinstance(i, NumberPoints))
    stepped = dataclasses.replace(item, per=Fraction(5), each=2, above=None, bands=())
    assert [by_number(Fraction(n), stepped) for n in (0, 4, 5, 9, 10)] == [0, 0, 2, 2, 4]
    above = dataclasses.replace(stepped, above=Fraction(10))
    assert [by_number(Fraction(n), above) for n in (0, 10, 14, 15, 20)] == [0, 0, 0, 2, 4]
    assert by_number(None, stepped) == 0


def test_only_the_levels_aimed_at_are_asked(second: Rulebook, gold: Facts) -> None:
    """Who applies for the lowest is not told of points that the higher ones take."""

    def asked(level: str) -> list[str]:
        verdict = evaluate(second, dataclasses.replace(gold, level=level))
        return [f.rule for f in verdict.findings if f.rule.startswith("points.")]

    assert (asked("bronze"), asked("silver")) == (["points.bronze"], ["points.bronze", "points.silver"])


def test_nothing_is_missing_on_the_edge_itself(second: Rulebook, gold: Facts) -> None:
    """The example comes to 80 points."""
    for least, strict, missing in ((80, False, 0), (79, True, 0), (80, True, 1), (81, False, 1)):
        threshold = Threshold(level="gold", at_least=least, strict=strict)
        book = dataclasses.replace(second, points=dataclasses.replace(second.points, levels=(threshold,)))
        (found,) = (f for f in evaluate(book, gold).findings if f.rule == "points.gold")
        assert (found.kind, found.remedy.zh) == (
            ("obstacle", f"还差 {missing} 分。") if missing else ("ok", "")
        )


@pytest.mark.parametrize(("stops", "blocked"), [(True, ["points.gold"]), (False, [])])
def test_too_few_points_stop_where_the_rulebook_says_so(
    second: Rulebook, gold: Facts, stops: bool, blocked: list[str]
) -> None:
    threshold = Threshold(level="gold", at_least=81)
    points = dataclasses.replace(second.points, levels=(threshold,), stops_submission=stops)
    verdict = evaluate(dataclasses.replace(second, points=points), gold)
    assert [f.rule for f in verdict.blocking] == blocked
    enough = dataclasses.replace(points, levels=(Threshold(level="gold", at_least=80),))
    assert not evaluate(dataclasses.replace(second, points=enough), gold).blocking


def test_points_are_mended_where_they_are_counted(second: Rulebook, gold: Facts) -> None:
    """In the checklist, or where there is none in the form."""
    for checklist, where in ((second.checklist, ("checklist",)), (None, ("form",))):
        verdict = evaluate(dataclasses.replace(second, checklist=checklist), gold)
        assert {f.where for f in verdict.findings if f.rule == "points.gold"} == {where}


def test_a_number_that_is_not_known_points_to_its_field(second: Rulebook, gold: Facts) -> None:
    unknown = dataclasses.replace(gold, raw={**gold.raw, "users": ""})
    item = next(i for i in second.points.items if isinstance(i, NumberPoints))
    over = dataclasses.replace(item, field=None, over="users")
    for one in (item, over):
        book = dataclasses.replace(second, points=dataclasses.replace(second.points, items=(one,)))
        (found,) = (f for f in evaluate(book, unknown).findings if f.rule == "item.people")
        assert (found.kind, found.where) == ("hint", ("form", "users"))


@pytest.mark.parametrize(("strict", "level"), [(False, "gold"), (True, "silver")])
def test_the_edge_of_a_group_where_points_decide(
    second: Rulebook, gold: Facts, strict: bool, level: str
) -> None:
    """The example has 40 points of the group that gold asks 40 of."""
    top = second.points.levels[-1]
    minimum = dataclasses.replace(top.minimums[0], strict=strict)
    levels = (*second.points.levels[:-1], dataclasses.replace(top, minimums=(minimum,)))
    points = dataclasses.replace(second.points, decides=True, levels=levels)
    assert evaluate(dataclasses.replace(second, points=points), gold).reached == level
