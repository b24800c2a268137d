"""Samples, panels and filings: how many, which, what they come to, until when."""

import dataclasses
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.conftest import Edit

from xingyun.rulebook import Rulebook
from xingyun.rulebook.engine.filings import filing_due
from xingyun.rulebook.engine.panels import panel_score
from xingyun.rulebook.engine.samples import draw, sample_size
from xingyun.rulebook.explain import lines
from xingyun.rulebook.schema.examining import Panel, Sample

RULE = {
    "key": "r",
    "label": "r",
    "label_en": "r",
    "clause": ("二",),
    "text": "-",
    "text_en": "-",
    "tier": "b",
}
SAMPLE = Sample(percent=Fraction(1, 10), minimum=2, **RULE)  # type: ignore[arg-type]
PANEL = Panel(experts=3, drop_highest=1, drop_lowest=1, **RULE)  # type: ignore[arg-type]
PLAIN = dataclasses.replace(PANEL, drop_highest=0, drop_lowest=0)


@pytest.mark.parametrize(("n", "size"), [(0, 0), (1, 1), (2, 2), (20, 2), (21, 3), (30, 3), (31, 4)])
def test_a_share_rounded_up_at_least_the_minimum_at_most_all(n: int, size: int) -> None:
    assert sample_size(SAMPLE, n) == size


@pytest.mark.parametrize(("n", "size"), [(29, 2), (30, 3), (39, 3)])
def test_a_share_rounded_down(n: int, size: int) -> None:
    assert sample_size(dataclasses.replace(SAMPLE, rounding="floor"), n) == size


@pytest.mark.parametrize(("n", "size"), [(2, 2), (140, 14), (150, 15), (151, 15), (5_000, 15)])
def test_a_share_never_above_the_maximum(n: int, size: int) -> None:
    assert sample_size(dataclasses.replace(SAMPLE, minimum=4, maximum=15), n) == size


def test_fewer_than_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^there can't be fewer applications than none"):
        sample_size(SAMPLE, -1)


NUMBERS = st.lists(st.text("ABC0123456789-", min_size=1, max_size=8), max_size=30)


@given(NUMBERS, st.text(max_size=20), st.randoms(use_true_random=False))
def test_a_draw_depends_on_the_seed_and_the_numbers_alone(numbers: list[str], seed: str, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = [*numbers, *numbers]
    random.shuffle(shuffled)
    drawn = draw(SAMPLE, numbers, seed)
    assert draw(SAMPLE, shuffled, seed) == drawn
    assert len(drawn) == len(set(drawn)) == sample_size(SAMPLE, len(set(numbers)))
    assert set(drawn) <= set(numbers)


def test_another_seed_draws_others() -> None:
    numbers = [f"W-{n}" for n in range(200)]
    assert draw(SAMPLE, numbers, "a") != draw(SAMPLE, numbers, "b")
    # By sha256sum, "seed", a line end and 1, 2, 3 begin with 4d95, 493b and a9fc.
    assert draw(dataclasses.replace(SAMPLE, minimum=3), ["1", "2", "3"], "seed") == ("2", "1", "3")


@pytest.mark.parametrize(
    ("rule", "scores", "score"),
    [
        (PANEL, [80, 90], None),
        (PANEL, [80, 90, 100], Fraction(90)),
        (PANEL, [100, 80, 90, 81], Fraction(171, 2)),
        (PANEL, [80, 80, 80], Fraction(80)),
        (PANEL, [0, 50, 100], Fraction(50)),
        (PANEL, [-1, 50, 100], None),
        (PANEL, [0, 50, 101], None),
        (PLAIN, [80, 90, 91], Fraction(87)),
        (PLAIN, [Fraction("80.5"), 90, 91], Fraction(523, 6)),
        (PLAIN, [], None),
    ],
)
def test_the_exact_average_of_what_is_left(
    rule: Panel, scores: list[Fraction | int], score: Fraction | None
) -> None:
    assert panel_score(rule, scores).score == score


@pytest.mark.parametrize(
    ("rule", "scores", "words"),
    [
        (PANEL, [80], "The scores of 2 experts are still missing."),
        (PANEL, [80, 90, 101], "The score 101 is not between 0 and 100."),
        (PANEL, [80, 90, 100], "3 scores, the 1 highest and the 1 lowest dropped, 90 on average."),
        (PLAIN, [80, 80, 81], "3 scores, ≈80.33 on average."),
    ],
)
def test_panels_in_words(rule: Panel, scores: list[Fraction | int], words: str) -> None:
    assert panel_score(rule, scores).words.en == words


@given(st.lists(st.integers(0, 100), min_size=3, max_size=9))
def test_what_is_left_lies_between_the_dropped(scores: list[int]) -> None:
    found = panel_score(PANEL, scores).score
    assert found is not None
    assert min(scores) <= found <= max(scores)


@pytest.mark.parametrize(
    ("working", "announced", "due"),
    [
        (True, date(2023, 4, 27), date(2023, 5, 15)),
        (True, date(2023, 4, 29), date(2023, 5, 16)),
        (False, date(2023, 4, 27), date(2023, 5, 7)),
    ],
)
def test_the_day_of_the_announcement_is_not_counted(
    manual: Rulebook, working: bool, announced: date, due: date
) -> None:
    (rule,) = manual.filings
    assert filing_due(dataclasses.replace(rule, working_days=working), announced) == due


WAY = 'from = "town"\nto = "bureau"\nwithin'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minimum = 2", "minimum = -1", "it can't be negative"),
        ("experts = 5", "experts = 2", "no score is left after those dropped"),
        ("drop_highest = 1", "drop_highest = -1", "what is dropped can't be negative"),
        ("drop_lowest = 1", "drop_lowest = -1", "what is dropped can't be negative"),
        ("scale = 100", "scale = 0", "full marks are at least 1"),
        ('recusal_en = ["whoever', 'recusal_en = ["nobody", "whoever', "not as many as in Chinese"),
        (
            'from = "town"\nto = "bureau"\nwithin',
            'from = "bureau"\nto = "town"\nwithin',
            "goes to a higher tier",
        ),
        (
            'from = "town"\nto = "bureau"\nwithin',
            'from = "bureau"\nto = "bureau"\nwithin',
            "to a higher tier",
        ),
        ('from = "town"\nto = "bureau"\nwithin', 'from = "x"\nto = "bureau"\nwithin', "tiers has no x"),
        ("\nwithin_days = 10", "\nwithin_days = 0", "from 1 to 250 days"),
        ("\nwithin_days = 10", "\nwithin_days = 251", "from 1 to 250 days"),
    ],
)
def test_faults(manual_faults: Callable[..., list[str]], old: str, new: str, said: str) -> None:
    assert any(said in line for line in manual_faults((old, new)))


DROPS = "drop_highest = 1\ndrop_lowest = 1"
RECUSAL = [("recusal = [", "#"), ("recusal_en = [", "#")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], "10%, fractions rounded up, at least 2"),
        ([("minimum = 2", "minimum = 0")], "10%, fractions rounded up"),
        ([], "at least 5 experts, full marks 100, averaged without the 1 highest and 1 lowest, recused: "),
        ([(DROPS, ""), *RECUSAL], "at least 5 experts, full marks 100"),
        ([], "Town files with Bureau within 10 working days of the announcement"),
        ([("working_days = true\nafter", "after")], "Bureau within 10 days of the announcement"),
    ],
)
def test_in_words(manual_edited: Edit, changes: list[tuple[str, str]], said: str) -> None:
    assert any(said in line.words.en for line in lines(manual_edited(*changes)))


@pytest.mark.parametrize(("low", "passes"), [(79, False), (80, True)])
def test_an_average_that_is_enough(manual: Rulebook, low: int, passes: bool) -> None:
    found = panel_score(manual.panels[0], [0, low, low, low, 100])
    assert found.passes is passes
    assert found.words.zh.endswith("达到 80 分。" if passes else "没有达到 80 分。")


def test_an_average_beyond_full_marks(manual_faults: Callable[..., list[str]]) -> None:
    assert "not within full marks" in manual_faults(("pass_at = 80", "pass_at = 101"))[0]
