"""How many places a quota gives, with the sum in words."""

import math
from fractions import Fraction
from typing import NamedTuple

from xingyun.rulebook import decimals
from xingyun.rulebook.schema.levels import Quota
from xingyun.rulebook.text import Text


class Places(NamedTuple):
    """The places of a quota (None: no limit) and how they come about."""

    cap: int | None
    words: Text


NO_LIMIT = Places(None, Text("不限名额", "no limit"))
NOT_NAMED = Places(0, Text("没有分配名额", "no places were allotted"))


def cap(quota: Quota, base: int, authority: str | None = None) -> int | None:
    """The places that `quota` gives `authority` over a roster of `base`; None where there is no limit."""
    return places(quota, base, authority).cap


def places(quota: Quota, base: int, authority: str | None = None) -> Places:
    """The places with the sum in words: 1,134 × 3% = 34.02，舍去小数为 34."""
    if base < 0:
        raise ValueError("the base of a quota can't be negative")
    own = quota.fixed_by_authority.get(authority or "")
    if own is not None:
        return Places(own, Text(f"分配 {own} 个", f"{own} allotted"))
    if quota.fixed is not None:
        return Places(quota.fixed, Text(f"固定 {quota.fixed} 个", f"a fixed number of {quota.fixed}"))
    if quota.percent is None:
        return NOT_NAMED if quota.is_limited else NO_LIMIT
    exact = quota.percent * base
    rounded = math.floor(exact) if quota.rounding == "floor" else math.ceil(exact)
    return _bounded(quota, rounded, _sum(quota, base, exact, rounded))


def _sum(quota: Quota, base: int, exact: Fraction, rounded: int) -> Text:
    share = Fraction(quota.percent or 0)
    head = f"{base:,} × {decimals.share(share)} = {decimals.number(exact)}"
    if exact == rounded:
        return Text(head, head)
    if quota.rounding == "floor":
        return Text(f"{head}，舍去小数为 {rounded:,}", f"{head}, rounded down to {rounded:,}")
    return Text(f"{head}，进一为 {rounded:,}", f"{head}, rounded up to {rounded:,}")


def _bounded(quota: Quota, rounded: int, words: Text) -> Places:
    most = quota.maximum
    if most is not None and rounded > most:
        return Places(most, Text(f"{words.zh}；不超过 {most}", f"{words.en}; at most {most}"))
    if rounded >= quota.minimum:
        return Places(rounded, words)
    least = quota.minimum
    return Places(least, Text(f"{words.zh}；不少于 {least}", f"{words.en}; at least {least}"))
