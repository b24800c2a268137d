"""What is paid for titles, to the fen."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.engine.span import Span
from xingyun.rulebook.engine.sums import money, total
from xingyun.rulebook.facts import Facts
from xingyun.rulebook.schema.aftercare import Subsidy
from xingyun.rulebook.schema.conditions import Spend
from xingyun.rulebook.text import Text

NOTHING = Text("没有可以计算的称号。", "No title counts.")
FULL = Text("应发 {due}。", "{due} due.")
LESS_PAID = Text("应发 {due}，已发 {paid}，本次 {now}。", "{due} due, {paid} paid: {now} now.")


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Won:
    """A title that was awarded, of a level (a key), on a day."""

    level: str
    awarded_on: date


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid for a title of that level, in fen."""

    level: str
    fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Whose titles: the authority (a key), what was paid before, and the facts that a share is taken of."""

    titles: tuple[Won, ...]
    authority: str | None = None
    paid: tuple[Paid, ...] = ()
    facts: Facts = NO_FACTS


class Payable(NamedTuple):
    """What is to be paid now, in fen, and how it comes about."""

    fen: int
    words: Text


def payable(book: Rulebook, rule: Subsidy, claim: Claim) -> Payable:
    """What the rule still pays for the titles that count. Never less than nothing, never a part of a fen."""
    rank = {level.key: level.rank for level in book.levels}
    levels = sorted({t.level for t in claim.titles if _counts(rule, t)}, key=lambda level: rank[level])
    if not levels:
        return Payable(0, NOTHING)
    # A share is taken of one sum, whatever the number of titles: it is paid for the highest.
    counted = levels[-1:] if rule.is_share else levels
    paid: dict[str, int] = defaultdict(int)
    for one in claim.paid:
        paid[one.level] += one.fen
    return _stacked(rule, {level: _due(book, rule, claim, level) for level in counted}, paid)


def _counts(rule: Subsidy, title: Won) -> bool:
    inside = Span(rule.title_from, rule.title_to).side(title.awarded_on) == "inside"
    return inside and (not rule.levels or title.level in rule.levels)


def _due(book: Rulebook, rule: Subsidy, claim: Claim, level: str) -> int:
    """The sum for one level: the nearest authority's own, or the general one, or the share."""
    if rule.is_share:
        rate = rule.share_by_level.get(level, rule.share or Fraction(0))
        share, most = (
            math.floor(rate * _spent(book, rule, claim.facts)),
            rule.cap_by_level.get(level, rule.cap_yuan),
        )
        return share if most is None else min(share, most * 100)
    known = {a.key for a in book.authorities}
    chain = book.chain(claim.authority) if claim.authority in known else ()
    own = (rule.yuan_by_authority.get(authority.key, {}) for authority in chain)
    return next((sums[level] for sums in own if level in sums), rule.yuan.get(level, 0)) * 100


def _spent(book: Rulebook, rule: Subsidy, facts: Facts) -> int:
    spends = (c for c in book.conditions if isinstance(c, Spend) and rule.spend in (None, c.key))
    condition = next(spends, None)
    return max(total(condition, facts).fen, 0) if condition else 0


def _stacked(rule: Subsidy, due: Mapping[str, int], paid: Mapping[str, int]) -> Payable:
    best, earlier = max(due.values()), sum(paid.values())
    if rule.stacking == "add":
        whole, earlier = sum(due.values()), sum(paid.get(level, 0) for level in due)
        return _said(whole, earlier, sum(fen for level, fen in due.items() if level not in paid))
    if rule.stacking == "highest":
        return _said(best, earlier, best if best > max(paid.values(), default=0) else 0)
    return _said(best, earlier, max(best - earlier, 0))


def _said(due: int, paid: int, now: int) -> Payable:
    if not paid:
        return Payable(now, FULL.fill(due=money(due)))
    return Payable(now, LESS_PAID.fill(due=money(due), paid=money(paid), now=money(now)))
