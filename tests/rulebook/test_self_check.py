"""The public self-check: what stands in the way, never a promise."""

from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.conftest import FIRST, SECOND

from xingyun.rulebook import LevelCheck, Rulebook, load_folder, self_check
from xingyun.rulebook.engine.self_check import needed

BOOKS = [load_folder(FIRST), load_folder(SECOND)]
GOOD = {
    "place": "licheng",
    "nature": "limited",
    "finance-system": "yes",
    "good-credit": "yes",
    "spend": "86.2",
    "deployment": "hybrid",
    "contracts": "yes",
    "audit": "yes",
    "plan": "yes",
}


def _of(checks: tuple[LevelCheck, ...], level: str) -> LevelCheck:
    return next(c for c in checks if c.level.key == level)


def test_every_level_gets_an_answer_lowest_first(first: Rulebook) -> None:
    assert [c.level.key for c in self_check(first, GOOD)] == ["star-3", "star-4", "star-5"]


def test_no_obstacle_found_is_what_is_said(first: Rulebook) -> None:
    for check in self_check(first, GOOD):
        assert check.obstacles == ()
        assert check.to_prepare == ()
        assert check.heading == ("按一、1、一、2未发现障碍", "no obstacle found under 一、1, 一、2")
        assert [f.rule for f in check.judged] == ["condition.stars-by-guide"]


def test_private_cloud_is_left_to_the_reviewer(first: Rulebook) -> None:
    check = _of(self_check(first, {**GOOD, "deployment": "private"}), "star-3")
    assert check.obstacles == ()
    assert "deployment.star-3" in {f.rule for f in check.judged}


def test_the_plan_is_asked_of_four_and_five_only(first: Rulebook) -> None:
    checks = self_check(first, {**GOOD, "plan": "no"})
    assert _of(checks, "star-3").to_prepare == ()
    assert [f.rule for f in _of(checks, "star-4").to_prepare] == ["material.private-cloud-plan"]


def test_what_is_not_answered_is_named(first: Rulebook) -> None:
    check = self_check(first, {})[0]
    assert check.heading.zh == "还没有可以核对的回答"
    assert {f.rule for f in check.to_prepare} >= {"question.nature", "question.deployment", "condition.spend"}
    assert check.obstacles == ()


def test_a_title_held_changes_the_way(first: Rulebook) -> None:
    rules = {f.rule: f.kind for f in _of(self_check(first, {**GOOD, "title": "star-3"}), "star-4").findings}
    assert rules["ladder.star-4"] == "ok"


@given(
    st.sampled_from(BOOKS),
    st.dictionaries(
        st.sampled_from([q.key for book in BOOKS for q in book.questions]),
        st.one_of(st.text(max_size=20), st.sampled_from(["yes", "no", "public", "86.2", "lixia"])),
    ),
)
def test_any_answers_give_findings_and_no_promise(book: Rulebook, answers: dict[str, str]) -> None:
    for check in self_check(book, answers):
        said = check.heading.zh + "".join(f.say("zh") for f in check.findings)
        assert "符合申报条件" not in said
        assert "qualif" not in check.heading.en
        assert not any(f.rule.startswith("condition.joint") for f in check.findings)


def test_materials_that_will_be_needed_follow_the_answers(first: Rulebook) -> None:
    def keys(level: str, **more: str) -> dict[str, bool]:
        return {n.material.key: n.certain for n in needed(first, {**GOOD, **more}, level)}

    assert keys("star-3") == dict.fromkeys(keys("star-3"), True)
    told, untold = keys("star-3", contracts="no"), keys("star-3", contracts="")
    extra = told.keys() - keys("star-3").keys()
    assert len(extra) == 1
    assert told[next(iter(extra))]
    assert not untold[next(iter(extra))]
    planned = keys("star-4", deployment="private").keys() - keys("star-4", deployment="public").keys()
    assert len(planned) == 1
    assert not keys("star-4", deployment="")[next(iter(planned))]
    assert [n.material.number for n in needed(first, GOOD, "star-5")] == sorted(
        n.material.number for n in needed(first, GOOD, "star-5")
    )


def test_every_list_is_part_of_the_notices_own() -> None:
    for book in BOOKS:
        for level in book.levels:
            found = [n.material for n in needed(book, {}, level.key)]
            assert found == [m for m in book.materials if m in found]
