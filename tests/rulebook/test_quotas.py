"""Places: never more than the share, never less than it allows."""

import dataclasses
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.conftest import FIRST, Edit

from xingyun.rulebook import Rulebook, load_folder, quotas
from xingyun.rulebook.quotas import places

QUOTA = load_folder(FIRST).quota("district-three")


@given(st.integers(0, 10**9), st.integers(1, 100))
def test_floor_is_the_most_that_does_not_exceed_the_share(base: int, percent: int) -> None:
    quota = dataclasses.replace(QUOTA, percent=Fraction(percent, 100))
    cap = quotas.cap(quota, base)
    assert cap is not None
    assert cap * 100 <= percent * base < (cap + 1) * 100


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_longer_roster_never_gives_fewer(a: int, b: int) -> None:
    small, large = sorted((quotas.cap(QUOTA, a) or 0, quotas.cap(QUOTA, b) or 0))
    assert (small, large) == (quotas.cap(QUOTA, min(a, b)), quotas.cap(QUOTA, max(a, b)))


@pytest.mark.parametrize(("base", "cap"), [(33, 0), (34, 1), (1134, 34), (100, 3), (0, 0)])
def test_edges(base: int, cap: int) -> None:
    assert quotas.cap(QUOTA, base) == cap


def test_the_sum_in_words() -> None:
    assert quotas.places(QUOTA, 1134).words == (
        "1,134 × 3% = 34.02，舍去小数为 34",
        "1,134 × 3% = 34.02, rounded down to 34",
    )
    assert quotas.places(QUOTA, 100).words.zh == "100 × 3% = 3"


IN_WORDS = [
    ({"percent": None, "fixed": 3}, 0, None, "固定 3 个", "a fixed number of 3"),
    ({"fixed_by_authority": {"lixia": 4}}, 0, "lixia", "分配 4 个", "4 allotted"),
    ({"fixed_by_authority": {"lixia": 0}}, 999, "lixia", "分配 0 个", "0 allotted"),
    (
        {"percent": None, "fixed_by_authority": {"lixia": 4}},
        0,
        "licheng",
        "没有分配名额",
        "no places were allotted",
    ),
    (
        {"rounding": "ceil"},
        1134,
        None,
        "1,134 × 3% = 34.02，进一为 35",
        "1,134 × 3% = 34.02, rounded up to 35",
    ),
    ({"rounding": "ceil"}, 1200, None, "1,200 × 3% = 36", "1,200 × 3% = 36"),
    ({"rounding": "floor"}, 1200, None, "1,200 × 3% = 36", "1,200 × 3% = 36"),
    (
        {"minimum": 2},
        33,
        None,
        "33 × 3% = 0.99，舍去小数为 0；不少于 2",
        "33 × 3% = 0.99, rounded down to 0; at least 2",
    ),
    ({"minimum": 2}, 67, None, "67 × 3% = 2.01，舍去小数为 2", "67 × 3% = 2.01, rounded down to 2"),
    (
        {"maximum": 33},
        1134,
        None,
        "1,134 × 3% = 34.02，舍去小数为 34；不超过 33",
        "1,134 × 3% = 34.02, rounded down to 34; at most 33",
    ),
    (
        {"maximum": 34},
        1134,
        None,
        "1,134 × 3% = 34.02，舍去小数为 34",
        "1,134 × 3% = 34.02, rounded down to 34",
    ),
]


@pytest.mark.parametrize(("rule", "base", "authority", "zh", "en"), IN_WORDS)
def test_how_places_come_about_in_words(
    rule: dict[str, object], base: int, authority: str | None, zh: str, en: str
) -> None:
    assert quotas.places(dataclasses.replace(QUOTA, **rule), base, authority).words == (zh, en)  # type: ignore[arg-type]


def test_a_share_without_a_short_decimal() -> None:
    quota = dataclasses.replace(QUOTA, percent=Fraction(1, 30))
    assert quotas.places(quota, 100).words.zh == "100 × 1/30 = ≈3.33，舍去小数为 3"


def test_fixed_none_ceil_and_minimum() -> None:
    fixed = dataclasses.replace(QUOTA, percent=None, fixed=3)
    unlimited = dataclasses.replace(QUOTA, percent=None)
    ceil = dataclasses.replace(QUOTA, rounding="ceil")
    least = dataclasses.replace(QUOTA, minimum=2)
    assert quotas.cap(fixed, 0) == 3
    assert quotas.places(unlimited, 9) == (None, ("不限名额", "no limit"))
    assert quotas.cap(ceil, 33) == 1
    assert quotas.places(least, 33).words.zh.endswith("；不少于 2")
    assert quotas.cap(least, 33) == 2
    assert quotas.cap(least, 1134) == 34


def test_a_negative_base_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        quotas.cap(QUOTA, -1)


@pytest.mark.parametrize(
    ("written", "said"),
    [("minimum = 41", "fewer than the least"), ("minimum = 40", ""), ("maximum = 0", "fewer than the least")],
)
def test_a_ceiling_below_the_floor(
    manual_edited: Edit, manual_faults: Callable[..., list[str]], written: str, said: str
) -> None:
    key = written.split()[0]
    change = (f"{key} = {'0' if key == 'minimum' else '40'}\n", f"{written}\n")
    if said:
        assert said in manual_faults(change)[0]
    else:
        assert places(manual_edited(change).quotas[0], 1).cap == 40


def test_a_share_never_gives_more_than_its_ceiling(manual: Rulebook) -> None:
    assert [places(manual.quotas[0], base).cap for base in (1300, 1366, 1367, 5000)] == [39, 40, 40, 40]
